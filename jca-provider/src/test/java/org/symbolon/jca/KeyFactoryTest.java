package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.key.TokenPrivateKey;

/** Public keys are read and written under the provider's name, private keys stay where they are until a key store imports them. */
class KeyFactoryTest {
    private SoftTokenFixture token;

    @BeforeEach
    void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterEach
    void close() {
        token.close();
    }

    private KeyFactory factory(String algorithm) throws Exception {
        return KeyFactory.getInstance(algorithm, token.provider());
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, RSA, 1.2.840.113549.1.1.1",
        "P-256, EC, 1.2.840.10045.2.1",
        "Ed25519, EdDSA, 1.3.101.112",
        "Ed448, Ed448, 1.3.101.113",
        "X25519, XDH, 1.3.101.110",
        "DH, DiffieHellman, 1.2.840.113549.1.3.1"
    })
    void publicKey_comesAndGoes(String kind, String name, String identifier) throws Exception {
        PublicKey key = TestKeys.pair(kind).getPublic();

        X509EncodedKeySpec spec = factory(name).getKeySpec(key, X509EncodedKeySpec.class);

        assertThat(spec.getEncoded()).isEqualTo(key.getEncoded());
        assertThat(factory(identifier).generatePublic(spec)).isEqualTo(key);
        assertThat(factory(name).translateKey(key)).isEqualTo(key);
    }

    @Test
    void publicKey_ofItsNumbers_isReadAndShown() throws Exception {
        PublicKey rsa = TestKeys.pair("RSA").getPublic();
        assertThat(factory("RSA").generatePublic(factory("RSA").getKeySpec(rsa, RSAPublicKeySpec.class)))
                .isEqualTo(rsa);
        PublicKey ec = TestKeys.pair("P-384").getPublic();
        assertThat(factory("EC").generatePublic(factory("EC").getKeySpec(ec, ECPublicKeySpec.class)))
                .isEqualTo(ec);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA-65", "ML-KEM-768", "SLH-DSA-SHA2-128f"})
    void publicKey_thatNoOtherProviderMayKnow_isReadFromItsEncoding(String name) throws Exception {
        KeyPair pair = token.pair(name, null);
        X509EncodedKeySpec encoded = new X509EncodedKeySpec(pair.getPublic().getEncoded());
        for (KeyFactory factory : new KeyFactory[] {factory(name), factory(name.substring(0, name.indexOf('-', 4)))}) {
            PublicKey read = factory.generatePublic(encoded);
            assertThat(read.getEncoded()).isEqualTo(pair.getPublic().getEncoded());
            assertThat(factory.getKeySpec(read, X509EncodedKeySpec.class).getEncoded())
                    .isEqualTo(read.getEncoded());
            assertThat(factory.translateKey(read)).isEqualTo(read);
        }
        byte[] other = TestKeys.pair("P-256").getPublic().getEncoded();
        assertThatThrownBy(() -> factory(name).generatePublic(new X509EncodedKeySpec(other)))
                .isInstanceOf(InvalidKeySpecException.class);
    }

    @Test
    void privateKey_isNeitherShownNorImportedSilently() throws Exception {
        PrivateKey own = token.ec("secp256r1").getPrivate();
        PrivateKey soft = TestKeys.pair("P-256").getPrivate();
        KeyFactory factory = factory("EC");

        assertThat(factory.translateKey(own)).isSameAs(own);
        assertThatThrownBy(() -> factory.getKeySpec(own, PKCS8EncodedKeySpec.class))
                .isInstanceOf(InvalidKeySpecException.class)
                .hasMessageContaining("stays where it is");
        assertThatThrownBy(() -> factory.translateKey(soft))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("KeyStore.setKeyEntry");
        assertThatThrownBy(() -> factory.generatePrivate(new PKCS8EncodedKeySpec(soft.getEncoded())))
                .isInstanceOf(InvalidKeySpecException.class)
                .hasMessageContaining("KeyStore.setKeyEntry");
    }

    @Test
    void generatePrivate_withoutTheProvidersName_isThatOfTheJdk() throws Exception {
        PrivateKey soft = TestKeys.pair("P-256").getPrivate();
        assertThat(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(soft.getEncoded())))
                .isEqualTo(soft);
    }

    @ParameterizedTest
    @CsvSource({"ML-DSA-44, true", "ML-DSA-65, false", "ML-DSA-87, true", "SLH-DSA-SHA2-128F, false"})
    void setKeyEntry_postQuantumKeyOfBouncyCastle_isImportedWithItsCertificate(String name, boolean seedOnly)
            throws Exception {
        BouncyCastleProvider bc = new BouncyCastleProvider();
        KeyPair pair = java.security.KeyPairGenerator.getInstance(name, bc).generateKeyPair();
        PrivateKey key =
                pair.getPrivate() instanceof MLDSAPrivateKey mlDsa ? mlDsa.getPrivateKey(seedOnly) : pair.getPrivate();
        X509Certificate certificate = TestCertificates.issue(
                "pq",
                pair.getPublic(),
                "pq",
                pair.getPublic(),
                pair.getPrivate(),
                new JcaContentSignerBuilder(name).setProvider(bc));
        KeyStore store = KeyStore.getInstance("Symbolon", token.provider());
        store.load(null, null);

        store.setKeyEntry("pq", key, null, new Certificate[] {certificate});

        Key own = store.getKey("pq", null);
        assertThat(own).isInstanceOf(TokenPrivateKey.class);
        assertThat(store.getCertificate("pq")).isEqualTo(certificate);
        Signature signer = Signature.getInstance(name.startsWith("ML") ? name : "SLH-DSA", token.provider());
        signer.initSign((PrivateKey) own);
        signer.update((byte) 1);
        Signature verifier = Signature.getInstance(name, bc);
        verifier.initVerify(pair.getPublic());
        verifier.update((byte) 1);
        assertThat(verifier.verify(signer.sign())).isTrue();
    }
}
