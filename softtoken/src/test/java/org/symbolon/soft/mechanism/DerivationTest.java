package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKeyFactory;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.generators.KDFDoublePipelineIterationBytesGenerator;
import org.bouncycastle.crypto.generators.KDFFeedbackBytesGenerator;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;
import org.bouncycastle.crypto.params.KDFDoublePipelineIterationParameters;
import org.bouncycastle.crypto.params.KDFFeedbackParameters;
import org.bouncycastle.crypto.params.KDFParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.DerivationParameters.KdfField;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.PrivateKeyObject;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** Derivations against Bouncy Castle, the JDK and the vectors of RFCs. */
class DerivationTest extends TokenWithKeys {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final byte[] INPUT = hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");

    private static Template generic(long bytes) {
        Template template = readable();
        return bytes == 0 ? template : template.with(Attribute.VALUE_LEN, bytes);
    }

    private static Template deriving() {
        return uses(Attribute.DERIVE);
    }

    private static byte[] derived(KeyObject base, Mechanism mechanism, long bytes) throws TokenException {
        return value(session.deriveKey(base, mechanism, generic(bytes)));
    }

    // ---- ECDH

    static java.util.stream.Stream<NamedCurve> weierstrass() {
        return CurvesTest.weierstrass();
    }

    @ParameterizedTest
    @MethodSource("weierstrass")
    void ecdh_onEachCurve_isBouncyCastles(NamedCurve curve) throws Exception {
        KeyPairObject ours = session.generateKeyPair(Mechanism.keyPairGen(curve), Template.empty(), deriving());
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BC);
        generator.initialize(new ECGenParameterSpec(curve.jcaName()));
        KeyPair theirs = generator.generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", BC);
        agreement.init(theirs.getPrivate());
        agreement.doPhase(publicKey("EC", ours), true);
        byte[] secret = agreement.generateSecret();
        byte[] info = theirs.getPublic().getEncoded();
        Bytes point = Bytes.wrap(Arrays.copyOfRange(info, info.length - 2 * curve.fieldBytes() - 1, info.length));

