package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.key.TokenSecretKey;

/** Every vector of the Wycheproof project that is at hand gives its expected verdict through the JCA, both ways. */
class WycheproofTest {
    private static SoftTokenFixture token;

    /** Looks at one vector: returns whether it was accepted. */
    @FunctionalInterface
    private interface Vector {
        boolean accepted(JsonNode group, JsonNode test) throws GeneralSecurityException;
    }

    @BeforeAll
    static void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterAll
    static void close() {
        token.close();
    }

    @Test
    void aesGcm_everyVector_hasItsVerdictBothWays() throws Exception {
        assertThat(run("aes_gcm_test.json", WycheproofTest::gcm)).isEqualTo(316);
    }

    private static boolean gcm(JsonNode group, JsonNode test) throws GeneralSecurityException {
        TokenSecretKey key = token.imported("AES", bytes(test, "key"));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", token.provider());
        byte[] tag = bytes(test, "tag");
        byte[] ciphertext = HexFormat.of()
                .parseHex(test.get("ct").asText() + test.get("tag").asText());
        byte[] message = bytes(test, "msg");
        try {
            GCMParameterSpec spec = new GCMParameterSpec(8 * tag.length, bytes(test, "iv"));
            cipher.init(Cipher.DECRYPT_MODE, key, spec);
            cipher.updateAAD(bytes(test, "aad"));
            boolean opens = Arrays.equals(cipher.doFinal(ciphertext), message);
            cipher.init(Cipher.ENCRYPT_MODE, key, spec);
            cipher.updateAAD(bytes(test, "aad"));
            assertThat(cipher.doFinal(message)).isEqualTo(ciphertext);
            return opens;
        } catch (AEADBadTagException | InvalidAlgorithmParameterException e) {
            return false;
        } finally {
            token.session().destroy(key.object());
        }
    }

    @Test
    void rsaPkcs1_everyVector_hasItsVerdict() throws Exception {
        assertThat(run(
                        "rsa_signature_2048_sha256_test.json",
                        (group, test) -> verifies("SHA256withRSA", "RSA", token.provider(), group, test)))
                .isEqualTo(259);
    }

    /** Public keys are the JDK's to verify with, which is lenient with one encoding and strict with one number. */
    @ParameterizedTest
    @CsvSource({
        "ecdsa_secp256r1_sha256_p1363_test.json, SHA256withECDSAinP1363Format, 262",
        "ecdsa_secp256r1_sha256_test.json, SHA256withECDSA, 484"
    })
    void ecdsa_everyVector_hasTheVerdictOfTheJdk(String file, String algorithm, int count) throws Exception {
        Provider jdk = Security.getProvider("SunEC");
        assertThat(each(file, (group, test) -> {
                    boolean verdict = verifies(algorithm, "EC", token.provider(), group, test);
                    assertThat(verdict).isEqualTo(verifies(algorithm, "EC", jdk, group, test));
                    return verdict;
                }))
                .isEqualTo(count);
    }

    private static boolean verifies(
            String algorithm, String keyAlgorithm, Provider provider, JsonNode group, JsonNode test)
            throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance(keyAlgorithm)
                .generatePublic(new X509EncodedKeySpec(bytes(group, "publicKeyDer")));
        Signature signature = Signature.getInstance(algorithm, provider);
        signature.initVerify(key);
        signature.update(bytes(test, "msg"));
        try {
            return signature.verify(bytes(test, "sig"));
        } catch (SignatureException e) {
            return false;
        }
    }

    private static int run(String file, Vector vector) throws Exception {
        return each(file, (group, test) -> {
            String expected = test.get("result").asText();
            boolean accepted = vector.accepted(group, test);
            if (!expected.equals("acceptable")) {
                assertThat(accepted)
                        .as("%s, vector %s: %s", file, test.get("tcId"), test.get("comment"))
                        .isEqualTo(expected.equals("valid"));
            }
            return accepted;
        });
    }

    private static int each(String file, Vector vector) throws Exception {
        Path path = Path.of(System.getProperty("symbolon.root", ".."))
                .resolve("../shared/reference/wycheproof")
                .resolve(file);
        assumeTrue(Files.exists(path), () -> "the vectors are not at " + path);
        int count = 0;
        for (JsonNode group : new ObjectMapper().readTree(path.toFile()).get("testGroups")) {
            for (JsonNode test : group.get("tests")) {
                vector.accepted(group, test);
                count++;
            }
        }
        return count;
    }

    private static byte[] bytes(JsonNode node, String name) {
        return HexFormat.of().parseHex(node.get(name).asText());
    }
}
