package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.Operation;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** Signatures, MACs and digests are those of the JDK. */
class SigningTest extends MechanismFixture {
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
    void sign_manyThreadsOneKey_allVerify() throws Exception {
        List<byte[]> signatures = Stream.generate(() -> MESSAGE)
                .limit(200)
                .parallel()
                .map(SigningTest::sign)
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
