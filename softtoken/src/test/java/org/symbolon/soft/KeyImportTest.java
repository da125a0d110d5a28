package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.bouncycastle.jcajce.interfaces.MLKEMPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Encapsulation;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.ParameterSet;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.KeyImport;
import org.symbolon.key.PublicKeys;

/** Key pairs of the JDK and of Bouncy Castle come into a token and do there what they did outside. */
class KeyImportTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final Provider BC = new BouncyCastleProvider();
    private static final Template READABLE =
            Template.of(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true);

    private TokenModule module;
    private Session session;

    @BeforeEach
    void open() throws Exception {
        module = SoftModule.builder().memory().kdf(KdfParameters.floor()).open();
        TestTokens.create(module);
        session = TestTokens.login(module);
    }

    @AfterEach
    void close() {
        module.close();
    }

    private KeyPairObject imported(PrivateKey privateKey, PublicKey publicKey) throws Exception {
        return KeyImport.keyPair(session, new KeyPair(publicKey, privateKey), Template.label("k"), Template.empty());
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signature) throws Exception {
        Signature engine = Signature.getInstance(algorithm, BC);
        engine.initVerify(key);
        engine.update(MESSAGE);
        return engine.verify(signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keyPair_ofTheJdk_isFoundWithItsPublicKey(String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();

        KeyPairObject stored =
                KeyImport.keyPair(session, pair, Template.label(algorithm).onToken(), Template.empty());

        assertThat(PublicKeys.of(stored.publicKey())).isEqualTo(pair.getPublic());
        assertThat(PublicKeys.of(stored.privateKey())).isEqualTo(pair.getPublic());
        assertThat(session.findAll(ObjectQuery.all().label(algorithm))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "X25519"})
    void keyPair_ofTwoHalves_isRefused(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        PrivateKey one = generator.generateKeyPair().getPrivate();
        PublicKey other = generator.generateKeyPair().getPublic();

        assertThatThrownBy(() -> imported(one, other)).hasMessageContaining("is not that of th");
        assertThat(session.findAll(ObjectQuery.all())).isEmpty();
    }

    @Test
    void keyPair_ofDiffieHellman_isItself() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("DH").generateKeyPair();

        KeyPairObject stored = imported(pair.getPrivate(), pair.getPublic());

        assertThat(PublicKeys.of(stored.privateKey())).isEqualTo(pair.getPublic());
    }

    @ParameterizedTest
    @CsvSource({
        "ML-DSA-44, true",
        "ML-DSA-44, false",
        "ML-DSA-65, true",
        "ML-DSA-65, false",
        "ML-DSA-87, true",
        "ML-DSA-87, false"
    })
    void mlDsa_asSeedOrExpanded_signs(String name, boolean seedOnly) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(name, BC).generateKeyPair();
        MLDSAPrivateKey key = ((MLDSAPrivateKey) pair.getPrivate()).getPrivateKey(seedOnly);

        KeyPairObject stored = imported(key, pair.getPublic());

        byte[] signature = session.sign(stored.privateKey(), Mechanism.ML_DSA, MESSAGE);
        assertThat(verifies(name, pair.getPublic(), signature)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA-65", "ML-KEM-768"})
    void key_asSeedAndExpanded_keepsBoth(String name) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(name, BC).generateKeyPair();
        try (KeyImport.PrivateKeyTemplate template =
                KeyImport.PrivateKeyTemplate.of(pair.getPrivate(), pair.getPublic())) {
            assertThat(template.template().attributes().present()).contains(Attribute.SEED, Attribute.VALUE);
        }
    }

    @Test
    void keyImport_seedThatMakesAnotherKey_isRefused() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-65", BC).generateKeyPair();
        try (KeyImport.PrivateKeyTemplate template =
                KeyImport.PrivateKeyTemplate.of(pair.getPrivate(), pair.getPublic())) {
            Template wrong = template.template().with(Attribute.SEED, Bytes.of(new byte[32]));
            assertThatThrownBy(() -> session.create(wrong))
                    .hasMessageContaining("CKA_SEED makes another key than CKA_VALUE");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64, 4032})
    void create_seedOfAnotherLength_isRefused(int bytes) {
        Template template = Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                .with(Attribute.KEY_TYPE, KeyType.ML_DSA)
                .with(Attribute.PARAMETER_SET, ParameterSet.ML_DSA_65.code())
                .with(Attribute.SEED, Bytes.of(new byte[bytes]));
        assertThatThrownBy(() -> session.create(template)).hasMessageContaining("CKA_SEED");
    }

    @ParameterizedTest
    @CsvSource({"ML-KEM-512, true", "ML-KEM-768, false", "ML-KEM-1024, true"})
    void mlKem_asSeedOrExpanded_decapsulates(String name, boolean seedOnly) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(name, BC).generateKeyPair();
        MLKEMPrivateKey key = ((MLKEMPrivateKey) pair.getPrivate()).getPrivateKey(seedOnly);

        KeyPairObject stored = imported(key, pair.getPublic());

        Template secret =
                READABLE.with(Attribute.CLASS, ObjectClass.SECRET_KEY).with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET);
        Encapsulation made = session.encapsulate(stored.publicKey(), Mechanism.ML_KEM, secret);
        KeyObject opened = session.decapsulate(
                stored.privateKey(), Mechanism.ML_KEM, made.ciphertext().toByteArray(), secret);
        assertThat(value(opened)).isEqualTo(value(made.key()));
    }

    private Bytes value(KeyObject key) throws Exception {
        return session.getAttributes(key, Set.of(Attribute.VALUE)).get(Attribute.VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SLH-DSA-SHA2-128F", "SLH-DSA-SHAKE-192F", "SLH-DSA-SHA2-256F"})
    void slhDsa_signs(String name) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(name, BC).generateKeyPair();

        KeyPairObject stored = imported(pair.getPrivate(), pair.getPublic());

        byte[] signature = session.sign(stored.privateKey(), Mechanism.SLH_DSA, MESSAGE);
        assertThat(verifies(name, pair.getPublic(), signature)).isTrue();
    }

    /** Java 24's own ML-DSA keys have the bare value where RFC 9881 has a choice. */
    @Test
    void mlDsa_bareExpandedKey_isTaken() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-65", BC).generateKeyPair();
        MLDSAPrivateKey expanded = ((MLDSAPrivateKey) pair.getPrivate()).getPrivateKey(false);
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(expanded.getEncoded());
        byte[] bare = expanded.getPrivateData();
        byte[] encoded = new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), new DEROctetString(bare)).getEncoded();
        assertThat(ASN1OctetString.getInstance(
                                ASN1Primitive.fromByteArray(info.getPrivateKey().getOctets()))
                        .getOctets())
                .isEqualTo(bare);

        KeyPairObject stored = imported(new EncodedKey("ML-DSA", encoded), pair.getPublic());

        assertThat(verifies(
                        "ML-DSA-65", pair.getPublic(), session.sign(stored.privateKey(), Mechanism.ML_DSA, MESSAGE)))
                .isTrue();
    }

    @Test
    void key_cutAnywhereOrOfAnotherSet_isRefusedWithoutItsContent() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("ML-KEM-512", BC).generateKeyPair();
        byte[] encoded = pair.getPrivate().getEncoded();
        for (int length = 0; length < encoded.length; length += length < 100 ? 1 : 97) {
            PrivateKey cut = new EncodedKey("ML-KEM", Arrays.copyOf(encoded, length));
            assertThatThrownBy(() -> KeyImport.PrivateKeyTemplate.of(cut, pair.getPublic()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("this is no PKCS #8 encoding of a private key of ML-KEM-512");
        }
        KeyPair other = KeyPairGenerator.getInstance("ML-KEM-768", BC).generateKeyPair();
        assertThatThrownBy(() -> KeyImport.PrivateKeyTemplate.of(other.getPrivate(), pair.getPublic()))
                .hasMessage("this is no PKCS #8 encoding of a private key of ML-KEM-512");
    }

    @Test
    void key_withoutEncoding_isCalledOpaque() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("ML-KEM-512", BC).generateKeyPair();
        assertThatThrownBy(() -> KeyImport.PrivateKeyTemplate.of(new EncodedKey("ML-KEM", null), pair.getPublic()))
                .hasMessageContaining("it is opaque");
    }

    /** A key that is its encoding, if it has one. */
    private static final class EncodedKey implements PrivateKey {
        private static final long serialVersionUID = 1;

        private final String algorithm;
        private final byte @Nullable [] encoded;

        EncodedKey(String algorithm, byte @Nullable [] encoded) {
            this.algorithm = algorithm;
            this.encoded = encoded;
        }

        @Override
        public String getAlgorithm() {
            return algorithm;
        }

        @Override
        public String getFormat() {
            return "PKCS#8";
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return encoded == null ? null : encoded.clone();
        }
    }
}
