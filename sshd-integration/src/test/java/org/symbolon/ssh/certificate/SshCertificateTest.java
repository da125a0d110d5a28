package org.symbolon.ssh.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.SourcePatterns;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshVectors;

class SshCertificateTest {
    private static final Instant MID_2026 = Instant.parse("2026-06-01T00:00:00Z");

    @Test
    void parse_userCertificateOfSshKeygen_givesEveryField() throws Exception {
        SshCertificate certificate = vector(0);

        assertThat(certificate.type()).isEqualTo("ecdsa-sha2-nistp256-cert-v01@openssh.com");
        assertThat(certificate.key().type()).isEqualTo(SshKeyType.ECDSA_P256);
        assertThat(certificate.kind()).isEqualTo(CertificateKind.USER);
        assertThat(certificate.keyId()).isEqualTo("alice@example");
        assertThat(certificate.serial()).isEqualTo(42);
        assertThat(certificate.principals()).containsExactly("alice", "deploy");
        assertThat(certificate.validity()).hasToString("2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z");
        assertThat(certificate.options().criticalText(CertificateOptions.FORCE_COMMAND))
                .contains("/bin/true");
        assertThat(certificate.options().criticalText(CertificateOptions.SOURCE_ADDRESS))
                .contains("10.0.0.0/8");
        assertThat(certificate.options().extensions().keySet())
                .containsExactly(
                        "permit-X11-forwarding", "permit-agent-forwarding", "permit-port-forwarding", "permit-user-rc");
        assertThat(certificate.authority().fingerprint())
                .isEqualTo("SHA256:SbLpiAzxoI2ofW2jaYEQ/xRkPWZqP8gSamNIgTJMjek");
    }

    @Test
    void requireUser_knownPrincipalInTime_isQuiet() throws Exception {
        vector(0).requireUser(Set.of("deploy"), MID_2026);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bob   | 2026-06-01T00:00:00Z | none of its principals fits",
                "alice | 2025-12-31T23:59:59Z | not yet valid",
                "alice | 2027-01-01T00:00:00Z | it has expired at 2027-01-01T00:00:00Z"
            })
    void requireUser_wrongNameOrTime_isRefused(String user, Instant now, String reason) throws Exception {
        SshCertificate certificate = vector(0);

        assertThatThrownBy(() -> certificate.requireUser(Set.of(user), now))
                .isInstanceOf(SshCertificateException.class)
                .hasMessageContaining("user certificate \"alice@example\" serial 42")
                .hasMessageContaining(reason);
    }

    @Test
    void requireUser_hostCertificate_isRefused() throws Exception {
        SshCertificate certificate = vector(1);

        assertThatThrownBy(() -> certificate.requireUser(Set.of("host.example.com"), MID_2026))
                .hasMessageContaining("a certificate for users is needed");
    }

    @Test
    void requireHost_nameInAnyCase_isQuietAndOthersAreRefused() throws Exception {
        SshCertificate certificate = vector(1);

        certificate.requireHost("Host.Example.com", MID_2026);
        assertThatThrownBy(() -> certificate.requireHost("example.com", MID_2026))
                .hasMessageContaining("none of its principals is the host \"example.com\"");
    }

    @Test
    void restrictions_ofOptions_areWhatAuthorizedKeysWouldSay() throws Exception {
        LoginRestrictions restrictions = vector(0).restrictions();

        assertThat(restrictions.command()).contains("/bin/true");
        assertThat(restrictions.from()).containsExactly(SourcePatterns.parse("10.0.0.0/8"));
        assertThat(restrictions.denied()).containsExactly(LoginRight.PTY);
        assertThat(restrictions.expiry()).contains(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(restrictions.touchRequired()).isTrue();
        assertThat(restrictions.verifyRequired()).isFalse();
    }

    @Test
    void parse_anyBitFlipped_isRefused() {
        for (int i = 0; i < 2; i++) {
            byte[] blob = SshVectors.hex(SshVectors.group("cert").get(i), "blob");
            for (int bit = 0; bit < 8 * blob.length; bit++) {
                byte[] flipped = blob.clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                assertThatThrownBy(() -> SshCertificate.parse(flipped)).isInstanceOf(SshFormatException.class);
            }
        }
    }

    @Test
    void parse_anyPrefixOrMore_isRefused() {
        byte[] blob = SshVectors.hex(SshVectors.group("cert").get(0), "blob");
        for (int length = 0; length < blob.length; length++) {
            byte[] part = Arrays.copyOf(blob, length);
            assertThatThrownBy(() -> SshCertificate.parse(part)).isInstanceOf(SshFormatException.class);
        }
        assertThatThrownBy(() -> SshCertificate.parse(Arrays.copyOf(blob, blob.length + 1)))
                .hasMessageContaining("1 bytes follow its end");
        assertThatThrownBy(() -> SshCertificate.parse(new byte[SshCertificate.MAX_BYTES + 1]))
                .hasMessageContaining("at most 65536 are allowed");
    }

    @Test
    void parseOpenSshLine_lineOfItself_isEqual() throws Exception {
        SshCertificate certificate = vector(0);

        assertThat(SshCertificate.parseOpenSshLine(certificate.toOpenSshLine("alice's")))
                .isEqualTo(certificate);
        assertThatThrownBy(
                        () -> SshCertificate.parseOpenSshLine(certificate.key().toOpenSshLine("")))
                .hasMessageContaining("not a line of a -cert.pub file");
    }

    @Test
    void isType_ofEveryKeyType_isKnown() {
        assertThat(List.of(SshKeyType.values())).allMatch(type -> SshCertificate.isType(SshCertificate.typeOf(type)));
        assertThat(SshCertificate.isType("sk-ssh-ed25519-cert-v01@openssh.com")).isTrue();
        assertThat(SshCertificate.isType("ssh-ed25519")).isFalse();
    }

    private static SshCertificate vector(int index) throws SshFormatException {
        return SshCertificate.parse(SshVectors.hex(SshVectors.group("cert").get(index), "blob"));
    }
}
