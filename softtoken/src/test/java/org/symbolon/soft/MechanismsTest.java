package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismSet;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.Operation;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;
import org.symbolon.key.PublicKeys;

/** Every mechanism: against the JDK's own engines, streaming against one-shot, and what is refused. */
class MechanismsTest {
    private static final byte[] MESSAGE =
            "the quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);

    private static TokenModule module;
    private static Session session;
    private static KeyPairObject rsa;
    private static KeyPairObject ed25519;
    private static Map<String, KeyPairObject> curves;

    @BeforeAll
    static void makeKeys() throws Exception {
        module = TestTokens.builder().memory().open();
        TestTokens.create(module);
        session = TestTokens.login(module);
        rsa = session.generateKeyPair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.label("rsa"));
        ed25519 = session.generateKeyPair(Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519"), Template.label("ed"));
        curves = Map.of("P-256", curve("P-256"), "P-384", curve("P-384"), "P-521", curve("P-521"));
    }

    private static KeyPairObject curve(String name) throws TokenException {
        return session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve(name), Template.label(name));
    }

    private static KeyPairObject ec(String name) {
        return java.util.Objects.requireNonNull(curves.get(name));
    }

    @AfterAll
    static void close() {
        module.close();
    }

    private static PublicKey jdkKey(KeyPairObject pair) throws TokenException {
        return PublicKeys.of(pair.publicKey());
    }

    /** Signs at once, in pieces and twice, and lets the token verify all and refuse what was changed. */
    private static byte[] signature(KeyPairObject pair, Mechanism mechanism, byte[] data) throws TokenException {
        byte[] once = session.sign(pair.privateKey(), mechanism, data);
        byte[] streamed;
        try (Operation operation = session.startSign(pair.privateKey(), mechanism)) {
            for (byte b : data) {
                operation.update(new byte[] {9, b, 9}, 1, 1);
            }
            streamed = operation.finish();
        }
        for (byte[] signature : List.of(once, streamed, session.sign(pair.privateKey(), mechanism, data))) {
            assertThat(session.verify(pair.publicKey(), mechanism, data, signature))
                    .isTrue();
            try (Operation operation = session.startVerify(pair.publicKey(), mechanism)) {
                operation.update(data);
                assertThat(operation.verify(signature)).isTrue();
            }
        }
        byte[] changed = once.clone();
        changed[changed.length / 2] ^= 4;
        assertThat(session.verify(pair.publicKey(), mechanism, data, changed)).isFalse();
        assertThat(session.verify(pair.publicKey(), mechanism, data, Arrays.copyOf(once, once.length - 1)))
                .isFalse();
        return once;
    }

    private static boolean jdkVerifies(String algorithm, KeyPairObject pair, byte[] data, byte[] signature)
            throws Exception {
        Signature engine = Signature.getInstance(algorithm);
        engine.initVerify(jdkKey(pair));
        engine.update(data);
        return engine.verify(signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA_1:SHA1", "SHA224:SHA224", "SHA256:SHA256", "SHA384:SHA384", "SHA512:SHA512"})
    void sign_rsaPkcs1_verifiesWithTheJdk(String names) throws Exception {
        String[] name = names.replace("SHA_1", "SHA1").split(":", 2);
        Mechanism mechanism = Mechanism.of(MechanismType.named("CKM_" + name[0] + "_RSA_PKCS"));

        byte[] signature = signature(rsa, mechanism, MESSAGE);

        assertThat(jdkVerifies(name[1] + "withRSA", rsa, MESSAGE, signature)).isTrue();
    }

    @Test
    void sign_rsaPkcsOverDigestInfo_equalsHashedMechanism() throws Exception {
        byte[] prefix = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        byte[] digestInfo = Arrays.copyOf(prefix, prefix.length + digest.length);
        System.arraycopy(digest, 0, digestInfo, prefix.length, digest.length);

        assertThat(signature(rsa, Mechanism.RSA_PKCS, digestInfo))
                .isEqualTo(session.sign(rsa.privateKey(), Mechanism.SHA256_RSA_PKCS, MESSAGE));
    }

    static Stream<Mechanism> pss() {
        return Stream.of(Mechanism.SHA256_RSA_PKCS_PSS, Mechanism.SHA384_RSA_PKCS_PSS, Mechanism.SHA512_RSA_PKCS_PSS);
    }

    @ParameterizedTest
    @MethodSource("pss")
    void sign_pss_verifiesWithTheJdkHashedAndOverDigest(Mechanism mechanism) throws Exception {
        HashAlgorithm hash = mechanism.hash().orElseThrow();
        byte[] digest = MessageDigest.getInstance(hash.jcaName()).digest(MESSAGE);
        Mechanism raw = new Mechanism(MechanismType.named("CKM_RSA_PKCS_PSS"), mechanism.parameters());

        for (byte[] signature : List.of(signature(rsa, mechanism, MESSAGE), signature(rsa, raw, digest))) {
            Signature engine = Signature.getInstance("RSASSA-PSS");
            engine.setParameter(new PSSParameterSpec(
                    hash.jcaName(), "MGF1", new MGF1ParameterSpec(hash.jcaName()), hash.digestBytes(), 1));
            engine.initVerify(jdkKey(rsa));
            engine.update(MESSAGE);
            assertThat(engine.verify(signature)).isTrue();
            assertThat(session.verify(rsa.publicKey(), mechanism, MESSAGE, signature))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "P-521"})
    void sign_ecdsa_verifiesWithTheJdkHashedAndOverDigest(String curve) throws Exception {
        for (String hash : List.of("SHA1", "SHA256", "SHA384", "SHA512")) {
            Mechanism mechanism = Mechanism.of(MechanismType.named("CKM_ECDSA_" + hash));
            String algorithm = hash.equals("SHA1") ? "SHA-1" : "SHA-" + hash.substring(3);
            byte[] digest = MessageDigest.getInstance(algorithm).digest(MESSAGE);

            for (byte[] signature :
                    List.of(signature(ec(curve), mechanism, MESSAGE), signature(ec(curve), Mechanism.ECDSA, digest))) {
                assertThat(jdkVerifies(hash + "withECDSAinP1363Format", ec(curve), MESSAGE, signature))
                        .as("%s with %s", curve, hash)
                        .isTrue();
            }
        }
    }

    @Test
    void sign_ed25519_verifiesWithTheJdkAndIsDeterministic() throws Exception {
        byte[] signature = signature(ed25519, Mechanism.EDDSA, MESSAGE);

        assertThat(jdkVerifies("Ed25519", ed25519, MESSAGE, signature)).isTrue();
        assertThat(session.sign(ed25519.privateKey(), Mechanism.EDDSA, MESSAGE)).isEqualTo(signature);
    }

    @Test
    void sign_ed25519_vectorOfRfc8032() throws Exception {
        KeyObject key = (KeyObject) session.create(Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                .with(Attribute.KEY_TYPE, KeyType.EC_EDWARDS)
                .with(Attribute.EC_PARAMS, org.symbolon.NamedCurve.ED25519.ecParams())
                .with(Attribute.VALUE, Bytes.ofHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
                .inSession());

        assertThat(session.sign(key, Mechanism.EDDSA, new byte[] {0x72}))
                .isEqualTo(HexFormat.of()
                        .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
    }

    private static SecretKeyObject secret(KeyType type, byte[] value, Template more) throws TokenException {
        return (SecretKeyObject) session.create(Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, type)
                .with(Attribute.VALUE, Bytes.of(value))
                .inSession()
                .and(more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA_1", "SHA224", "SHA256", "SHA384", "SHA512"})
    void sign_hmac_equalsTheJdk(String hash) throws Exception {
        byte[] value = new byte[40];
        Arrays.fill(value, (byte) 0x0b);
        SecretKeyObject key = secret(KeyType.GENERIC_SECRET, value, Template.empty());
        Mac mac = Mac.getInstance("Hmac" + hash.replace("_", ""));
        mac.init(new SecretKeySpec(value, "Hmac"));
        Mechanism mechanism = Mechanism.of(MechanismType.named("CKM_" + hash + "_HMAC"));

        byte[] made = session.sign(key, mechanism, MESSAGE);

        assertThat(made).isEqualTo(mac.doFinal(MESSAGE));
        assertThat(session.verify(key, mechanism, MESSAGE, made)).isTrue();
        made[0] ^= 1;
        assertThat(session.verify(key, mechanism, MESSAGE, made)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void encrypt_gcm_equalsTheJdkAndOpens(int length) throws Exception {
        byte[] value = new byte[length];
        Arrays.fill(value, (byte) 7);
        SecretKeyObject key = secret(KeyType.AES, value, Template.empty());
        MechanismParameters.Gcm parameters =
                new MechanismParameters.Gcm(Bytes.of(new byte[12]), Bytes.of((byte) 1, (byte) 2), 128);
        Mechanism gcm = new Mechanism(MechanismType.named("CKM_AES_GCM"), parameters);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(value, "AES"), new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD(new byte[] {1, 2});

        byte[] ciphertext = roundTrip(key, gcm, MESSAGE);

        assertThat(ciphertext).isEqualTo(cipher.doFinal(MESSAGE));
        ciphertext[3] ^= 1;
        assertThatThrownBy(() -> session.decrypt(key, gcm, ciphertext))
                .isInstanceOf(TokenOperationException.class)
                .hasMessageContaining("CKR_ENCRYPTED_DATA_INVALID");
    }

    private static byte[] roundTrip(SecretKeyObject key, Mechanism mechanism, byte[] data) throws TokenException {
        byte[] once = session.encrypt(key, mechanism, data);
        assertThat(session.decrypt(key, mechanism, once)).isEqualTo(data);
        assertThat(streamed(session.startEncrypt(key, mechanism), data)).isEqualTo(once);
        assertThat(streamed(session.startDecrypt(key, mechanism), once)).isEqualTo(data);
        return once;
    }

    private static byte[] streamed(Operation operation, byte[] data) throws TokenException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try (operation) {
            for (int i = 0; i < data.length; i += 5) {
                out.writeBytes(operation.update(data, i, Math.min(5, data.length - i)));
            }
            out.writeBytes(operation.finish());
        }
        return out.toByteArray();
    }

    @Test
    void encrypt_cbc_wantsWholeBlocksUnlessPadded() throws Exception {
        SecretKeyObject key = secret(KeyType.AES, new byte[16], Template.empty());
        Mechanism cbc = Mechanism.AES_CBC.iv(Bytes.of(new byte[16]));
        Mechanism padded = Mechanism.AES_CBC_PAD.iv(Bytes.of(new byte[16]));

        roundTrip(key, cbc, Arrays.copyOf(MESSAGE, 32));
        roundTrip(key, padded, MESSAGE);

        assertThatThrownBy(() -> session.encrypt(key, cbc, MESSAGE)).hasMessageContaining("CKR_DATA_LEN_RANGE");
        assertThatThrownBy(() -> session.decrypt(key, cbc, new byte[15]))
                .hasMessageContaining("CKR_ENCRYPTED_DATA_LEN_RANGE");
        assertThatThrownBy(() -> session.decrypt(key, padded, new byte[32]))
                .hasMessageContaining("CKR_ENCRYPTED_DATA_INVALID");
    }

    @Test
    void encrypt_cbcWithShortIv_isBadParameter() throws Exception {
        SecretKeyObject key = secret(KeyType.AES, new byte[16], Template.empty());
        Mechanism cbc =
                new Mechanism(MechanismType.named("CKM_AES_CBC"), new MechanismParameters.Iv(Bytes.of(new byte[8])));

        assertThatThrownBy(() -> session.encrypt(key, cbc, new byte[16]))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
    }

    @Test
    void encrypt_rsaPkcs_opensWithThePrivateKey() throws Exception {
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                Template.of(Attribute.ENCRYPT, true),
                Template.of(Attribute.DECRYPT, true));

        byte[] ciphertext = session.encrypt(pair.publicKey(), Mechanism.RSA_PKCS, MESSAGE);

        assertThat(session.decrypt(pair.privateKey(), Mechanism.RSA_PKCS, ciphertext))
                .isEqualTo(MESSAGE);
        assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.SHA256_RSA_PKCS, MESSAGE))
                .as("a template that grants decryption grants nothing else")
                .isInstanceOf(TokenPermissionException.class);
    }

    @Test
    void digest_sha256_streamsAsOneShot() throws Exception {
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        try (Operation operation = session.startDigest(Mechanism.SHA256)) {
            operation.update(MESSAGE, 0, 10);
            operation.update(MESSAGE, 10, MESSAGE.length - 10);
            assertThat(operation.finish()).isEqualTo(expected);
        }
        assertThat(session.digest(Mechanism.SHA256, MESSAGE)).isEqualTo(expected);
    }

    @Test
    void sign_withKeyOfOtherType_isInconsistent() {
        assertThatThrownBy(() -> session.sign(rsa.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasMessageContaining("CKR_KEY_TYPE_INCONSISTENT");
        assertThatThrownBy(() -> session.sign(rsa.publicKey(), Mechanism.SHA256_RSA_PKCS, MESSAGE))
                .hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertThatThrownBy(() -> session.digest(Mechanism.ECDSA, MESSAGE))
                .isInstanceOf(MechanismNotSupportedException.class)
                .hasMessageContaining("CKR_MECHANISM_INVALID");
    }

    @Test
    void sign_mechanismNotAllowedByKey_isNotPermitted() throws Exception {
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                Template.empty(),
                Template.of(Attribute.ALLOWED_MECHANISMS, MechanismSet.of(Mechanism.ECDSA_SHA384.type())));

        session.sign(pair.privateKey(), Mechanism.ECDSA_SHA384, MESSAGE);
        assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .isInstanceOf(TokenPermissionException.class)
                .hasMessageContaining("CKA_ALLOWED_MECHANISMS");
    }

    @Test
    void sign_alwaysAuthenticateKey_wantsPinEachTime() throws Exception {
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                Template.empty(),
                Template.of(Attribute.ALWAYS_AUTHENTICATE, true));

        assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasMessageContaining("CKR_USER_NOT_LOGGED_IN");
        assertThatThrownBy(() -> session.authenticating(TestTokens.wrongPin())
                        .sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasMessageContaining("CKR_PIN_INCORRECT");
        assertThat(session.authenticating(TestTokens.userPin())
                        .sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasSize(64);
    }

    @Test
    void mechanisms_each_isServedForEachOfItsFunctions() throws Exception {
        Map<MechanismType, MechanismInfo> mechanisms = session.token().mechanisms();
        Map<KeyType, KeyObject> privateKeys = Map.of(
                KeyType.RSA,
                rsa.privateKey(),
                KeyType.EC,
                ec("P-256").privateKey(),
                KeyType.EC_EDWARDS,
                ed25519.privateKey());
        int served = 0;
        for (Map.Entry<MechanismType, MechanismInfo> entry : mechanisms.entrySet()) {
            KeyType type = org.symbolon.MechanismTable.row(entry.getKey())
                    .orElseThrow()
                    .keyType()
                    .orElse(null);
            if (entry.getValue().supports(MechanismFunction.SIGN) && privateKeys.containsKey(type)) {
                Mechanism mechanism = withParameters(entry.getKey());
                int length = mechanism.hash().isEmpty() ? 20 : MESSAGE.length;
                assertThat(session.sign(privateKeys.get(type), mechanism, Arrays.copyOf(MESSAGE, length)))
                        .as(entry.getKey().name())
                        .isNotEmpty();
                served++;
            }
        }
        assertThat(served).isGreaterThanOrEqualTo(20);
        assertThat(mechanisms.keySet()).contains(Mechanism.SHA512.type(), MechanismType.named("CKM_AES_GCM"));
        assertThatThrownBy(() -> session.wrapKey(
                        secret(KeyType.AES, new byte[16], Template.empty()),
                        Mechanism.AES_CBC.iv(Bytes.of(new byte[16])),
                        rsa.privateKey()))
                .hasMessageContaining("CKR_MECHANISM_INVALID");
    }

    private static Mechanism withParameters(MechanismType type) {
        if (!type.name().endsWith("_PSS")) {
            return Mechanism.of(type);
        }
        HashAlgorithm hash = Mechanism.of(type).hash().orElse(HashAlgorithm.SHA_1);
        return new Mechanism(type, new MechanismParameters.Pss(hash, hash, hash.digestBytes()));
    }

    @Test
    void sign_manyThreadsOneKey_allVerify() throws Exception {
        List<byte[]> signatures = Stream.generate(() -> MESSAGE)
                .limit(200)
                .parallel()
                .map(MechanismsTest::sign)
                .toList();

        for (byte[] signature : signatures) {
            assertThat(jdkVerifies("SHA256withECDSAinP1363Format", ec("P-256"), MESSAGE, signature))
                    .isTrue();
        }
    }

    private static byte[] sign(byte[] message) {
        try {
            return session.sign(ec("P-256").privateKey(), Mechanism.ECDSA_SHA256, message);
        } catch (TokenException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void random_twice_differs() throws Exception {
        session.seedRandom(new byte[] {1});
        assertThat(session.random(32)).hasSize(32).isNotEqualTo(session.random(32));
        assertThat(Set.of(session.random(0).length)).containsExactly(0);
    }
}
