package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.key.TokenParameterSetPrivateKey;

/** Signatures of post-quantum keys, EdDSA's variants, and names in numbers, with a real token. */
class MoreSignaturesTest {
    private static final byte[] MESSAGE = SoftTokenFixture.bytes(300);
    private static SoftTokenFixture token;

    @BeforeAll
    static void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterAll
    static void close() {
        token.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ML-DSA-44, ML-DSA",
        "ML-DSA-65, ML-DSA-65",
        "ML-DSA-87, 2.16.840.1.101.3.4.3.19",
        "SLH-DSA-SHA2-128f, SLH-DSA",
        "SLH-DSA-SHAKE-128f, SLH-DSA-SHAKE-128f"
    })
    void postQuantumKey_signs_andBouncyCastleVerifies(String set, String algorithm) throws Exception {
        KeyPair pair = token.pair(set, null);
        TokenParameterSetPrivateKey key = (TokenParameterSetPrivateKey) pair.getPrivate();
        assertThat(set).startsWith(key.getAlgorithm());
        assertThat(key.getParams().getName()).isEqualTo(set);
        Signature signature = Signature.getInstance(algorithm, token.provider());
        signature.initSign(key);
        signature.update(MESSAGE);
        byte[] signed = signature.sign();
        byte[] exact = new byte[signed.length];
        signature.update(MESSAGE);
        assertThat(signature.sign(exact, 0, exact.length)).isEqualTo(exact.length);
        assertThatThrownBy(() -> signature.sign(exact, 1, exact.length - 1)).isInstanceOf(SignatureException.class);

        KeyFactory factory = KeyFactory.getInstance(set, new BouncyCastleProvider());
        Signature theirs = Signature.getInstance(set, new BouncyCastleProvider());
        theirs.initVerify(
                factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())));
        theirs.update(MESSAGE);
        assertThat(theirs.verify(signed)).isTrue();

        signature.initVerify(pair.getPublic());
        signature.update(MESSAGE);
        assertThat(signature.verify(signed)).isTrue();
        signature.update(MESSAGE, 1, 10);
        assertThat(signature.verify(signed)).isFalse();
        signature.update(ByteBuffer.wrap(MESSAGE));
        signed[20] ^= 1;
        assertThat(signature.verify(signed)).isFalse();
        assertThatThrownBy(() -> signature.initSign(token.pair("Ed25519", null).getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void generator_ofAFamily_takesItsSetsByName() throws Exception {
        KeyPair pair = token.pair("ML-DSA", new NamedParameterSpec("ML-DSA-87"));
        assertThat(pair.getPrivate().toString()).contains("ML-DSA");
        assertThat(((TokenParameterSetPrivateKey) pair.getPrivate()).getParams().getName())
                .isEqualTo("ML-DSA-87");
        assertThatThrownBy(() -> token.pair("ML-DSA", new NamedParameterSpec("ML-KEM-768")))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("ML-DSA-65");
        assertThatThrownBy(() ->
                        Signature.getInstance("ML-DSA-44", token.provider()).initSign(pair.getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Ed25519, true, ''",
        "Ed25519, false, context",
        "Ed25519, true, context",
        "Ed448, false, context",
        "Ed448, true, ''"
    })
    void edDsa_withPrehashOrContext_isVerifiedByTheJdk(String curve, boolean prehash, String context) throws Exception {
        KeyPair pair = token.pair(curve, null);
        EdDSAParameterSpec spec = context.isEmpty()
                ? new EdDSAParameterSpec(prehash)
                : new EdDSAParameterSpec(prehash, context.getBytes(StandardCharsets.US_ASCII));
        Signature signature = Signature.getInstance("EdDSA", token.provider());
        signature.initSign(pair.getPrivate());
        signature.setParameter(spec);
        signature.update(MESSAGE);
        assertThatThrownBy(() -> signature.setParameter(spec)).isInstanceOf(InvalidAlgorithmParameterException.class);
        byte[] signed = signature.sign();
        Signature theirs = Signature.getInstance(curve, "SunEC");
        theirs.setParameter(spec);
        theirs.initVerify(pair.getPublic());
        theirs.update(MESSAGE);
        assertThat(theirs.verify(signed)).isTrue();
        theirs.setParameter(new EdDSAParameterSpec(!prehash));
        theirs.initVerify(pair.getPublic());
        theirs.update(MESSAGE);
        assertThat(theirs.verify(signed)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.113549.1.1.11", "OID.1.2.840.113549.1.1.12"})
    void objectIdentifiers_areNames(String identifier) throws Exception {
        KeyPair pair = token.pair("RSA", null);
        Signature signature = Signature.getInstance(identifier, token.provider());
        signature.initSign(pair.getPrivate());
        signature.update(MESSAGE);
        byte[] signed = signature.sign();
        Signature theirs = Signature.getInstance(identifier.endsWith("11") ? "SHA256withRSA" : "SHA384withRSA");
        theirs.initVerify(pair.getPublic());
        theirs.update(MESSAGE);
        assertThat(theirs.verify(signed)).isTrue();
    }
}
