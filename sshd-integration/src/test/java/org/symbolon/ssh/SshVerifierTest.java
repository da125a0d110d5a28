package org.symbolon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SshVerifierTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final byte[] OTHER = {1, 2, 4};

    @ParameterizedTest
    @CsvSource({
        "RSA_SHA2_256, openssh-rsa",
        "RSA_SHA2_512, openssh-rsa",
        "ECDSA_P256, openssh-ecdsa-256",
        "ECDSA_P384, openssh-ecdsa-384",
        "ECDSA_P521, openssh-ecdsa-521",
        "ED25519, openssh-ed25519",
    })
    void verify_plainKeys_onlyTheirOwnSignatureOfTheMessage(SshSignatureAlgorithm algorithm, String file)
            throws GeneralSecurityException {
        SshPublicKey key = KeyFiles.open(file + ".pub");
        byte[] blob = sign(algorithm, file);

        assertThat(SshVerifier.verify(key, MESSAGE, blob)).isTrue();
        assertThat(SshVerifier.verify(key, OTHER, blob)).isFalse();
        SshPublicKey another = KeyFiles.open(file.endsWith("rsa") ? "openssh-ed25519.pub" : "openssh-rsa.pub");
        assertThat(SshVerifier.verify(another, MESSAGE, blob)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SK_ECDSA_P256", "SK_ED25519"})
    void verify_fidoKeys_coversMessageFlagsCounterAndApplication(SshKeyType type) throws GeneralSecurityException {
        SoftAuthenticator authenticator = new SoftAuthenticator(type);
        byte[] blob = authenticator.sign(MESSAGE, SoftAuthenticator.PRESENT);

        assertThat(SshVerifier.verify(authenticator.key(), MESSAGE, blob)).isTrue();
        assertThat(SshVerifier.verify(authenticator.key(), OTHER, blob)).isFalse();
        assertThat(SshVerifier.verify(new SoftAuthenticator(type).key(), MESSAGE, blob))
                .isFalse();
        byte[] moreFlags = blob.clone();
        moreFlags[blob.length - 5] |= SoftAuthenticator.VERIFIED;
        assertThat(SshVerifier.verify(authenticator.key(), MESSAGE, moreFlags)).isFalse();
        byte[] otherCounter = blob.clone();
        otherCounter[blob.length - 1]++;
        assertThat(SshVerifier.verify(authenticator.key(), MESSAGE, otherCounter))
                .isFalse();
        byte[] elsewhere = authenticator.key().blob();
        elsewhere[elsewhere.length - 1] = '!';
        assertThat(SshVerifier.verify(SshPublicKey.parse(elsewhere), MESSAGE, blob))
                .isFalse();
    }

    @Test
    void securityKeySignature_flagsAndCounter_areThoseThatWereSigned() throws GeneralSecurityException {
        SoftAuthenticator authenticator = new SoftAuthenticator(SshKeyType.SK_ED25519);
        authenticator.sign(MESSAGE, 0);

        SecurityKeySignature none = SecurityKeySignature.parse(authenticator.sign(MESSAGE, 0));
        SecurityKeySignature all = SecurityKeySignature.parse(
                authenticator.sign(MESSAGE, SoftAuthenticator.PRESENT | SoftAuthenticator.VERIFIED));

        assertThat(none.userPresent()).isFalse();
        assertThat(none.userVerified()).isFalse();
        assertThat(none.counter()).isEqualTo(2);
        assertThat(all.userPresent()).isTrue();
        assertThat(all.userVerified()).isTrue();
        assertThat(all.counter()).isEqualTo(3);
        assertThat(all).hasToString("sk-ssh-ed25519@openssh.com signature with flags 5 and counter 3");
    }

    @Test
    void verify_fidoKeyWithAPlainSignature_isRefused() throws GeneralSecurityException {
        SshPublicKey key = new SoftAuthenticator(SshKeyType.SK_ED25519).key();

        assertThatThrownBy(
                        () -> SshVerifier.verify(key, MESSAGE, sign(SshSignatureAlgorithm.ED25519, "openssh-ed25519")))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining("not a type of FIDO keys");
    }

    @ParameterizedTest
    @EnumSource(names = {"SK_ECDSA_P256", "SK_ED25519"})
    void parse_everyTruncation_isAFormatError(SshKeyType type) throws GeneralSecurityException {
        byte[] blob = new SoftAuthenticator(type).sign(MESSAGE, SoftAuthenticator.PRESENT);
        for (int length = 0; length < blob.length; length++) {
            byte[] cut = Arrays.copyOf(blob, length);
            assertThatThrownBy(() -> SecurityKeySignature.parse(cut)).isInstanceOf(SshFormatException.class);
        }
        assertThatThrownBy(() -> SecurityKeySignature.parse(Arrays.copyOf(blob, blob.length + 1)))
                .isInstanceOf(SshFormatException.class);
    }

    @Test
    void verify_signatureOfSha1_isRefused() throws GeneralSecurityException {
        byte[] blob = new SshWriter().string("ssh-rsa").string(new byte[256]).toByteArray();

        assertThatThrownBy(() -> SshVerifier.verify(KeyFiles.open("openssh-rsa.pub"), MESSAGE, blob))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining("\"ssh-rsa\" is not supported");
    }

    private static byte[] sign(SshSignatureAlgorithm algorithm, String file) throws GeneralSecurityException {
        Signature engine = Signature.getInstance(algorithm.jcaName());
        engine.initSign(KeyFiles.secret(file).keyPair().getPrivate());
        engine.update(MESSAGE);
        return SshSignature.ofJca(algorithm, engine.sign()).toBlob();
    }
}
