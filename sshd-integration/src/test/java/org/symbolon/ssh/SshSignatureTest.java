package org.symbolon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SshSignatureTest {
    @Test
    void encodings_vectorsOfTheReference_areEqual() throws SshFormatException {
        List<JsonNode> vectors = SshVectors.group("ecdsa");
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(5);

        for (JsonNode vector : vectors) {
            SshSignature signature = SshSignature.parse(SshVectors.hex(vector, "blob"));

            assertThat(signature.toBlob()).isEqualTo(SshVectors.hex(vector, "blob"));
            assertThat(signature.toValue()).isEqualTo(SshVectors.hex(vector, "ssh"));
            assertThat(signature.toJca()).isEqualTo(SshVectors.hex(vector, "der"));
            assertThat(signature.toPlain()).isEqualTo(SshVectors.hex(vector, "p1363"));
            assertThat(SshSignature.ofJca(signature.algorithm(), SshVectors.hex(vector, "der")))
                    .isEqualTo(signature);
            assertThat(SshSignature.ofPlain(signature.algorithm(), SshVectors.hex(vector, "p1363")))
                    .isEqualTo(signature)
                    .hasSameHashCodeAs(signature);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_SHA2_256, SHA256withRSA, openssh-rsa",
        "RSA_SHA2_512, SHA512withRSA, openssh-rsa",
        "ECDSA_P256, SHA256withECDSA, openssh-ecdsa-256",
        "ECDSA_P384, SHA384withECDSA, openssh-ecdsa-384",
        "ECDSA_P521, SHA512withECDSA, openssh-ecdsa-521",
        "ED25519, Ed25519, openssh-ed25519",
    })
    void ofJca_signaturesOfTheJdk_verifyAfterEveryWayThereAndBack(
            SshSignatureAlgorithm algorithm, String jca, String file) throws GeneralSecurityException {
        PrivateKeyFile key = KeyFiles.secret(file);
        for (int i = 0; i < (algorithm.isEcdsa() ? 100 : 5); i++) {
            byte[] message = {(byte) i};
            SshSignature signature =
                    SshSignature.ofJca(algorithm, sign(jca, key.keyPair().getPrivate(), message));
            SshSignature back = SshSignature.parse(
                    SshSignature.ofPlain(algorithm, signature.toPlain()).toBlob());

            assertThat(back).isEqualTo(signature);
            Signature verifier = Signature.getInstance(jca);
            verifier.initVerify(key.keyPair().getPublic());
            verifier.update(message);
            assertThat(verifier.verify(back.toJca())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(SshSignatureAlgorithm.class)
    void ofPlain_randomBytesOfTheRightLength_comeBackFromEveryEncoding(SshSignatureAlgorithm algorithm)
            throws SshFormatException {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] plain = new byte
                    [algorithm.isEcdsa() ? 2 * algorithm.keyType().curve().fieldBytes() : length(algorithm)];
            random.nextBytes(plain);
            Arrays.fill(plain, 0, random.nextInt(plain.length / 4), (byte) 0);
            SshSignature signature = SshSignature.ofPlain(algorithm, plain);

            assertThat(SshSignature.parse(signature.toBlob()).toPlain()).isEqualTo(plain);
            assertThat(SshSignature.ofJca(algorithm, signature.toJca()).toPlain())
                    .isEqualTo(plain);
            assertThat(SshSignature.ofValue(algorithm, signature.toValue()).toPlain())
                    .isEqualTo(plain);
        }
    }

    @Test
    void parse_hostileBlobs_isRefused() {
        byte[] ssh = {0, 0, 0, 1, 1, 0, 0, 0, 1, 2};

        assertRefused(blob("ssh-rsa", new byte[256]), "\"ssh-rsa\" is not supported");
        assertRefused(blob("ssh-ed25519", new byte[63]), "63 bytes cannot be one of ssh-ed25519");
        assertRefused(blob("ssh-ed25519", new byte[65]), "at most 64");
        assertRefused(blob("rsa-sha2-256", new byte[127]), "127 bytes");
        assertRefused(blob("rsa-sha2-256", new byte[2049]), "at most 2048");
        assertRefused(blob("ecdsa-sha2-nistp256", new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 1}), "r is zero");
        assertRefused(blob("ecdsa-sha2-nistp256", new byte[] {0, 0, 0, 1, (byte) 0x80, 0, 0, 0, 1, 1}), "negative");
        assertRefused(blob("ecdsa-sha2-nistp256", Arrays.copyOf(ssh, 11)), "follow its end");
        assertRefused(Arrays.copyOf(blob("ecdsa-sha2-nistp256", ssh), 60), "follow its end");
    }

    @Test
    void ofJca_hostileDer_isRefused() {
        for (byte[] der : List.of(
                new byte[] {},
                new byte[] {0x30},
                new byte[] {0x30, 3, 2, 1, 1},
                new byte[] {0x30, 6, 2, 1, 0, 2, 1, 1},
                new byte[] {0x30, 6, 2, 1, -1, 2, 1, 1},
                new byte[] {0x30, 7, 2, 2, 0, 1, 2, 1, 1},
                new byte[] {0x30, (byte) 0x81, 6, 2, 1, 1, 2, 1, 1},
                new byte[] {0x30, (byte) 0x80, 2, 1, 1, 2, 1, 1, 0, 0},
                new byte[] {0x30, (byte) 0x84, 127, -1, -1, -1},
                new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1, 0})) {
            assertThatThrownBy(() -> SshSignature.ofJca(SshSignatureAlgorithm.ECDSA_P256, der))
                    .isInstanceOf(SshFormatException.class);
        }
    }

    @Test
    void names_ofAlgorithms_leadBackAndHaveNoSha1() {
        for (SshSignatureAlgorithm algorithm : SshSignatureAlgorithm.values()) {
            assertThat(SshSignatureAlgorithm.byWireName(algorithm.wireName())).contains(algorithm);
            assertThat(algorithm.certificateName()).isEqualTo(algorithm.wireName() + "-cert-v01@openssh.com");
            assertThat(algorithm.keyType().signatureAlgorithms()).contains(algorithm);
        }
        assertThat(SshKeyType.RSA.signatureAlgorithms())
                .containsExactly(SshSignatureAlgorithm.RSA_SHA2_512, SshSignatureAlgorithm.RSA_SHA2_256);
    }

    private static int length(SshSignatureAlgorithm algorithm) {
        return algorithm == SshSignatureAlgorithm.ED25519 ? 64 : 256;
    }

    private static byte[] blob(String name, byte[] value) {
        return new SshWriter().string(name).string(value).toByteArray();
    }

    private static void assertRefused(byte[] blob, String message) {
        assertThatThrownBy(() -> SshSignature.parse(blob))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining(message);
    }

    private static byte[] sign(String jca, PrivateKey key, byte[] message) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(jca);
        signer.initSign(key);
        signer.update(message);
        return signer.sign();
    }
}
