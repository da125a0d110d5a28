package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.interfaces.DHKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.key.TokenSecretKey;

/** Key agreement and encapsulation with private keys of a real token. */
class AgreementTest {
    private static SoftTokenFixture token;

    @BeforeAll
    static void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterAll
    static void close() {
        token.close();
    }

    private static KeyPair theirs(String algorithm, AlgorithmParameterSpec spec) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(spec);
        assertThat(generator.getProvider()).isNotSameAs(token.provider());
        return generator.generateKeyPair();
    }

    @ParameterizedTest
    @CsvSource({
        "ECDH, EC, secp256r1",
        "ECDH, EC, secp384r1",
        "ECDH, EC, secp521r1",
        "XDH, XDH, X25519",
        "X25519, XDH, X25519",
        "XDH, XDH, X448",
        "DH, DH, 2048",
        "DiffieHellman, DH, 2048"
    })
    void secret_withSoftware_isTheSame(String agreement, String algorithm, String name) throws Exception {
        AlgorithmParameterSpec spec;
        KeyPair mine;
        if (algorithm.equals("DH")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("DH", token.provider());
            generator.initialize(Integer.parseInt(name));
            mine = generator.generateKeyPair();
            spec = ((DHKey) mine.getPrivate()).getParams();
        } else {
            spec = algorithm.equals("EC") ? new ECGenParameterSpec(name) : new NamedParameterSpec(name);
            mine = token.pair(algorithm, spec);
        }
        KeyPair theirs = theirs(algorithm, spec);
        KeyAgreement software = KeyAgreement.getInstance(agreement);
        software.init(theirs.getPrivate());
        software.doPhase(mine.getPublic(), true);
        byte[] expected = software.generateSecret();

        KeyAgreement ours = KeyAgreement.getInstance(agreement);
        ours.init(mine.getPrivate());
        assertThat(ours.getProvider()).isSameAs(token.provider());
        assertThatThrownBy(ours::generateSecret).isInstanceOf(IllegalStateException.class);
        ours.doPhase(theirs.getPublic(), true);
        assertThatThrownBy(() -> ours.generateSecret(new byte[3], 0)).isInstanceOf(ShortBufferException.class);
        assertThat(ours.generateSecret()).isEqualTo(expected);
        assertThatThrownBy(ours::generateSecret).isInstanceOf(IllegalStateException.class);
        ours.doPhase(theirs.getPublic(), true);
        assertThat(ours.generateSecret("TlsPremasterSecret").getEncoded()).isEqualTo(expected);
    }

    @Test
    void secret_asANamedKey_staysInTheToken() throws Exception {
        KeyPair mine = token.ec("secp384r1");
        KeyPair theirs = theirs("EC", new ECGenParameterSpec("secp384r1"));
        KeyAgreement software = KeyAgreement.getInstance("ECDH");
        software.init(theirs.getPrivate());
        software.doPhase(mine.getPublic(), true);
        byte[] secret = software.generateSecret();
        KeyAgreement ours = KeyAgreement.getInstance("ECDH");
        ours.init(mine.getPrivate());
        for (int bytes : new int[] {32, 16}) {
            ours.doPhase(theirs.getPublic(), true);
            SecretKey key = ours.generateSecret(bytes == 32 ? "AES" : "AES[128]");
            assertThat(key).isInstanceOf(TokenSecretKey.class);
            assertThat(key.getEncoded()).isNull();
            IvParameterSpec iv = new IvParameterSpec(new byte[16]);
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, iv);
            Cipher check = Cipher.getInstance("AES/CTR/NoPadding", "SunJCE");
            check.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(truncated(secret, bytes), "AES"), iv);
            assertThat(cipher.doFinal(new byte[50])).isEqualTo(check.doFinal(new byte[50]));
        }
        ours.doPhase(theirs.getPublic(), true);
        assertThatThrownBy(() -> ours.generateSecret("Whirl")).isInstanceOf(NoSuchAlgorithmException.class);
        assertThatThrownBy(() -> ours.generateSecret("HmacSHA256[1024]")).isInstanceOf(InvalidKeyException.class);
    }

    /** The leading bytes, as the JDK and Bouncy Castle have it; PKCS #11 by itself takes the trailing ones. */
    private static byte[] truncated(byte[] secret, int bytes) {
        return Arrays.copyOf(secret, bytes);
    }

    @Test
    void keyOfAnotherCurve_isRefused() throws Exception {
        KeyAgreement ours = KeyAgreement.getInstance("ECDH", token.provider());
        KeyPair mine = token.ec("secp256r1");
        ours.init(mine.getPrivate());
        assertThatThrownBy(() -> ours.doPhase(
                        theirs("EC", new ECGenParameterSpec("secp384r1")).getPublic(), true))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() ->
                        ours.doPhase(theirs("XDH", NamedParameterSpec.X25519).getPublic(), true))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> ours.doPhase(mine.getPublic(), false)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ours.init(mine.getPrivate(), new IvParameterSpec(new byte[1])))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> KeyAgreement.getInstance("X448", token.provider())
                        .init(token.pair("X25519", null).getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"})
    void mlKem_encapsulatedAndDecapsulated_isTheSame(String name) throws Exception {
        KeyPair pair = token.pair(name, null);
        assertThat(pair.getPrivate().getAlgorithm()).isEqualTo("ML-KEM");
        KEM kem = KEM.getInstance("ML-KEM", token.provider());
        KEM.Encapsulator encapsulator = kem.newEncapsulator(pair.getPublic());
        KEM.Encapsulated encapsulated = encapsulator.encapsulate(0, 32, "AES");
        assertThat(encapsulated.encapsulation()).hasSize(encapsulator.encapsulationSize());
        KEM.Decapsulator decapsulator = KEM.getInstance(name).newDecapsulator(pair.getPrivate());
        assertThat(decapsulator.providerName()).isEqualTo(token.provider().getName());
        assertThat(decapsulator.decapsulate(encapsulated.encapsulation(), 0, 32, "AES"))
                .isEqualTo(encapsulated.key());
        SecretKey part = decapsulator.decapsulate(encapsulated.encapsulation(), 8, 24, "AES");
        assertThat(part.getEncoded())
                .isEqualTo(Arrays.copyOfRange(encapsulated.key().getEncoded(), 8, 24));
        assertThatThrownBy(() -> decapsulator.decapsulate(new byte[5])).isInstanceOf(DecapsulateException.class);
        assertThatThrownBy(() -> kem.newDecapsulator(token.ec("secp256r1").getPrivate()))
                .isInstanceOf(InvalidKeyException.class);
    }
}
