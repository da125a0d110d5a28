package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.symbolon.ssh.SoftAuthenticator.PRESENT;
import static org.symbolon.ssh.SoftAuthenticator.VERIFIED;

import java.util.List;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.ssh.SoftAuthenticator;
import org.symbolon.ssh.SshKeyType;

/** Logins by FIDO keys, whose owners touch them and are verified, or not. */
class FidoLoginTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                 | 1 | true",
                "''                                 | 5 | true",
                "''                                 | 0 | false",
                "''                                 | 4 | false",
                "no-touch-required                  | 0 | true",
                "verify-required                    | 5 | true",
                "verify-required                    | 1 | false",
                "no-touch-required,verify-required  | 4 | true",
                "no-touch-required,verify-required  | 0 | false"
            })
    void logIn_withFlags_isLetInWhereTheEntryIsContent(String options, int flags, boolean letIn) throws Exception {
        for (SshKeyType type : List.of(SshKeyType.SK_ED25519, SshKeyType.SK_ECDSA_P256)) {
            SoftAuthenticator authenticator = new SoftAuthenticator(type);
            try (LoginFixture ssh = new LoginFixture()) {
                ssh.keys.add("alice", options, authenticator.key());
                ssh.client.setUserAuthFactories(
                        List.of(RawLogin.probed(authenticator.key(), message -> authenticator.sign(message, flags))));
                ssh.start();

                if (letIn) {
                    try (ClientSession session = ssh.logIn("alice")) {
                        assertThat(session.isAuthenticated()).isTrue();
                    }
                } else {
                    assertThatThrownBy(() -> ssh.logIn("alice").close()).isInstanceOf(SshException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SK_ECDSA_P256", "SK_ED25519"})
    void logIn_withAnotherAuthenticatorsSignature_isRefused(SshKeyType type) throws Exception {
        SoftAuthenticator authenticator = new SoftAuthenticator(type);
        SoftAuthenticator other = new SoftAuthenticator(type);
        try (LoginFixture ssh = new LoginFixture()) {
            ssh.keys.add("alice", "", authenticator.key());
            ssh.client.setUserAuthFactories(
                    List.of(RawLogin.signed(authenticator.key(), message -> other.sign(message, PRESENT | VERIFIED))));
            ssh.start();

            assertThatThrownBy(() -> ssh.logIn("alice").close()).isInstanceOf(SshException.class);
        }
    }
}
