package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ParameterSet;
import org.symbolon.PrivateKeyObject;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/** Every kind of key under every mechanism that wraps it, and the rules for who may. */
class WrappingTest extends TokenWithKeys {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();
    private static final byte[] KEY = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final Bytes IV = Bytes.ofHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
    private static final Mechanism GCM = Mechanism.AES_GCM.iv(Bytes.ofHex("a0a1a2a3a4a5a6a7a8a9aaab"));
    private static final Mechanism CBC_PAD = Mechanism.AES_CBC_PAD.iv(IV);

    private static SecretKeyObject aes;
    private static KeyPairObject rsa;
    private static Map<PrivateKeyObject, Mechanism> privateKeys;

    @BeforeAll
    static void makeKeys() throws TokenException {
        aes = secret(KeyType.AES, KEY, uses(Attribute.WRAP, Attribute.UNWRAP));
        rsa = session.generateKeyPair(
                Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), uses(Attribute.WRAP), uses(Attribute.UNWRAP));
        privateKeys = new LinkedHashMap<>();
        pair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Mechanism.SHA256_RSA_PKCS);
        for (NamedCurve curve : List.of(NamedCurve.P256, NamedCurve.P521, NamedCurve.BRAINPOOL_P320T1)) {
            pair(Mechanism.keyPairGen(curve), Mechanism.ECDSA_SHA256);
        }
        pair(Mechanism.keyPairGen(NamedCurve.ED25519), Mechanism.EDDSA);
        pair(Mechanism.keyPairGen(NamedCurve.ED448), Mechanism.EDDSA);
        pair(generator(ParameterSet.ML_DSA_65), Mechanism.ML_DSA);
        pair(
                Mechanism.SLH_DSA_KEY_PAIR_GEN.of(
                        new MechanismParameters.ParameterSetKeyPair(ParameterSet.SLH_DSA_SHA2_128F)),
                Mechanism.SLH_DSA);
    }

    private static Mechanism generator(ParameterSet set) {
        return Mechanism.ML_DSA_KEY_PAIR_GEN.of(new MechanismParameters.ParameterSetKeyPair(set));
    }

    private static void pair(Mechanism generator, Mechanism signing) throws TokenException {
        KeyPairObject pair =
                session.generateKeyPair(generator, Template.empty(), Template.of(Attribute.EXTRACTABLE, true));
        privateKeys.put(pair.privateKey(), signing);
    }

    private static List<Mechanism> symmetric() {
        return List.of(Mechanism.AES_KEY_WRAP_KWP, CBC_PAD, GCM);
    }

    private static Template secretKey(KeyType type) {
        return readable().with(Attribute.CLASS, ObjectClass.SECRET_KEY).with(Attribute.KEY_TYPE, type);
    }

    @Test
    void secretKeys_underEachMechanism_comeBack() throws Exception {
        Map<KeyType, Integer> targets = Map.of(
                KeyType.AES, 24, KeyType.GENERIC_SECRET, 40, KeyType.CHACHA20, 32, KeyType.DES3, 24, KeyType.HKDF, 64);
        List<Mechanism> withRsa = new ArrayList<>(List.of(Mechanism.RSA_PKCS));
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            withRsa.add(Mechanism.RSA_PKCS_OAEP.parameters(hash, HashAlgorithm.SHA_1, Bytes.of((byte) 1)));
        }
        withRsa.add(Mechanism.RSA_AES_KEY_WRAP.of(new MechanismParameters.RsaAesKeyWrap(
                256, new MechanismParameters.Oaep(HashAlgorithm.SHA_256, HashAlgorithm.SHA_256, Bytes.empty()))));
        List<Mechanism> withAes = new ArrayList<>(symmetric());
        withAes.add(Mechanism.AES_KEY_WRAP);
        for (Map.Entry<KeyType, Integer> kind : targets.entrySet()) {
            byte[] value = Arrays.copyOf(hex("0123456789abcdef".repeat(8)), kind.getValue());
            SecretKeyObject target = secret(kind.getKey(), value, Template.of(Attribute.EXTRACTABLE, true));
            List<Mechanism> ccm = List.of(Mechanism.AES_CCM.of(
                    new MechanismParameters.Ccm(value.length, Bytes.ofHex("00112233445566"), Bytes.empty(), 16)));
            for (List<Mechanism> some : List.of(withAes, ccm)) {
                for (Mechanism mechanism : some) {
                    byte[] wrapped = session.wrapKey(aes, mechanism, target);
                    assertThat(value(session.unwrapKey(aes, mechanism, wrapped, secretKey(kind.getKey()))))
                            .as(kind.getKey() + " under " + mechanism)
                            .isEqualTo(value);
                }
            }
            for (Mechanism mechanism : withRsa) {
                byte[] wrapped = session.wrapKey(rsa.publicKey(), mechanism, target);
                assertThat(value(session.unwrapKey(rsa.privateKey(), mechanism, wrapped, secretKey(kind.getKey()))))
                        .as(kind.getKey() + " under " + mechanism)
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void privateKeys_underEachMechanism_comeBackAndSign() throws Exception {
        for (Map.Entry<PrivateKeyObject, Mechanism> entry : privateKeys.entrySet()) {
            PrivateKeyObject key = entry.getKey();
            Attributes about = session.getAttributes(key, Set.of(Attribute.KEY_TYPE, Attribute.PUBLIC_KEY_INFO));
            Template template = Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                    .with(Attribute.KEY_TYPE, about.get(Attribute.KEY_TYPE));
            for (Mechanism mechanism : symmetric()) {
                assertSigns(
                        session.unwrapKey(aes, mechanism, session.wrapKey(aes, mechanism, key), template),
                        key,
                        entry.getValue());
            }
            Mechanism composite = Mechanism.RSA_AES_KEY_WRAP.of(new MechanismParameters.RsaAesKeyWrap(
                    128, new MechanismParameters.Oaep(HashAlgorithm.SHA_1, HashAlgorithm.SHA_1, Bytes.empty())));
            assertSigns(
                    session.unwrapKey(
                            rsa.privateKey(), composite, session.wrapKey(rsa.publicKey(), composite, key), template),
                    key,
                    entry.getValue());
        }
        assertThat(privateKeys).hasSize(8);
    }

    private static void assertSigns(KeyObject unwrapped, PrivateKeyObject original, Mechanism mechanism)
            throws TokenException {
        Set<Attribute<?>> wanted = Set.of(Attribute.PUBLIC_KEY_INFO);
        assertThat(session.getAttributes(unwrapped, wanted)).isEqualTo(session.getAttributes(original, wanted));
        assertThat(session.sign(unwrapped, mechanism, MESSAGE)).isNotEmpty();
    }

    @Test
    void privateKeys_wrapped_areThePkcs8ThatOthersRead() throws Exception {
        Map<String, String> algorithms = Map.of("CKK_RSA", "RSA", "CKK_EC", "EC", "CKK_ML_DSA", "ML-DSA");
        int read = 0;
        for (PrivateKeyObject key : privateKeys.keySet()) {
            String type = session.getAttributes(key, Set.of(Attribute.KEY_TYPE))
                    .get(Attribute.KEY_TYPE)
                    .name();
            if (algorithms.containsKey(type)) {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(
                        Cipher.DECRYPT_MODE,
                        new SecretKeySpec(KEY, "AES"),
                        new GCMParameterSpec(128, hex("a0a1a2a3a4a5a6a7a8a9aaab")));
                PrivateKey decoded = KeyFactory.getInstance(algorithms.get(type), BC)
                        .generatePrivate(new PKCS8EncodedKeySpec(cipher.doFinal(session.wrapKey(aes, GCM, key))));
                assertThat(decoded.getFormat()).isEqualTo("PKCS#8");
                read++;
            }
        }
        assertThat(read).isEqualTo(5);
    }

    /** RFC 3394 section 4.6 and RFC 5649 section 6. */
    @Test
    void keyWrap_vectorsOfRfc3394AndRfc5649() throws Exception {
        SecretKeyObject target = secret(
                KeyType.AES,
                hex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"),
                Template.of(Attribute.EXTRACTABLE, true));
        assertThat(session.wrapKey(aes, Mechanism.AES_KEY_WRAP, target))
                .isEqualTo(hex("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"));
        SecretKeyObject kek =
                secret(KeyType.AES, hex("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8"), uses(Attribute.WRAP));
        SecretKeyObject odd = secret(
                KeyType.GENERIC_SECRET,
                hex("c37b7e6492584340bed12207808941155068f738"),
                Template.of(Attribute.EXTRACTABLE, true));
        assertThat(session.wrapKey(kek, Mechanism.AES_KEY_WRAP_KWP, odd))
                .isEqualTo(hex("138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a"));
        assertThatThrownBy(() -> session.wrapKey(kek, Mechanism.AES_KEY_WRAP, odd))
                .hasMessageContaining("CKR_KEY_SIZE_RANGE");
    }

    @Test
    void cbcPad_isTheJdks() throws Exception {
        SecretKeyObject target = secret(KeyType.GENERIC_SECRET, MESSAGE, Template.of(Attribute.EXTRACTABLE, true));
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(IV.toByteArray()));

        assertThat(session.wrapKey(aes, CBC_PAD, target)).isEqualTo(cipher.doFinal(MESSAGE));
    }

    @Test
    void wrap_aPrivateKeyByWhatIsForSecretKeys_isNotWrappable() {
        PrivateKeyObject key = privateKeys.keySet().iterator().next();
        assertThatThrownBy(() -> session.wrapKey(rsa.publicKey(), Mechanism.RSA_PKCS, key))
                .hasMessageContaining("CKR_KEY_NOT_WRAPPABLE");
        assertThatThrownBy(() -> session.wrapKey(aes, Mechanism.AES_KEY_WRAP, key))
                .hasMessageContaining("CKR_KEY_NOT_WRAPPABLE");
    }

    @Test
    void wrap_byMechanismsThatShowTheKey_isRefused() throws Exception {
        SecretKeyObject target = secret(KeyType.AES, KEY, Template.of(Attribute.EXTRACTABLE, true));
        for (Mechanism weak : List.of(
                Mechanism.AES_ECB,
                Mechanism.AES_CBC.iv(IV),
                Mechanism.AES_CTR.of(new MechanismParameters.Counter(IV, 32)))) {
            assertThatThrownBy(() -> session.wrapKey(aes, weak, target)).hasMessageContaining("CKR_MECHANISM_INVALID");
        }
        assertThatThrownBy(() -> session.wrapKey(rsa.publicKey(), Mechanism.RSA_X_509, target))
                .hasMessageContaining("CKR_MECHANISM_INVALID");
    }

    @Test
    void wrap_againstTheRules_isRefused() throws Exception {
        SecretKeyObject hidden = secret(KeyType.AES, KEY, Template.of(Attribute.EXTRACTABLE, false));
        SecretKeyObject choosy = secret(
                KeyType.AES, KEY, Template.of(Attribute.EXTRACTABLE, true).with(Attribute.WRAP_WITH_TRUSTED, true));
        SecretKeyObject free = secret(KeyType.AES, KEY, Template.of(Attribute.EXTRACTABLE, true));
        SecretKeyObject both =
                secret(KeyType.AES, KEY, uses(Attribute.WRAP, Attribute.DECRYPT, Attribute.UNWRAP, Attribute.ENCRYPT));
        SecretKeyObject particular = secret(
                KeyType.AES,
                KEY,
                uses(Attribute.WRAP).with(Attribute.WRAP_TEMPLATE, Template.of(Attribute.KEY_TYPE, KeyType.CHACHA20)));
        SecretKeyObject signing = secret(KeyType.GENERIC_SECRET, KEY, uses(Attribute.WRAP));

        assertThatThrownBy(() -> session.wrapKey(aes, GCM, hidden)).hasMessageContaining("CKR_KEY_UNEXTRACTABLE");
        assertThatThrownBy(() -> session.wrapKey(aes, GCM, choosy)).hasMessageContaining("CKR_KEY_NOT_WRAPPABLE");
        assertThatThrownBy(() -> session.wrapKey(both, GCM, free))
                .hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertThatThrownBy(() -> session.unwrapKey(both, GCM, session.wrapKey(aes, GCM, free), secretKey(KeyType.AES)))
                .hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertThatThrownBy(() -> session.wrapKey(particular, GCM, free)).hasMessageContaining("CKR_KEY_HANDLE_INVALID");
        assertThatThrownBy(() -> session.wrapKey(free, GCM, free))
                .hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertThatThrownBy(() -> session.wrapKey(signing, GCM, free))
                .hasMessageContaining("CKR_WRAPPING_KEY_TYPE_INCONSISTENT");
        assertThatThrownBy(() -> session.wrapKey(aes, GCM, rsa.publicKey()))
                .hasMessageContaining("CKR_KEY_NOT_WRAPPABLE");
        session.destroy(free);
        assertThatThrownBy(() -> session.wrapKey(free, GCM, aes))
                .hasMessageContaining("CKR_WRAPPING_KEY_HANDLE_INVALID");
        assertThatThrownBy(() -> session.unwrapKey(free, GCM, KEY, secretKey(KeyType.AES)))
                .hasMessageContaining("CKR_UNWRAPPING_KEY_HANDLE_INVALID");
    }

    @Test
    void wrap_aKeyThatWantsATrustedOne_needsTheOfficersWord() throws Exception {
        SecretKeyObject choosy = secret(
                KeyType.AES, KEY, Template.of(Attribute.EXTRACTABLE, true).with(Attribute.WRAP_WITH_TRUSTED, true));
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                uses(Attribute.WRAP).and(Template.label("trusted")),
                uses(Attribute.UNWRAP).and(Template.label("trusted")));
        Mechanism oaep = Mechanism.RSA_PKCS_OAEP.hash(HashAlgorithm.SHA_256);
        assertThatThrownBy(() -> session.wrapKey(pair.publicKey(), oaep, choosy))
                .hasMessageContaining("CKR_KEY_NOT_WRAPPABLE");

        try (Session officer = officer()) {
            TokenObject key = officer.publicKey("trusted");
            officer.setAttributes(key, Template.of(Attribute.TRUSTED, true));
        }

        assertThat(session.wrapKey(pair.publicKey(), oaep, choosy)).hasSize(256);
    }

    @Test
    void unwrap_whateverIsWrongInside_isOneError() throws Exception {
        SecretKeyObject target = secret(KeyType.AES, KEY, Template.of(Attribute.EXTRACTABLE, true));
        SecretKeyObject odd = secret(KeyType.GENERIC_SECRET, MESSAGE, Template.of(Attribute.EXTRACTABLE, true));
        Set<String> statuses = new HashSet<>();
        for (Mechanism mechanism : List.of(GCM, CBC_PAD, Mechanism.AES_KEY_WRAP_KWP, Mechanism.AES_KEY_WRAP)) {
            byte[] wrapped = session.wrapKey(aes, mechanism, target);
            wrapped[wrapped.length - 1] ^= 1;
            if (!mechanism.equals(CBC_PAD)) {
                statuses.add(refused(aes, mechanism, wrapped, secretKey(KeyType.AES)));
            } else {
                wrapped[wrapped.length - 17] ^= 0x40;
                statuses.add(refused(aes, mechanism, wrapped, secretKey(KeyType.AES)));
            }
        }
        statuses.add(refused(aes, CBC_PAD, session.wrapKey(aes, CBC_PAD, odd), secretKey(KeyType.AES)));
        statuses.add(refused(
                aes,
                CBC_PAD,
                session.wrapKey(aes, CBC_PAD, odd),
                Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY).with(Attribute.KEY_TYPE, KeyType.RSA)));
        statuses.add(refused(
                aes,
                GCM,
                session.wrapKey(aes, GCM, target),
                secretKey(KeyType.AES).with(Attribute.VALUE_LEN, 16L)));
        for (Mechanism mechanism : List.of(Mechanism.RSA_PKCS, Mechanism.RSA_PKCS_OAEP.hash(HashAlgorithm.SHA_1))) {
            byte[] wrapped = session.wrapKey(rsa.publicKey(), mechanism, odd);
            statuses.add(refused(rsa.privateKey(), mechanism, wrapped, secretKey(KeyType.AES)));
            wrapped[9] ^= 1;
            statuses.add(refused(rsa.privateKey(), mechanism, wrapped, secretKey(KeyType.AES)));
        }
        assertThat(statuses).containsExactly("CKR_WRAPPED_KEY_INVALID: the wrapped key does not open to such a key");
        for (Mechanism mechanism : List.of(Mechanism.AES_KEY_WRAP, Mechanism.AES_KEY_WRAP_KWP, CBC_PAD)) {
            assertThatThrownBy(() -> session.unwrapKey(aes, mechanism, new byte[23], secretKey(KeyType.AES)))
                    .hasMessageContaining("CKR_WRAPPED_KEY_LEN_RANGE");
        }
        assertThatThrownBy(() -> session.unwrapKey(
                        rsa.privateKey(),
                        Mechanism.of(Mechanism.RSA_AES_KEY_WRAP.type()),
                        new byte[300],
                        secretKey(KeyType.AES)))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        assertThatThrownBy(() ->
                        session.unwrapKey(rsa.privateKey(), Mechanism.RSA_PKCS, new byte[255], secretKey(KeyType.AES)))
                .hasMessageContaining("CKR_WRAPPED_KEY_LEN_RANGE");
    }

    private static String refused(KeyObject key, Mechanism mechanism, byte[] wrapped, Template template) {
        try {
            session.unwrapKey(key, mechanism, wrapped, template);
        } catch (TokenException e) {
            String message = String.valueOf(e.getMessage());
            return message.substring(message.indexOf("CKR_"));
        }
        throw new AssertionError("it opened under " + mechanism);
    }

    @Test
    void unwrap_templates_areObeyed() throws Exception {
        SecretKeyObject target = secret(KeyType.AES, KEY, Template.of(Attribute.EXTRACTABLE, true));
        SecretKeyObject strict = secret(
                KeyType.AES,
                KEY,
                uses(Attribute.UNWRAP).with(Attribute.UNWRAP_TEMPLATE, Template.of(Attribute.EXTRACTABLE, false)));
        byte[] wrapped = session.wrapKey(aes, GCM, target);
        Template plain = Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY).with(Attribute.KEY_TYPE, KeyType.AES);
        Set<Attribute<?>> flags = Set.of(
                Attribute.EXTRACTABLE,
                Attribute.SENSITIVE,
                Attribute.ALWAYS_SENSITIVE,
                Attribute.NEVER_EXTRACTABLE,
                Attribute.LOCAL);

        assertThatThrownBy(() -> session.unwrapKey(strict, GCM, wrapped, plain.with(Attribute.EXTRACTABLE, true)))
                .hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
        assertThatThrownBy(() ->
                        session.unwrapKey(aes, GCM, wrapped, Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)))
                .hasMessageContaining("CKR_TEMPLATE_INCOMPLETE");
        assertThatThrownBy(() -> session.unwrapKey(aes, GCM, wrapped, plain.with(Attribute.VALUE, Bytes.wrap(KEY))))
                .hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
        Attributes restricted = session.getAttributes(session.unwrapKey(strict, GCM, wrapped, plain), flags);
        assertThat(restricted.get(Attribute.EXTRACTABLE)).isFalse();
        assertThat(restricted.get(Attribute.NEVER_EXTRACTABLE)).isFalse();
        Attributes usual = session.getAttributes(session.unwrapKey(aes, GCM, wrapped, plain), flags);
        assertThat(usual.get(Attribute.EXTRACTABLE)).isTrue();
        assertThat(usual.get(Attribute.SENSITIVE)).isTrue();
        assertThat(usual.get(Attribute.ALWAYS_SENSITIVE)).isFalse();
        assertThat(usual.get(Attribute.LOCAL)).isFalse();
    }
}
