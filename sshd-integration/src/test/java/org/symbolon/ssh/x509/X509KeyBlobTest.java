package org.symbolon.ssh.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshVectors;
import org.symbolon.ssh.SshWriter;

final class X509KeyBlobTest {
    @Test
    void parse_vectorsOfAsyncSsh_keepTheBytesAndVerify() throws Exception {
        List<JsonNode> vectors = SshVectors.group("rfc6187");
        assertThat(vectors).hasSize(3);
        for (JsonNode vector : vectors) {
            byte[] bytes = SshVectors.hex(vector, "blob");
            X509KeyBlob key = X509KeyBlob.parse(bytes);

            assertThat(key.blob()).isEqualTo(bytes);
            assertThat(key.algorithm().wireName())
                    .isEqualTo(vector.path("algorithm").asText());
            assertThat(key.chain()).hasSize(2);
            assertThat(X509KeyBlob.of(key.chain(), List.of())).isEqualTo(key);
            byte[] data = SshVectors.hex(vector, "data");
            byte[] signature = SshVectors.hex(vector, "signature");
            assertThat(key.algorithm().verify(key.leaf().getPublicKey(), data, signature))
                    .isTrue();
            data[0] ^= 1;
            assertThat(key.algorithm().verify(key.leaf().getPublicKey(), data, signature))
                    .isFalse();
        }
    }

    @Test
    void verify_signatureUnderAnotherName_isRefused() throws Exception {
        X509KeyBlob rsa =
                X509KeyBlob.parse(SshVectors.hex(SshVectors.group("rfc6187").get(1), "blob"));
        byte[] signature =
                new SshWriter().string("rsa-sha2-256").string(new byte[256]).toByteArray();

        assertThatThrownBy(() -> rsa.algorithm().verify(rsa.leaf().getPublicKey(), new byte[1], signature))
                .isInstanceOf(SshFormatException.class)
                .hasMessage("x509v3-rsa2048-sha256 signature: it does not say rsa2048-sha256 (at 0)");
    }

    @Test
    void parse_damagedAtAnyLength_isRefused() throws Exception {
        byte[] bytes = SshVectors.hex(SshVectors.group("rfc6187").get(0), "blob");
        for (int length = 0; length < bytes.length; length++) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> X509KeyBlob.parse(shorter)).isInstanceOf(SshFormatException.class);
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1), "1 bytes follow its end");
    }

    @Test
    void parse_absurdSizes_areRefusedBeforeAnythingIsRead() throws Exception {
        assertRefused(new byte[X509KeyBlob.MAX_BYTES + 1], "262145 bytes, at most 262144 are allowed");
        assertRefused(header().uint32(0).uint32(0).toByteArray(), "it has no certificate");
        assertRefused(header().uint32(21).toByteArray(), "number of certificates is 21, at most 20");
        assertRefused(header().uint32(0xffff_ffffL).toByteArray(), "number of certificates is 4294967295");
        assertRefused(header().uint32(1).uint32(0x7fff_ffff).toByteArray(), "says 2147483647 bytes, 0 are left");
        assertRefused(
                new SshWriter().string("x509v3-ssh-dss").uint32(1).toByteArray(),
                "algorithm \"x509v3-ssh-dss\" is not one of X.509 keys");
    }

    @Test
    void parse_moreOcspResponsesThanCertificates_isRefused() throws Exception {
        X509Certificate leaf = leaf(TestCa.root("Root"));
        byte[] bytes = header().uint32(1)
                .string(leaf.getEncoded())
                .uint32(2)
                .string("a")
                .string("b")
                .toByteArray();

        assertRefused(bytes, "number of OCSP responses is 2, at most 1 are allowed");
    }

    @Test
    void of_ocspResponses_comeBack() throws Exception {
        TestCa root = TestCa.root("Root");
        X509KeyBlob key = X509KeyBlob.of(List.of(leaf(root), root.certificate()), List.of(Bytes.of((byte) 7)));

        assertThat(X509KeyBlob.parse(key.blob()).ocspResponses()).containsExactly(Bytes.of((byte) 7));
        assertThat(key.leaf().getSubjectX500Principal().getName()).isEqualTo("CN=alice,O=Example");
    }

    @Test
    void of_chainOutOfOrderOrWithARepetition_isRefused() throws Exception {
        TestCa root = TestCa.root("Root");
        X509Certificate leaf = leaf(root);

        assertThatThrownBy(() -> X509KeyBlob.of(List.of(leaf, leaf), List.of()))
                .hasMessage("X.509 key: certificate 2 is there twice");
        assertThatThrownBy(
                        () -> X509KeyBlob.of(List.of(leaf, TestCa.root("Other").certificate()), List.of()))
                .hasMessage("X.509 key: certificate 2 is not that of the issuer of the one before");
        X509Certificate self = root.certificate();
        assertThatThrownBy(() -> X509KeyBlob.of(Collections.nCopies(3, self), List.of()))
                .hasMessage("X.509 key: certificate 2 is there twice");
    }

    @Test
    void parse_keyThatDoesNotFitTheAlgorithm_isRefused() throws Exception {
        TestCa root = TestCa.root("Root");
        byte[] ecAsRsa = new SshWriter()
                .string("x509v3-rsa2048-sha256")
                .uint32(1)
                .string(leaf(root).getEncoded())
                .uint32(0)
                .toByteArray();
        assertRefused(
                ecAsRsa, "certificate's key is ecdsa-sha2-nistp256, which does not sign as x509v3-rsa2048-sha256");

        KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
        small.initialize(1024);
        KeyPair keys = small.generateKeyPair();
        X509Certificate weak = root.issue(new TestCa.Leaf("weak", keys.getPublic()));
        assertThatThrownBy(() -> X509KeyBlob.of(List.of(weak), List.of()))
                .hasMessageContaining("certificate's key has 1024 bits, x509v3-rsa2048-sha256 needs at least 2048");
    }

    private static X509Certificate leaf(TestCa ca) throws Exception {
        return ca.issue(new TestCa.Leaf("alice", TestCa.keyPair().getPublic()));
    }

    private static SshWriter header() {
        return new SshWriter().string("x509v3-ecdsa-sha2-nistp256");
    }

    private static void assertRefused(byte[] blob, String reason) {
        assertThatThrownBy(() -> X509KeyBlob.parse(blob))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining(reason);
    }
}
