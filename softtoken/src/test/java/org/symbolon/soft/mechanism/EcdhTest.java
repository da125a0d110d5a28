package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.KeyAgreement;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.params.KDFParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.PrivateKeyObject;
import org.symbolon.SecretBytes;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** Key agreement on curves. */
class EcdhTest extends DerivationFixture {
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
}
