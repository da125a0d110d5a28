package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.Operation;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;

/**
 * Every vector of the Wycheproof project that is at hand gives its expected verdict, at once and in pieces.
 *
 * <p>PKCS #11's ECDSA signatures are r‖s; those in DER are taken apart here as strictly as DER has it.
 */
class WycheproofTest extends TokenWithKeys {
    private static final int FIELD_BYTES = 32;

    /** Looks at one vector: returns whether it was accepted. */
    @FunctionalInterface
    private interface Vector {
        boolean accepted(JsonNode group, JsonNode test) throws TokenException;
    }

    @Test
    void rsaPkcs1_everyVector_hasItsVerdict() throws Exception {
        assertThat(run("rsa_signature_2048_sha256_test.json", (group, test) -> {
                    PublicKeyObject key = publicKey(group, "RSA");
                    return verifies(key, Mechanism.SHA256_RSA_PKCS, bytes(test, "msg"), bytes(test, "sig"));
                }))
                .isEqualTo(259);
    }

    @Test
    void ecdsaP1363_everyVector_hasItsVerdict() throws Exception {
        assertThat(run("ecdsa_secp256r1_sha256_p1363_test.json", (group, test) -> {
                    PublicKeyObject key = publicKey(group, "EC");
                    return verifies(key, Mechanism.ECDSA_SHA256, bytes(test, "msg"), bytes(test, "sig"));
                }))
                .isEqualTo(262);
    }

    @Test
    void ecdsaDer_everyVector_hasItsVerdict() throws Exception {
        assertThat(run("ecdsa_secp256r1_sha256_test.json", (group, test) -> {
                    Optional<byte[]> signature = ofDer(bytes(test, "sig"));
                    return signature.isPresent()
                            && verifies(
                                    publicKey(group, "EC"),
                                    Mechanism.ECDSA_SHA256,
                                    bytes(test, "msg"),
                                    signature.get());
                }))
                .isEqualTo(484);
    }

    @Test
    void aesGcm_everyVector_hasItsVerdict() throws Exception {
        assertThat(run("aes_gcm_test.json", WycheproofTest::opens)).isEqualTo(316);
    }

    private static boolean opens(JsonNode group, JsonNode test) throws TokenException {
        byte[] iv = bytes(test, "iv");
        if (iv.length == 0) {
            assertThatThrownBy(() -> Mechanism.AES_GCM.iv(Bytes.wrap(iv))).isInstanceOf(IllegalArgumentException.class);
            return false;
        }
        SecretKeyObject key = secret(KeyType.AES, bytes(test, "key"), Template.empty());
        Mechanism gcm = Mechanism.AES_GCM.parameters(
                Bytes.wrap(iv),
                Bytes.wrap(bytes(test, "aad")),
                group.get("tagSize").asInt());
        byte[] text = bytes(test, "ct");
        byte[] tag = bytes(test, "tag");
        byte[] ciphertext = Arrays.copyOf(text, text.length + tag.length);
        System.arraycopy(tag, 0, ciphertext, text.length, tag.length);
        if (test.get("result").asText().equals("valid")) {
            assertThat(roundTrip(key, gcm, bytes(test, "msg"))).isEqualTo(ciphertext);
        }
        try {
            return Arrays.equals(session.decrypt(key, gcm, ciphertext), bytes(test, "msg"));
        } catch (TokenException e) {
            assertThat(e.status().name()).startsWith("CKR_ENCRYPTED_DATA_");
            return false;
        } finally {
            session.destroy(key);
        }
    }

    private static boolean verifies(PublicKeyObject key, Mechanism mechanism, byte[] message, byte[] signature)
            throws TokenException {
        try (Operation operation = session.startVerify(key, mechanism)) {
            boolean whole = session.verify(key, mechanism, message, signature);
            operation.update(message);
            assertThat(operation.verify(signature)).isEqualTo(whole);
            return whole;
        } finally {
            session.destroy(key);
        }
    }

    private static PublicKeyObject publicKey(JsonNode group, String algorithm) throws TokenException {
        try {
            return (PublicKeyObject) session.create(PublicKeys.template(KeyFactory.getInstance(algorithm)
                    .generatePublic(new X509EncodedKeySpec(bytes(group, "publicKeyDer")))));
        } catch (java.security.NoSuchAlgorithmException | java.security.spec.InvalidKeySpecException e) {
            throw new AssertionError("the vectors' keys are good", e);
        }
    }

    private static Optional<byte[]> ofDer(byte[] der) {
        if (der.length == 0) {
            return Optional.empty();
        }
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
            boolean strict = sequence.size() == 2 && Arrays.equals(sequence.getEncoded("DER"), der);
            byte[] signature = new byte[2 * FIELD_BYTES];
            for (int i = 0; i < 2 && strict; i++) {
                BigInteger value =
                        ASN1Integer.getInstance(sequence.getObjectAt(i)).getValue();
                if (value.signum() < 0) {
                    return Optional.empty();
                }
                byte[] bytes = BigIntegers.asUnsignedByteArray(FIELD_BYTES, value);
                System.arraycopy(bytes, 0, signature, i * FIELD_BYTES, FIELD_BYTES);
            }
            return strict ? Optional.of(signature) : Optional.empty();
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** Runs the vectors of a file and returns how many they were. */
    private static int run(String file, Vector vector) throws IOException, TokenException {
        Path path = vectors().resolve(file);
        if (!Files.exists(path)) {
            assertThat(System.getenv("CI")).as("%s is missing", path).isNotEqualTo("true");
            assumeTrue(false, path + " is missing");
        }
        int count = 0;
        for (JsonNode group : new ObjectMapper().readTree(path.toFile()).get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                String expected = test.get("result").asText();
                boolean accepted = vector.accepted(group, test);
                if (!expected.equals("acceptable")) {
                    assertThat(accepted)
                            .as("%s %s: %s", file, test.get("tcId"), test.get("comment"))
                            .isEqualTo(expected.equals("valid"));
                }
                count++;
            }
        }
        return count;
    }

    private static Path vectors() {
        String root = System.getProperty("symbolon.root", "..");
        return Path.of(root).resolve("../shared/reference/wycheproof").normalize();
    }

    private static byte[] bytes(JsonNode node, String field) {
        return hex(node.get(field).asText());
    }
}
