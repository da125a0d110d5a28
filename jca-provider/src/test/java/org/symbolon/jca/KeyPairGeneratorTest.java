package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Session;
import org.symbolon.TokenUnavailableException;
import org.symbolon.key.TokenPrivateKey;

class KeyPairGeneratorTest {
    private final FakeToken token = new FakeToken("Team");
    private Session session;
    private SymbolonProvider provider;

    @BeforeEach
    void open() throws GeneralSecurityException {
        session = token.openAsUser();
        provider = SymbolonProvider.of(session);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private KeyPairGenerator generator(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm, provider);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, RSA",
        "EC, 256, EC",
        "EC, 384, EC",
        "EC, 521, EC",
        "EdDSA, 255, EdDSA",
        "EdDSA, 448, EdDSA",
        "Ed25519, 255, EdDSA",
        "Ed448, 448, EdDSA",
        "XDH, 255, XDH",
        "X25519, 255, XDH"
    })
    void initialize_withASize_makesOpaqueKeysOfIt(String algorithm, int bits, String keyAlgorithm)
            throws GeneralSecurityException {
        KeyPairGenerator generator = generator(algorithm);
        generator.initialize(bits);
        KeyPair keys = generator.generateKeyPair();
        assertThat(keys.getPrivate()).isInstanceOf(TokenPrivateKey.class);
        assertThat(keys.getPrivate().getAlgorithm()).isEqualTo(keyAlgorithm);
        assertThat(keys.getPrivate().getEncoded()).isNull();
        assertThat(keys.getPublic().getAlgorithm()).isEqualTo(keyAlgorithm);
        assertThat(keys.getPublic().getEncoded()).isNotNull();
        if (keys.getPublic() instanceof RSAPublicKey rsa) {
            assertThat(rsa.getModulus().bitLength()).isEqualTo(bits);
        } else if (keys.getPublic() instanceof ECPublicKey ec) {
            assertThat(ec.getParams().getCurve().getField().getFieldSize()).isEqualTo(bits);
        }
    }

    @Test
    void generateKeyPair_uninitialised_makesSessionObjectsThatTheKeyStoreDoesNotShow() throws Exception {
        KeyPair keys = generator("EC").generateKeyPair();
        TokenPrivateKey key = (TokenPrivateKey) keys.getPrivate();
        assertThat(key.object().attributes().isTrue(Attribute.TOKEN)).isFalse();
        assertThat(key.object().keyId().length()).isEqualTo(20);
        KeyStore store = KeyStore.getInstance("Symbolon", provider);
        store.load(null, null);
        assertThat(store.size()).isZero();
    }

    @Test
    void initialize_withOurSpec_givesNameAndPlace() throws Exception {
        KeyPairGenerator generator = generator("EC");
        generator.initialize(TokenKeyGenParameterSpec.label("deploy")
                .id(Bytes.ofHex("0102"))
                .privateKey(Attribute.EXTRACTABLE, true)
                .with(new ECGenParameterSpec("secp384r1")));
        KeyPair keys = generator.generateKeyPair();
        assertThat(((ECPublicKey) keys.getPublic()).getParams().getOrder().bitLength())
                .isEqualTo(384);
        TokenPrivateKey key = (TokenPrivateKey) keys.getPrivate();
        assertThat(key.object().label()).isEqualTo("deploy");
        assertThat(key.object().keyId()).isEqualTo(Bytes.ofHex("0102"));
        assertThat(key.object().attributes().isTrue(Attribute.EXTRACTABLE)).isTrue();
        KeyStore store = KeyStore.getInstance("Symbolon", provider);
        store.load(null, null);
        assertThat(store.getKey("deploy", null)).isEqualTo(key);

        generator.initialize(256);
        key = (TokenPrivateKey) generator.generateKeyPair().getPrivate();
        assertThat(key.object().label()).isEmpty();
        assertThat(key.object().attributes().isTrue(Attribute.TOKEN)).isFalse();
    }

    @Test
    void initialize_withTheJdksSpecs_isUnderstood() throws GeneralSecurityException {
        KeyPairGenerator ec = generator("EC");
        ec.initialize(new ECGenParameterSpec("P-521"));
        assertThat(((ECPublicKey) ec.generateKeyPair().getPublic())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(521);
        ec.initialize(((ECPublicKey) TestKeys.pair("P-384").getPublic()).getParams());
        assertThat(((ECPublicKey) ec.generateKeyPair().getPublic())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(384);
        KeyPairGenerator rsa = generator("RSA");
        rsa.initialize(new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(65537)));
        assertThat(((RSAPublicKey) rsa.generateKeyPair().getPublic())
                        .getModulus()
                        .bitLength())
                .isEqualTo(2048);
        KeyPairGenerator eddsa = generator("EdDSA");
        eddsa.initialize(NamedParameterSpec.ED448);
        assertThat(((TokenPrivateKey) eddsa.generateKeyPair().getPrivate()).getParams())
                .extracting(spec -> ((NamedParameterSpec) spec).getName())
                .isEqualTo("Ed448");
    }

    @Test
    void initialize_withWhatCannotBe_says() throws GeneralSecurityException {
        assertThatThrownBy(() -> generator("RSA").initialize(100)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> generator("EC").initialize(257))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("224, 256, 384, 521 bits, not 257");
        assertThatThrownBy(() -> generator("Ed25519").initialize(448)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> generator("EC").initialize(new ECGenParameterSpec("P-257")))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("P-257");
        assertThatThrownBy(() -> generator("EC").initialize(NamedParameterSpec.ED25519))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> generator("RSA").initialize(new ECGenParameterSpec("P-256")))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("RSAKeyGenParameterSpec");
    }

    @Test
    void generateKeyPair_withTheTokenGone_isAProviderExceptionWithTheReason() throws GeneralSecurityException {
        KeyPairGenerator generator = generator("EC");
        token.answering(false);
        assertThatThrownBy(generator::generateKeyPair)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("CKR_DEVICE_REMOVED")
                .hasCauseInstanceOf(TokenUnavailableException.class);
    }
}
