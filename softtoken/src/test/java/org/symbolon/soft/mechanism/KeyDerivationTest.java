package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.generators.KDFDoublePipelineIterationBytesGenerator;
import org.bouncycastle.crypto.generators.KDFFeedbackBytesGenerator;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;
import org.bouncycastle.crypto.params.KDFDoublePipelineIterationParameters;
import org.bouncycastle.crypto.params.KDFFeedbackParameters;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.DerivationParameters.KdfField;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;

/** HKDF, SP 800-108 and PBKDF2. */
class KeyDerivationTest extends DerivationFixture {
    /** RFC 5869 appendix A.1 and A.3. */
    @Test
    void hkdf_vectorsOfRfc5869() throws Exception {
        SecretKeyObject base = secret(KeyType.HKDF, INPUT, deriving());
        Bytes salt = Bytes.ofHex("000102030405060708090a0b0c");
        Bytes info = Bytes.ofHex("f0f1f2f3f4f5f6f7f8f9");
        byte[] pseudoRandomKey = hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        byte[] output = hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");

        assertThat(derived(base, hkdf(true, true, salt, info), 42)).isEqualTo(output);
        assertThat(derived(base, hkdf(true, false, salt, Bytes.empty()), 0)).isEqualTo(pseudoRandomKey);
        assertThat(derived(
                        secret(KeyType.GENERIC_SECRET, pseudoRandomKey, deriving()),
                        hkdf(false, true, Bytes.empty(), info),
                        42))
                .isEqualTo(output);
        assertThat(derived(base, hkdf(true, true, Bytes.empty(), Bytes.empty()), 42))
                .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
        SecretKeyObject saltKey = secret(KeyType.GENERIC_SECRET, salt.toByteArray(), deriving());
        Mechanism withSaltKey = Mechanism.HKDF_DERIVE.of(new DerivationParameters.Hkdf(
                true, true, HashAlgorithm.SHA_256, Bytes.empty(), Optional.of(saltKey), info));
        assertThat(derived(base, withSaltKey, 42)).isEqualTo(output);
        assertThatThrownBy(() -> derived(base, hkdf(true, true, salt, info), 0))
                .hasMessageContaining("CKR_TEMPLATE_INCOMPLETE");
    }

    @Test
    void sp800108_counter_isBouncyCastles() throws Exception {
        SecretKeyObject hmacKey = secret(KeyType.GENERIC_SECRET, INPUT, deriving());
        SecretKeyObject aesKey = secret(KeyType.AES, Arrays.copyOf(INPUT, 16), deriving());
        for (int bits : new int[] {8, 16, 24, 32}) {
            KDFCounterBytesGenerator hmac = new KDFCounterBytesGenerator(new HMac(new SHA256Digest()));
            hmac.init(new KDFCounterParameters(INPUT, new byte[] {7}, MESSAGE, bits));
            List<KdfField> fields = List.of(
                    new KdfField.FixedData(Bytes.of((byte) 7)),
                    new KdfField.IterationVariable(bits, false),
                    new KdfField.FixedData(Bytes.wrap(MESSAGE)));
            assertThat(derived(
                            hmacKey,
                            Mechanism.SP800_108_COUNTER_KDF.of(
                                    new DerivationParameters.Sp800108(Mechanism.SHA256_HMAC.type(), fields)),
                            100))
                    .isEqualTo(generated(hmac, 100));
            KDFCounterBytesGenerator cmac =
                    new KDFCounterBytesGenerator(new CMac(org.bouncycastle.crypto.engines.AESEngine.newInstance()));
            cmac.init(new KDFCounterParameters(Arrays.copyOf(INPUT, 16), new byte[] {7}, MESSAGE, bits));
            assertThat(derived(
                            aesKey,
                            Mechanism.SP800_108_COUNTER_KDF.of(
                                    new DerivationParameters.Sp800108(Mechanism.AES_CMAC.type(), fields)),
                            100))
                    .isEqualTo(generated(cmac, 100));
        }
    }

