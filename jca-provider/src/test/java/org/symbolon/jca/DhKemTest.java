package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Template;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;

/** DHKEM decapsulates on the token. With the JDK at the other end it is tried by {@link NewerJdkScenario}: Java 17 has none. */
class DhKemTest {
    private static SoftTokenFixture token;

    @BeforeAll
    static void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterAll
    static void close() {
        token.close();
    }

    private static KeyPair pair(String curve) throws Exception {
        return curve.startsWith("X")
                ? token.pair(curve, new NamedParameterSpec(curve))
                : token.pair("EC", new ECGenParameterSpec(curve));
    }

    /** RFC 9180 appendix A.1.1 and A.3.1. */
    @ParameterizedTest
    @CsvSource({
        "X25519, 4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8,"
                + " 3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d,"
                + " 37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431,"
                + " fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc",
        "P-256, f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2,"
                + " 04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82"
                + "6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0,"
                + " 04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9"
                + "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4,"
                + " c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8"
    })
    void decapsulate_vectorsOfTheRfc_areMet(
            String curve, String privateKey, String publicKey, String encapsulation, String secret) throws Exception {
        NamedCurve named = NamedCurve.of(curve).orElseThrow();
        Bytes point = Bytes.ofHex(publicKey);
        byte[] info = PublicKeys.subjectPublicKeyInfo(Attributes.none()
                        .with(Attribute.KEY_TYPE, named.keyType())
                        .with(Attribute.EC_PARAMS, named.ecParams())
                        .with(Attribute.EC_POINT, point))
                .orElseThrow()
                .toByteArray();
        PrivateKeyObject imported = (PrivateKeyObject) token.session()
                .create(Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                        .with(Attribute.KEY_TYPE, named.keyType())
                        .with(Attribute.EC_PARAMS, named.ecParams())
                        .with(Attribute.VALUE, Bytes.ofHex(privateKey))
                        .with(Attribute.DERIVE, true));
        PublicKey ours = KeyFactory.getInstance(curve.startsWith("X") ? "XDH" : "EC")
                .generatePublic(new X509EncodedKeySpec(info));
        KEM.Decapsulator decapsulator = KEM.getInstance("DHKEM", token.provider())
                .newDecapsulator(TokenPrivateKey.of(token.session(), imported, ours));

        byte[] shared = decapsulator
                .decapsulate(Bytes.ofHex(encapsulation).toByteArray())
                .getEncoded();

        assertThat(Bytes.wrap(shared).toHex()).isEqualTo(secret);
        assertThat(decapsulator
                        .decapsulate(Bytes.ofHex(encapsulation).toByteArray(), 3, 19, "AES")
                        .getEncoded())
                .isEqualTo(Arrays.copyOfRange(shared, 3, 19));
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, 32, 65", "secp384r1, 48, 97", "secp521r1, 64, 133", "X25519, 32, 32", "X448, 64, 56"})
    void sizes_ofEachCurve_areThoseOfTheRfc(String curve, int secretBytes, int encapsulationBytes) throws Exception {
        KEM.Decapsulator decapsulator = KEM.getInstance("DHKEM", token.provider())
                .newDecapsulator(pair(curve).getPrivate());
        assertThat(decapsulator.secretSize()).isEqualTo(secretBytes);
        assertThat(decapsulator.encapsulationSize()).isEqualTo(encapsulationBytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "X25519"})
    void decapsulate_whatIsNoPoint_isRefused(String curve) throws Exception {
        KEM.Decapsulator decapsulator = KEM.getInstance("DHKEM", token.provider())
                .newDecapsulator(pair(curve).getPrivate());
        byte[] offTheCurve = new byte[decapsulator.encapsulationSize()];
        offTheCurve[0] = (byte) (curve.startsWith("X") ? 0 : 4);
        for (byte[] wrong : new byte[][] {{}, new byte[33], offTheCurve, new byte[decapsulator.encapsulationSize()]}) {
            assertThatThrownBy(() -> decapsulator.decapsulate(wrong)).isInstanceOf(DecapsulateException.class);
        }
    }

    @Test
    void newDecapsulator_withAKeyThatHasNoSuite_isRefused() throws Exception {
        KEM kem = KEM.getInstance("DHKEM", token.provider());
        assertThatThrownBy(() -> kem.newDecapsulator(pair("secp256k1").getPrivate()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("X448");
        assertThatThrownBy(
                        () -> kem.newDecapsulator(pair("secp256r1").getPrivate(), new ECGenParameterSpec("secp256r1")))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }
}
