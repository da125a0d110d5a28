package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.jcajce.spec.ContextParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Encapsulation;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismParameters.Hedge;
import org.symbolon.MechanismParameters.SignContext;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.ParameterSet;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/** ML-DSA, SLH-DSA and ML-KEM against Bouncy Castle's own engines. */
class PostQuantumTest extends TokenWithKeys {
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    private static KeyPairObject pair(ParameterSet set, Template privateKey) throws TokenException {
        MechanismParameters.ParameterSetKeyPair parameters = new MechanismParameters.ParameterSetKeyPair(set);
        Mechanism generator;
        if (set.keyType().equals(KeyType.ML_KEM)) {
            generator = Mechanism.ML_KEM_KEY_PAIR_GEN.of(parameters);
        } else {
            generator = (set.keyType().equals(KeyType.ML_DSA)
                            ? Mechanism.ML_DSA_KEY_PAIR_GEN
                            : Mechanism.SLH_DSA_KEY_PAIR_GEN)
                    .of(parameters);
        }
        return session.generateKeyPair(generator, Template.empty(), privateKey);
    }

    private static boolean verifies(String algorithm, KeyPairObject pair, byte[] context, byte[] signature)
            throws Exception {
        byte[] info = session.getAttributes(pair.publicKey(), Set.of(Attribute.PUBLIC_KEY_INFO))
                .get(Attribute.PUBLIC_KEY_INFO)
                .toByteArray();
        Signature engine = Signature.getInstance(algorithm, BC);
        engine.initVerify(KeyFactory.getInstance(algorithm.startsWith("ML") ? "ML-DSA" : "SLH-DSA", BC)
                .generatePublic(new X509EncodedKeySpec(info)));
        engine.setParameter(new ContextParameterSpec(context));
        engine.update(MESSAGE);
        return engine.verify(signature);
    }

    static Stream<ParameterSet> fast() {
        return Arrays.stream(ParameterSet.values())
                .filter(set -> !set.keyType().equals(KeyType.ML_KEM))
                .filter(set ->
                        set.keyType().equals(KeyType.ML_DSA) || set.name().endsWith("F"));
    }

    @ParameterizedTest
    @MethodSource("fast")
    void sign_withAndWithoutContext_verifiesWithBouncyCastle(ParameterSet set) throws Exception {
        KeyPairObject pair = pair(set, Template.empty());
        boolean lattice = set.keyType().equals(KeyType.ML_DSA);
        Mechanism plain = lattice ? Mechanism.ML_DSA : Mechanism.SLH_DSA;
        byte[] context = {4, 5, 6};
        Mechanism inContext = new Mechanism(plain.type(), new SignContext(Hedge.REQUIRED, Bytes.wrap(context)));
        String algorithm = lattice ? "ML-DSA" : "SLH-DSA";

        assertThat(verifies(algorithm, pair, new byte[0], signature(pair, plain, MESSAGE)))
                .isTrue();
        byte[] signature = signature(pair, inContext, MESSAGE);
        assertThat(verifies(algorithm, pair, context, signature)).isTrue();
        assertThat(verifies(algorithm, pair, new byte[0], signature)).isFalse();
        assertThat(session.verify(pair.publicKey(), plain, MESSAGE, signature)).isFalse();
    }

    @Test
    void sign_smallSlhDsaParameterSets_verifyWithBouncyCastle() throws Exception {
        KeyPairObject pair = pair(ParameterSet.SLH_DSA_SHA2_128S, Template.empty());

        byte[] signature = session.sign(pair.privateKey(), Mechanism.SLH_DSA, MESSAGE);

        assertThat(verifies("SLH-DSA", pair, new byte[0], signature)).isTrue();
    }

