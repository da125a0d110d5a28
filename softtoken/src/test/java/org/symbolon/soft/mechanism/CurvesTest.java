package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.PrivateKeyObject;
import org.symbolon.SecretBytes;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** Signatures on every curve, against Bouncy Castle, the JDK and RFC 8032. */
class CurvesTest extends TokenWithKeys {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    static Stream<NamedCurve> weierstrass() {
        return Arrays.stream(NamedCurve.values())
                .filter(curve -> curve.keyType().equals(KeyType.EC));
    }

    @ParameterizedTest
    @MethodSource("weierstrass")
    void sign_ecdsaWithEachHash_verifiesWithBouncyCastle(NamedCurve curve) throws Exception {
        KeyPairObject pair = session.generateKeyPair(Mechanism.keyPairGen(curve), Template.empty());
        PublicKey key = publicKey(pair);
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            String name = hash.jcaName().replace("SHA-", "SHA");
            Mechanism mechanism = Mechanism.of(MechanismType.named("CKM_ECDSA_" + name.replace('-', '_')));
            byte[] digest = MessageDigest.getInstance(hash.jcaName()).digest(MESSAGE);
            Signature engine = Signature.getInstance(name + "WITHPLAIN-ECDSA", BC);
            engine.initVerify(key);
            for (byte[] signature :
                    new byte[][] {signature(pair, mechanism, MESSAGE), signature(pair, Mechanism.ECDSA, digest)}) {
                engine.update(MESSAGE);
                assertThat(signature).hasSize(2 * curve.fieldBytes());
                assertThat(engine.verify(signature)).as(curve + " " + hash).isTrue();
            }
        }
    }

    private static PublicKey publicKey(KeyPairObject pair) throws Exception {
        byte[] info = session.getAttributes(pair.publicKey(), Set.of(Attribute.PUBLIC_KEY_INFO))
                .get(Attribute.PUBLIC_KEY_INFO)
                .toByteArray();
        return KeyFactory.getInstance("EC", BC).generatePublic(new X509EncodedKeySpec(info));
    }

    /** RFC 8032 sections 7.1 to 7.5: pure, with context, pre-hashed. */
    @Test
    void sign_edDsa_vectorsOfRfc8032() throws Exception {
        assertEdDsa(
                NamedCurve.ED448,
                new MechanismParameters.None(),
                "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397a659949ef8021e954e"
                        + "0a12274e",
                "03",
                "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7c"
                        + "d779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adaf"
                        + "d1d234441cf807c03a00");
        assertEdDsa(
                NamedCurve.ED25519,
                new MechanismParameters.EdDsa(true, Bytes.empty()),
                "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
                "616263",
                "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636"
                        + "062aaad11c2a26083406");
    }

    private static void assertEdDsa(
            NamedCurve curve, MechanismParameters parameters, String privateKey, String message, String signature)
            throws TokenException {
        try (SecretBytes value = SecretBytes.copyOf(hex(privateKey))) {
            PrivateKeyObject key =
                    (PrivateKeyObject) session.create(Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                            .with(Attribute.KEY_TYPE, KeyType.EC_EDWARDS)
                            .with(Attribute.EC_PARAMS, curve.ecParams())
                            .with(Attribute.VALUE, (Bytes) value));

            assertThat(session.sign(key, new Mechanism(Mechanism.EDDSA.type(), parameters), hex(message)))
                    .isEqualTo(hex(signature));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ED25519", "ED448"})
    void sign_edDsaInEachVariant_verifiesWithTheJdk(NamedCurve curve) throws Exception {
        KeyPairObject pair = session.generateKeyPair(Mechanism.keyPairGen(curve), Template.empty());
        for (boolean prehash : new boolean[] {false, true}) {
            for (byte[] context : new byte[][] {new byte[0], {1, 2, 3}, new byte[255]}) {
                Mechanism mechanism = new Mechanism(
                        Mechanism.EDDSA.type(), new MechanismParameters.EdDsa(prehash, Bytes.wrap(context)));
                byte[] signature = signature(pair, mechanism, MESSAGE);
                Signature engine = Signature.getInstance("EdDSA");
                engine.initVerify(org.symbolon.key.PublicKeys.of(pair.publicKey()));
                engine.setParameter(new EdDSAParameterSpec(prehash, context));
                engine.update(MESSAGE);
                assertThat(engine.verify(signature)).isTrue();
            }
        }
        assertThat(signature(pair, Mechanism.EDDSA, MESSAGE)).hasSize(2 * curve.fieldBytes());
    }

    @Test
    void create_withAPointOffTheCurve_isRefused() {
        byte[] point = new byte[65];
        point[0] = 4;
        point[64] = 1;
        assertThatThrownBy(() -> session.create(Template.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                        .with(Attribute.KEY_TYPE, KeyType.EC)
                        .with(Attribute.EC_PARAMS, NamedCurve.SECP256K1.ecParams())
                        .with(Attribute.EC_POINT, Bytes.wrap(point))))
                .hasMessageContaining("CKR_ATTRIBUTE_VALUE_INVALID");
    }
}