    @Test
    void sp800108_feedbackAndPipeline_areBouncyCastles() throws Exception {
        SecretKeyObject key = secret(KeyType.GENERIC_SECRET, INPUT, deriving());
        List<KdfField> withCounter = List.of(
                new KdfField.IterationVariable(32, false),
                new KdfField.Counter(16, false),
                new KdfField.FixedData(Bytes.wrap(MESSAGE)));
        List<KdfField> without =
                List.of(new KdfField.IterationVariable(32, false), new KdfField.FixedData(Bytes.wrap(MESSAGE)));
        KDFFeedbackBytesGenerator feedback = new KDFFeedbackBytesGenerator(new HMac(new SHA256Digest()));
        KDFDoublePipelineIterationBytesGenerator pipeline =
                new KDFDoublePipelineIterationBytesGenerator(new HMac(new SHA256Digest()));

        feedback.init(KDFFeedbackParameters.createWithCounter(INPUT, new byte[32], MESSAGE, 16));
        assertThat(derived(key, feedback(withCounter, Bytes.wrap(new byte[32])), 100))
                .isEqualTo(generated(feedback, 100));
        feedback.init(KDFFeedbackParameters.createWithoutCounter(INPUT, new byte[0], MESSAGE));
        assertThat(derived(key, feedback(without, Bytes.empty()), 100)).isEqualTo(generated(feedback, 100));
        pipeline.init(KDFDoublePipelineIterationParameters.createWithCounter(INPUT, MESSAGE, 16));
        assertThat(derived(key, pipeline(withCounter), 100)).isEqualTo(generated(pipeline, 100));
        pipeline.init(KDFDoublePipelineIterationParameters.createWithoutCounter(INPUT, MESSAGE));
        assertThat(derived(key, pipeline(without), 100)).isEqualTo(generated(pipeline, 100));
    }

    private static Mechanism feedback(List<KdfField> fields, Bytes iv) {
        return Mechanism.SP800_108_FEEDBACK_KDF.of(
                new DerivationParameters.Sp800108(Mechanism.SHA256_HMAC.type(), fields, iv));
    }

    private static Mechanism pipeline(List<KdfField> fields) {
        return Mechanism.SP800_108_DOUBLE_PIPELINE_KDF.of(
                new DerivationParameters.Sp800108(Mechanism.SHA256_HMAC.type(), fields));
    }

    private static byte[] generated(org.bouncycastle.crypto.DerivationFunction function, int bytes) {
        byte[] out = new byte[bytes];
        function.generateBytes(out, 0, bytes);
        return out;
    }

    @Test
    void sp800108_keyLengthField_isTheLengthInBits() throws Exception {
        SecretKeyObject key = secret(KeyType.GENERIC_SECRET, INPUT, deriving());
        byte[] expected = derived(
                key,
                Mechanism.SP800_108_COUNTER_KDF.of(new DerivationParameters.Sp800108(
                        Mechanism.SHA256_HMAC.type(),
                        List.of(
                                new KdfField.IterationVariable(8, false),
                                new KdfField.FixedData(Bytes.ofHex("00000140"))))),
                40);
        for (boolean segments : new boolean[] {false, true}) {
            byte[] actual = derived(
                    key,
                    Mechanism.SP800_108_COUNTER_KDF.of(new DerivationParameters.Sp800108(
                            Mechanism.SHA256_HMAC.type(),
                            List.of(
                                    new KdfField.IterationVariable(8, false),
                                    new KdfField.KeyLength(segments, 32, false)))),
                    40);
            assertThat(Arrays.equals(actual, expected)).isEqualTo(!segments);
        }
        assertThatThrownBy(() -> derived(key, feedback(List.of(), Bytes.empty()), 16))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
    }

    @Test
    void pbkdf2_withEachHash_isTheJdks() throws Exception {
        for (HashAlgorithm hash : List.of(
                HashAlgorithm.SHA_1,
                HashAlgorithm.SHA_224,
                HashAlgorithm.SHA_256,
                HashAlgorithm.SHA_384,
                HashAlgorithm.SHA_512)) {
            SecretKeyFactory factory = SecretKeyFactory.getInstance(
                    "PBKDF2WithHmac" + hash.jcaName().replace("SHA-", "SHA"));
            byte[] expected = factory.generateSecret(new PBEKeySpec("secret".toCharArray(), MESSAGE, 1000, 8 * 32))
                    .getEncoded();
            try (SecretBytes password =
                    SecretBytes.copyOf("secret".getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
                SecretKeyObject key = session.generateKey(
                        Mechanism.PKCS5_PBKD2.of(
                                new DerivationParameters.Pbkdf2(hash, Bytes.wrap(MESSAGE), 1000, password)),
                        readable().with(Attribute.KEY_TYPE, KeyType.AES).with(Attribute.VALUE_LEN, 32L));
                assertThat(value(key)).as(hash.jcaName()).isEqualTo(expected);
            }
        }
    }
}