        for (Mechanism mechanism : List.of(
                Mechanism.ECDH1_DERIVE.of(new DerivationParameters.Ecdh(point)),
                new Mechanism(
                        org.symbolon.MechanismType.named("CKM_ECDH1_COFACTOR_DERIVE"),
                        new DerivationParameters.Ecdh(point)))) {
            assertThat(derived(ours.privateKey(), mechanism, 0)).isEqualTo(secret);
            assertThat(derived(ours.privateKey(), mechanism, 16))
                    .as("bytes are taken away from the beginning")
                    .isEqualTo(Arrays.copyOfRange(secret, secret.length - 16, secret.length));
        }
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            Mechanism withKdf =
                    Mechanism.ECDH1_DERIVE.of(DerivationParameters.Ecdh.x963(hash, Bytes.wrap(MESSAGE), point));
            KDF2BytesGenerator expected = new KDF2BytesGenerator(
                    org.bouncycastle.jcajce.provider.util.DigestFactory.getDigest(hash.jcaName()));
            expected.init(new KDFParameters(secret, MESSAGE));
            byte[] bytes = new byte[100];
            expected.generateBytes(bytes, 0, bytes.length);
            assertThat(derived(ours.privateKey(), withKdf, 100))
                    .as(hash.jcaName())
                    .isEqualTo(bytes);
        }
    }

    private static PublicKey publicKey(String algorithm, KeyPairObject pair) throws Exception {
        byte[] info = session.getAttributes(pair.publicKey(), Set.of(Attribute.PUBLIC_KEY_INFO))
                .get(Attribute.PUBLIC_KEY_INFO)
                .toByteArray();
        return KeyFactory.getInstance(algorithm, BC).generatePublic(new X509EncodedKeySpec(info));
    }

    /** RFC 7748 section 6. */
    @Test
    void ecdh_onMontgomeryCurves_vectorsOfRfc7748() throws Exception {
        assertThat(derived(
                        montgomery(
                                NamedCurve.X25519, "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"),
                        ecdh("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
                        0))
                .isEqualTo(hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
        assertThat(derived(
                        montgomery(
                                NamedCurve.X448,
                                "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28d"
                                        + "d9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b"),
                        ecdh("3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430"
                                + "27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
                        0))
                .isEqualTo(hex("07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b"
                        + "b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d"));
    }

    private static Mechanism ecdh(String point) {
        return Mechanism.ECDH1_DERIVE.of(new DerivationParameters.Ecdh(Bytes.ofHex(point)));
    }

    private static PrivateKeyObject montgomery(NamedCurve curve, String value) throws TokenException {
        try (SecretBytes secret = SecretBytes.copyOf(hex(value))) {
            return (PrivateKeyObject) session.create(Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                    .with(Attribute.KEY_TYPE, KeyType.EC_MONTGOMERY)
                    .with(Attribute.EC_PARAMS, curve.ecParams())
                    .with(Attribute.VALUE, (Bytes) secret)
                    .and(deriving()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"X25519", "X448"})
    void ecdh_withAJdkKey_agrees(NamedCurve curve) throws Exception {
        KeyPairObject ours = session.generateKeyPair(Mechanism.keyPairGen(curve), Template.empty(), deriving());
        KeyPair theirs = KeyPairGenerator.getInstance(curve.jcaName()).generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance("XDH");
        agreement.init(theirs.getPrivate());
        agreement.doPhase(org.symbolon.key.PublicKeys.of(ours.publicKey()), true);
        byte[] info = theirs.getPublic().getEncoded();
        String point = Bytes.wrap(Arrays.copyOfRange(info, info.length - curve.fieldBytes(), info.length))
                .toHex();

        assertThat(derived(ours.privateKey(), ecdh(point), 0)).isEqualTo(agreement.generateSecret());
        assertThatThrownBy(() -> derived(ours.privateKey(), ecdh("00".repeat(curve.fieldBytes())), 0))
                .as("a point of small order")
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
    }

    @Test
    void ecdh_withBadParameters_isRefused() throws Exception {
        KeyPairObject ours =
                session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.P256), Template.empty(), deriving());
        byte[] off = new byte[65];
        off[0] = 4;
        Bytes good = session.getAttributes(ours.publicKey(), Set.of(Attribute.EC_POINT))
                .get(Attribute.EC_POINT);

        assertThatThrownBy(() -> derived(ours.privateKey(), ecdh(Bytes.wrap(off).toHex()), 0))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        assertThatThrownBy(() -> derived(ours.privateKey(), ecdh("0401"), 0))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        assertThatThrownBy(() -> derived(
                        ours.privateKey(),
                        Mechanism.ECDH1_DERIVE.of(new DerivationParameters.Ecdh(9, Bytes.empty(), good)),
                        16))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        assertThatThrownBy(() -> derived(ours.privateKey(), ecdh(good.toHex()), 33))
                .hasMessageContaining("CKR_KEY_SIZE_RANGE");
        assertThatThrownBy(() -> derived(
                        ours.privateKey(),
                        Mechanism.ECDH1_DERIVE.of(
                                DerivationParameters.Ecdh.x963(HashAlgorithm.SHA_256, Bytes.empty(), good)),
                        0))
                .hasMessageContaining("CKR_TEMPLATE_INCOMPLETE");
        assertThat(derived(ours.privateKey(), ecdh(good.toHex()), 0)).hasSize(32);
    }

    @Test
    void derive_ofAnAesKey_hasItsLengthAndUses() throws Exception {
        KeyPairObject ours =
                session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.P384), Template.empty(), deriving());
        Bytes point = session.getAttributes(ours.publicKey(), Set.of(Attribute.EC_POINT))
                .get(Attribute.EC_POINT);
        Template aes = Template.of(Attribute.KEY_TYPE, KeyType.AES);

        KeyObject key = session.deriveKey(ours.privateKey(), ecdh(point.toHex()), aes.with(Attribute.VALUE_LEN, 16L));

        assertThat(session.encrypt(key, Mechanism.AES_ECB, new byte[16])).hasSize(16);
        assertThatThrownBy(() -> session.deriveKey(ours.privateKey(), ecdh(point.toHex()), aes))
                .hasMessageContaining("CKR_TEMPLATE_INCOMPLETE");
        assertThatThrownBy(() ->
                        session.deriveKey(ours.privateKey(), ecdh(point.toHex()), aes.with(Attribute.VALUE_LEN, 17L)))
                .hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
    }

    // ---- HKDF, SP 800-108, PBKDF2

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

    private static Mechanism hkdf(boolean extract, boolean expand, Bytes salt, Bytes info) {
        return Mechanism.HKDF_DERIVE.of(
                new DerivationParameters.Hkdf(extract, expand, HashAlgorithm.SHA_256, salt, Optional.empty(), info));
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

    // ---- Diffie-Hellman, joining

    @Test
    void dh_withAJdkKey_agrees() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("DH");
        generator.initialize(2048);
        KeyPair theirs = generator.generateKeyPair();
        DHParameterSpec group = ((DHPublicKey) theirs.getPublic()).getParams();
        KeyPairObject ours = session.generateKeyPair(
                Mechanism.DH_PKCS_KEY_PAIR_GEN.of(
                        new MechanismParameters.DhKeyPair(unsigned(group.getP()), unsigned(group.getG()))),
                Template.empty(),
                deriving().with(Attribute.VALUE_BITS, 256L));
        KeyAgreement agreement = KeyAgreement.getInstance("DH");
        agreement.init(theirs.getPrivate());
        byte[] info = session.getAttributes(ours.publicKey(), Set.of(Attribute.PUBLIC_KEY_INFO))
                .get(Attribute.PUBLIC_KEY_INFO)
                .toByteArray();
        agreement.doPhase(KeyFactory.getInstance("DH").generatePublic(new X509EncodedKeySpec(info)), true);
        Bytes y = unsigned(((DHPublicKey) theirs.getPublic()).getY());

        assertThat(derived(ours.privateKey(), Mechanism.DH_PKCS_DERIVE.of(new DerivationParameters.PublicValue(y)), 0))
                .isEqualTo(agreement.generateSecret());
        assertThat(session.getAttributes(ours.privateKey(), Set.of(Attribute.VALUE_BITS))
                        .get(Attribute.VALUE_BITS))
                .isLessThanOrEqualTo(256);
        for (Bytes bad : List.of(Bytes.of((byte) 1), unsigned(group.getP().subtract(BigInteger.ONE)))) {
            assertThatThrownBy(() -> derived(
                            ours.privateKey(),
                            Mechanism.DH_PKCS_DERIVE.of(new DerivationParameters.PublicValue(bad)),
                            0))
                    .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        }
    }

    private static Bytes unsigned(BigInteger value) {
        return Bytes.wrap(org.bouncycastle.util.BigIntegers.asUnsignedByteArray(value));
    }

    @Test
    void simple_joinCombineAndCut() throws Exception {
        SecretKeyObject base =
                secret(KeyType.GENERIC_SECRET, hex("0123456789ab"), deriving().and(readable()));
        SecretKeyObject other =
                secret(KeyType.GENERIC_SECRET, hex("cdef"), deriving().and(readable()));
        DerivationParameters.StringData data = new DerivationParameters.StringData(Bytes.ofHex("ffff00"));

        assertThat(derived(base, Mechanism.CONCATENATE_BASE_AND_KEY.of(new DerivationParameters.OtherKey(other)), 0))
                .isEqualTo(hex("0123456789abcdef"));
        assertThat(derived(base, Mechanism.CONCATENATE_BASE_AND_DATA.of(data), 0))
                .isEqualTo(hex("0123456789abffff00"));
        assertThat(derived(base, Mechanism.CONCATENATE_DATA_AND_BASE.of(data), 4))
                .isEqualTo(hex("ffff0001"));
        assertThat(derived(base, Mechanism.XOR_BASE_AND_DATA.of(data), 0)).isEqualTo(hex("fedc45"));
        // PKCS #11 v3.2 section 6.43.7 gives the first of these as its example.
        SecretKeyObject example =
                secret(KeyType.GENERIC_SECRET, hex("329f84a9"), deriving().and(readable()));
        assertThat(derived(example, Mechanism.EXTRACT_KEY_FROM_KEY.of(new DerivationParameters.BitPosition(21)), 2))
                .isEqualTo(hex("9526"));
        assertThatThrownBy(() ->
                        derived(base, Mechanism.EXTRACT_KEY_FROM_KEY.of(new DerivationParameters.BitPosition(48)), 2))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        assertThatThrownBy(() -> derived(base, Mechanism.XOR_BASE_AND_DATA.of(data), 4))
                .hasMessageContaining("CKR_KEY_SIZE_RANGE");
    }

    // ---- rules

    @Test
    void derive_ofASensitiveKeyByJoining_isSensitive() throws Exception {
        SecretKeyObject hidden = secret(KeyType.GENERIC_SECRET, INPUT, deriving());
        Mechanism join =
                Mechanism.CONCATENATE_BASE_AND_DATA.of(new DerivationParameters.StringData(Bytes.of((byte) 1)));

        assertThatThrownBy(() -> session.deriveKey(hidden, join, readable()))
                .hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
        KeyObject key = session.deriveKey(hidden, join, Template.empty());
        Attributes attributes = session.getAttributes(key, Set.of(Attribute.SENSITIVE, Attribute.EXTRACTABLE));
        assertThat(attributes.get(Attribute.SENSITIVE)).isTrue();
        assertThat(attributes.get(Attribute.EXTRACTABLE)).isFalse();
    }

    @Test
    void derive_keepsHistoryOfItsBase() throws Exception {
        SecretKeyObject made = session.generateKey(Mechanism.HKDF_KEY_GEN.bytes(32), deriving());
        SecretKeyObject brought = secret(KeyType.HKDF, INPUT, deriving());
        Mechanism hkdf = hkdf(true, true, Bytes.empty(), Bytes.empty());
        Set<Attribute<?>> history =
                Set.of(Attribute.ALWAYS_SENSITIVE, Attribute.NEVER_EXTRACTABLE, Attribute.LOCAL, Attribute.CHECK_VALUE);

        Attributes ofMade =
                session.getAttributes(session.deriveKey(made, hkdf, Template.of(Attribute.VALUE_LEN, 16L)), history);
        Attributes ofBrought =
                session.getAttributes(session.deriveKey(brought, hkdf, Template.of(Attribute.VALUE_LEN, 16L)), history);

        assertThat(ofMade.get(Attribute.ALWAYS_SENSITIVE)).isTrue();
        assertThat(ofMade.get(Attribute.NEVER_EXTRACTABLE)).isTrue();
        assertThat(ofMade.get(Attribute.LOCAL)).isFalse();
        assertThat(ofMade.has(Attribute.CHECK_VALUE)).isTrue();
        assertThat(ofBrought.get(Attribute.ALWAYS_SENSITIVE)).isFalse();
        assertThat(ofBrought.get(Attribute.NEVER_EXTRACTABLE)).isFalse();
    }

    @Test
    void derive_withoutPermissionOrAgainstItsTemplate_isRefused() throws Exception {
        SecretKeyObject mute = secret(KeyType.HKDF, INPUT, Template.empty());
        SecretKeyObject strict = secret(
                KeyType.HKDF,
                INPUT,
                deriving().with(Attribute.DERIVE_TEMPLATE, Template.of(Attribute.EXTRACTABLE, false)));
        Mechanism hkdf = hkdf(true, true, Bytes.empty(), Bytes.empty());

        assertThatThrownBy(() -> derived(mute, hkdf, 16)).hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertThatThrownBy(() -> derived(strict, hkdf, 16)).hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
        assertThatThrownBy(() -> session.deriveKey(strict, hkdf, Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)))
                .hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
        assertThatThrownBy(() -> derived(secret(KeyType.AES, new byte[16], deriving()), hkdf, 16))
                .hasMessageContaining("CKR_KEY_TYPE_INCONSISTENT");
        assertThatThrownBy(() -> session.deriveKey(
                        strict, Mechanism.of(Mechanism.HKDF_DERIVE.type()), Template.of(Attribute.VALUE_LEN, 16L)))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
    }
}