    @Test
    void sign_deterministic_isTheSameEachTimeAndHedgedIsNot() throws Exception {
        for (ParameterSet set : List.of(ParameterSet.ML_DSA_44, ParameterSet.SLH_DSA_SHAKE_128F)) {
            KeyPairObject pair = pair(set, Template.empty());
            MechanismType type =
                    set.keyType().equals(KeyType.ML_DSA) ? Mechanism.ML_DSA.type() : Mechanism.SLH_DSA.type();
            Mechanism fixed = new Mechanism(type, new SignContext(Hedge.DETERMINISTIC_REQUIRED, Bytes.empty()));
            Mechanism hedged = new Mechanism(type, new SignContext(Hedge.REQUIRED, Bytes.empty()));

            assertThat(session.sign(pair.privateKey(), fixed, MESSAGE))
                    .isEqualTo(session.sign(pair.privateKey(), fixed, MESSAGE));
            assertThat(session.sign(pair.privateKey(), hedged, MESSAGE))
                    .isNotEqualTo(session.sign(pair.privateKey(), hedged, MESSAGE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sign_ofADigest_isTheSameHoweverItWasMade(HashAlgorithm hash) throws Exception {
        if (hash == HashAlgorithm.SHA_1) {
            return;
        }
        String name = hash.jcaName().replace("SHA-", "SHA").replace('-', '_');
        byte[] digest = MessageDigest.getInstance(hash.jcaName()).digest(MESSAGE);
        for (ParameterSet set : List.of(ParameterSet.ML_DSA_65, ParameterSet.SLH_DSA_SHA2_128F)) {
            String scheme = set.keyType().equals(KeyType.ML_DSA) ? "ML_DSA" : "SLH_DSA";
            KeyPairObject pair = pair(set, Template.empty());
            Mechanism here = Mechanism.of(MechanismType.named("CKM_HASH_" + scheme + "_" + name));
            Mechanism elsewhere = new Mechanism(
                    MechanismType.named("CKM_HASH_" + scheme),
                    new SignContext(Hedge.PREFERRED, Bytes.empty(), java.util.Optional.of(hash)));

            byte[] signature = signature(pair, here, MESSAGE);

            assertThat(session.verify(pair.publicKey(), elsewhere, digest, signature))
                    .isTrue();
            assertThat(session.verify(
                            pair.publicKey(), here, MESSAGE, session.sign(pair.privateKey(), elsewhere, digest)))
                    .isTrue();
            assertThat(session.verify(
                            pair.publicKey(), Mechanism.of(MechanismType.named("CKM_" + scheme)), digest, signature))
                    .as("a signature of a digest is none of a message")
                    .isFalse();
            if (hash == HashAlgorithm.SHA_512 && scheme.equals("ML_DSA")) {
                assertThat(verifies("ML-DSA-65-WITH-SHA512", pair, new byte[0], signature))
                        .isTrue();
            }
            assertThatThrownBy(() -> session.sign(pair.privateKey(), elsewhere, MESSAGE))
                    .hasMessageContaining("CKR_DATA_LEN_RANGE");
            assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.of(elsewhere.type()), digest))
                    .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
        }
    }

    // ---- ML-KEM

    @ParameterizedTest
    @EnumSource(names = {"ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"})
    void encapsulate_opensWithBouncyCastleAndTheOtherWayRound(ParameterSet set) throws Exception {
        KeyPairObject pair = pair(set, readable());
        Attributes secret = session.getAttributes(pair.privateKey(), Set.of(Attribute.VALUE, Attribute.SEED));
        MLKEMParameters parameters = switch (set) {
            case ML_KEM_512 -> MLKEMParameters.ml_kem_512;
            case ML_KEM_768 -> MLKEMParameters.ml_kem_768;
            default -> MLKEMParameters.ml_kem_1024;
        };
        Template aes = readable().with(Attribute.KEY_TYPE, KeyType.AES);

        Encapsulation made = session.encapsulate(pair.publicKey(), Mechanism.ML_KEM, aes);

        for (Attribute<Bytes> form : List.of(Attribute.VALUE, Attribute.SEED)) {
            MLKEMExtractor extractor = new MLKEMExtractor(
                    new MLKEMPrivateKeyParameters(parameters, secret.get(form).toByteArray()));
            assertThat(extractor.extractSecret(made.ciphertext().toByteArray())).isEqualTo(value(made.key()));
        }
        assertThat(value(session.decapsulate(
                        pair.privateKey(), Mechanism.ML_KEM, made.ciphertext().toByteArray(), aes)))
                .isEqualTo(value(made.key()));
        byte[] publicValue = session.getAttributes(pair.publicKey(), Set.of(Attribute.VALUE))
                .get(Attribute.VALUE)
                .toByteArray();
        SecretWithEncapsulation theirs = new MLKEMGenerator(new SecureRandom())
                .generateEncapsulated(new MLKEMPublicKeyParameters(parameters, publicValue));
        SecretKeyObject recovered = session.decapsulate(
                pair.privateKey(),
                Mechanism.ML_KEM,
                theirs.getEncapsulation(),
                Template.empty().and(readable()));
        assertThat(value(recovered)).isEqualTo(theirs.getSecret());
    }

    @Test
    void decapsulate_badInput_isRefusedOrGivesAnotherSecret() throws Exception {
        KeyPairObject pair = pair(ParameterSet.ML_KEM_768, Template.empty());
        Encapsulation made = session.encapsulate(pair.publicKey(), Mechanism.ML_KEM, readable());
        byte[] changed = made.ciphertext().toByteArray();
        changed[7] ^= 1;

        assertThat(value(session.decapsulate(pair.privateKey(), Mechanism.ML_KEM, changed, readable())))
                .as("implicit rejection")
                .hasSize(32)
                .isNotEqualTo(value(made.key()));
        assertThatThrownBy(
                        () -> session.decapsulate(pair.privateKey(), Mechanism.ML_KEM, new byte[100], Template.empty()))
                .hasMessageContaining("CKR_WRAPPED_KEY_LEN_RANGE");
        assertThatThrownBy(() ->
                        session.encapsulate(pair.publicKey(), Mechanism.ML_KEM, Template.of(Attribute.VALUE_LEN, 16L)))
                .hasMessageContaining("CKR_WRAPPED_KEY_LEN_RANGE");
        assertThatThrownBy(() -> session.encapsulate(
                        pair(ParameterSet.ML_DSA_44, Template.empty()).publicKey(), Mechanism.ML_KEM, Template.empty()))
                .hasMessageContaining("CKR_KEY_TYPE_INCONSISTENT");
    }

    @Test
    void encapsulate_templates_areObeyed() throws Exception {
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.ML_KEM_KEY_PAIR_GEN.of(new MechanismParameters.ParameterSetKeyPair(ParameterSet.ML_KEM_512)),
                Template.of(Attribute.ENCAPSULATE_TEMPLATE, Template.of(Attribute.EXTRACTABLE, false))
                        .with(Attribute.ENCAPSULATE, true),
                Template.of(Attribute.DECAPSULATE_TEMPLATE, Template.of(Attribute.EXTRACTABLE, false))
                        .with(Attribute.DECAPSULATE, true));
        Template hidden = Template.of(Attribute.EXTRACTABLE, false);

        assertThatThrownBy(() -> session.encapsulate(pair.publicKey(), Mechanism.ML_KEM, readable()))
                .hasMessageContaining("CKR_KEY_HANDLE_INVALID");
        byte[] ciphertext = session.encapsulate(pair.publicKey(), Mechanism.ML_KEM, hidden)
                .ciphertext()
                .toByteArray();
        assertThatThrownBy(() -> session.decapsulate(pair.privateKey(), Mechanism.ML_KEM, ciphertext, readable()))
                .hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
        SecretKeyObject key = session.decapsulate(pair.privateKey(), Mechanism.ML_KEM, ciphertext, Template.empty());
        assertThat(session.getAttributes(key, Set.of(Attribute.EXTRACTABLE)).get(Attribute.EXTRACTABLE))
                .isFalse();
    }

    @Test
    void create_fromValues_isTheSameKey() throws Exception {
        for (ParameterSet set :
                List.of(ParameterSet.ML_DSA_44, ParameterSet.ML_KEM_512, ParameterSet.SLH_DSA_SHA2_128F)) {
            KeyPairObject pair = pair(set, readable());
            Attributes secret = session.getAttributes(pair.privateKey(), Set.of(Attribute.VALUE, Attribute.SEED));
            try (SecretBytes value =
                    SecretBytes.copyOf(secret.get(Attribute.VALUE).toByteArray())) {
                TokenObject copy = session.create(Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                        .with(Attribute.KEY_TYPE, set.keyType())
                        .with(Attribute.PARAMETER_SET, set.code())
                        .with(Attribute.VALUE, (Bytes) value));
                Set<Attribute<?>> info = Set.of(Attribute.PUBLIC_KEY_INFO);
                assertThat(session.getAttributes(copy, info)).isEqualTo(session.getAttributes(pair.publicKey(), info));
            }
            assertThat(secret.has(Attribute.SEED)).isEqualTo(!set.keyType().equals(KeyType.SLH_DSA));
        }
        assertThatThrownBy(() -> session.create(Template.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                        .with(Attribute.KEY_TYPE, KeyType.ML_DSA)
                        .with(Attribute.PARAMETER_SET, 9L)
                        .with(Attribute.VALUE, Bytes.wrap(new byte[1312]))))
                .hasMessageContaining("CKR_PARAMETER_SET_NOT_SUPPORTED");
        PublicKeyObject publicKey =
                (PublicKeyObject) session.create(Template.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                        .with(Attribute.KEY_TYPE, KeyType.ML_KEM)
                        .with(Attribute.PARAMETER_SET, ParameterSet.ML_KEM_512.code())
                        .with(
                                Attribute.VALUE,
                                session.getAttributes(
                                                pair(ParameterSet.ML_KEM_512, Template.empty())
                                                        .publicKey(),
                                                Set.of(Attribute.VALUE))
                                        .get(Attribute.VALUE)));
        assertThat(session.encapsulate(publicKey, Mechanism.ML_KEM, Template.empty())
                        .ciphertext()
                        .length())
                .isEqualTo(768);
    }

    @Test
    void create_ofValuesOfOtherLengths_isRefused() throws Exception {
        for (ParameterSet set :
                List.of(ParameterSet.ML_DSA_44, ParameterSet.ML_KEM_512, ParameterSet.SLH_DSA_SHA2_128F)) {
            KeyPairObject pair = pair(set, readable());
            for (ObjectClass objectClass : List.of(ObjectClass.PUBLIC_KEY, ObjectClass.PRIVATE_KEY)) {
                byte[] good = value(objectClass.equals(ObjectClass.PUBLIC_KEY) ? pair.publicKey() : pair.privateKey());
                for (int length : lengths(good.length)) {
                    assertThatThrownBy(() -> session.create(Template.of(Attribute.CLASS, objectClass)
                                    .with(Attribute.KEY_TYPE, set.keyType())
                                    .with(Attribute.PARAMETER_SET, set.code())
                                    .with(Attribute.VALUE, Bytes.wrap(Arrays.copyOf(good, length)))))
                            .as("%s %s of %d bytes", set, objectClass, length)
                            .hasMessageContaining("CKR_ATTRIBUTE_VALUE_INVALID");
                }
            }
        }
    }

    /** Returns wrong lengths, among them those of seeds, which some engines take in a key's place. */
    private static int[] lengths(int good) {
        return java.util.stream.IntStream.of(0, 1, 32, 64, good - 1, good + 1)
                .filter(length -> length != good)
                .toArray();
    }
}
