package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.DerivationParameters.KdfField;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenPermissionException;
import org.symbolon.key.PublicKeys;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.testing.KmipFault;
import org.symbolon.kmip.testing.KmipFaults;

/** Derives, wraps and unwraps with keys that do not leave the server. */
class KmipKeysOfKeysTest {
    private static final Template OPEN = Template.of(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true);
    private static final MechanismType HMAC = MechanismType.named("CKM_SHA256_HMAC");
    private static final KdfField DATA = new KdfField.FixedData(Bytes.ofHex("a1a2a3"));
    private static final Map<String, String> ON_THE_SERVER = Map.of("crypto", "server");

    private static byte[] value(Session session, KeyObject key) throws Exception {
        return session.getAttributes(key, Set.of(Attribute.VALUE))
                .get(Attribute.VALUE)
                .toByteArray();
    }

    @Test
    void ecdh_withAKeyThatDoesNotLeave_agreesWithTheJdk() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        java.security.KeyPair theirs = generator.generateKeyPair();
        try (ServedKmip served = new ServedKmip(ON_THE_SERVER);
                KmipClient tool = served.client();
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            KeyPairObject ours = session.generateKeyPair(
                    Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                    Template.label("agree"),
                    Template.label("agree").with(Attribute.DERIVE, true));
            Bytes point = PublicKeys.template((ECPublicKey) theirs.getPublic())
                    .attributes()
                    .get(Attribute.EC_POINT);
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(theirs.getPrivate());
            agreement.doPhase(PublicKeys.of(ours.publicKey()), true);
            byte[] secret = agreement.generateSecret();
            int before = tool.locate(Attributes.NONE).size();

            KeyObject whole = session.deriveKey(
                    ours.privateKey(), Mechanism.ECDH1_DERIVE.of(new DerivationParameters.Ecdh(point)), OPEN);
            KeyObject half = session.deriveKey(
                    ours.privateKey(),
                    Mechanism.ECDH1_DERIVE.of(new DerivationParameters.Ecdh(point)),
                    OPEN.with(Attribute.KEY_TYPE, KeyType.AES).with(Attribute.VALUE_LEN, 16L));
            KeyObject hashed = session.deriveKey(
                    ours.privateKey(),
                    Mechanism.ECDH1_DERIVE.of(
                            DerivationParameters.Ecdh.x963(HashAlgorithm.SHA_256, Bytes.ofHex("0102"), point)),
                    OPEN.with(Attribute.VALUE_LEN, 32L));

            assertThat(value(session, whole)).isEqualTo(secret);
            assertThat(value(session, half)).isEqualTo(java.util.Arrays.copyOfRange(secret, 16, 32));
            java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
            digest.update(secret);
            digest.update(new byte[] {0, 0, 0, 1});
            assertThat(value(session, hashed)).isEqualTo(digest.digest(new byte[] {1, 2}));
            assertThat(tool.locate(Attributes.NONE)).hasSize(before);
        }
    }

    private static Template base() {
        return Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                .with(Attribute.VALUE, Bytes.ofHex("000102030405060708090a0b0c0d0e0f"))
                .with(Attribute.DERIVE, true);
    }

    private static Mechanism hkdf() {
        return Mechanism.HKDF_DERIVE.of(
                new DerivationParameters.Hkdf(HashAlgorithm.SHA_256, Bytes.ofHex("55"), Bytes.ofHex("66")));
    }

    private static Mechanism counterOf(int bits) {
        return Mechanism.SP800_108_COUNTER_KDF.of(
                new DerivationParameters.Sp800108(HMAC, List.of(new KdfField.IterationVariable(bits, false), DATA)));
    }

    /** What KMIP has names for. */
    private static List<Mechanism> ofKmip() {
        List<KdfField> fields =
                List.of(new KdfField.IterationVariable(32, false), new KdfField.Counter(32, false), DATA);
        return List.of(
                hkdf(),
                counterOf(32),
                Mechanism.SP800_108_FEEDBACK_KDF.of(new DerivationParameters.Sp800108(HMAC, fields, Bytes.ofHex("77"))),
                Mechanism.SP800_108_DOUBLE_PIPELINE_KDF.of(new DerivationParameters.Sp800108(HMAC, fields)));
    }

    private static void assertDerivedAsInMemory(ServedKmip served, TokenModule opened, List<Mechanism> all)
            throws Exception {
        try (TokenModule module = opened;
                Session session = module.token("Contract").open(served.user())) {
            KeyObject inMemory = (KeyObject) session.create(base().inSession());
            KeyObject onServer = (KeyObject)
                    session.create(base().and(Template.label("base")).and(OPEN).onToken());
            Template wanted = OPEN.with(Attribute.VALUE_LEN, 48L);
            for (Mechanism mechanism : all) {
                byte[] made = value(session, session.deriveKey(onServer, mechanism, wanted));

                assertThat(made)
                        .as(mechanism.toString())
                        .isEqualTo(value(session, session.deriveKey(inMemory, mechanism, wanted)));
            }
        }
    }

    @Test
    void derivations_byTheServer_areThoseOfTheTokenInMemory() throws Exception {
        try (ServedKmip served = new ServedKmip(ON_THE_SERVER);
                KmipClient tool = served.client()) {
            assertDerivedAsInMemory(served, served.open(ModuleOptions.ofDefaults()), ofKmip());

            assertThat(tool.locate(Attributes.NONE)).hasSize(1);
        }
    }

    @Test
    void derivation_thatKmipHasNoNameFor_isDoneHereWithAKeyThatMayLeave() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of())) {
            assertDerivedAsInMemory(served, served.open(ModuleOptions.ofDefaults()), List.of(counterOf(16)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OperationNotSupported", "InvalidField", "FeatureNotSupported"})
    void derivations_thatAServerDoesNotDo_areDoneHereWithAKeyThatMayLeave(String reason) throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                KmipFaults front = served.faults()) {
            front.always(
                    KmipFault.failing(ResultReason.named(reason), "not here").on(Operation.DERIVE_KEY));

            assertDerivedAsInMemory(served, served.open(List.of(front)), ofKmip());
        }
    }

    @Test
    void derivation_ofAKeyWhoseBytesOurServerDoesNotSee_isRefused() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            KeyObject shut =
                    (KeyObject) session.create(base().and(Template.label("shut").with(Attribute.EXTRACTABLE, false))
                            .onToken());
            KeyObject sensitive = (KeyObject) session.create(base().and(Template.label("sensitive")
                            .with(Attribute.SENSITIVE, true)
                            .with(Attribute.EXTRACTABLE, true))
                    .onToken());

            for (KeyObject key : List.of(shut, sensitive)) {
                assertThatThrownBy(() -> session.deriveKey(key, hkdf(), OPEN.with(Attribute.VALUE_LEN, 48L)))
                        .isInstanceOf(TokenPermissionException.class);
            }
        }
    }

    @Test
    void wrapping_withAKeyThatDoesNotLeave_isDoneAndUndoneOnTheServer() throws Exception {
        try (ServedKmip served = new ServedKmip(ON_THE_SERVER);
                KmipClient tool = served.client();
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            SecretKeyObject by = session.generateKey(
                    Mechanism.AES_KEY_GEN.bytes(32),
                    Template.label("by").with(Attribute.WRAP, true).with(Attribute.UNWRAP, true));
            SecretKeyObject sensitive = session.generateKey(
                    Mechanism.AES_KEY_GEN.bytes(16), Template.label("target").with(Attribute.EXTRACTABLE, true));
            SecretKeyObject shut = session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("shut"));
            byte[] wanted = session.encrypt(sensitive, Mechanism.AES_ECB, new byte[16]);
            int before = tool.locate(Attributes.NONE).size();

            byte[] wrapped = session.wrapKey(by, Mechanism.AES_KEY_WRAP, sensitive);
            KeyObject back = session.unwrapKey(
                    by,
                    Mechanism.AES_KEY_WRAP,
                    wrapped,
                    Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                            .with(Attribute.KEY_TYPE, KeyType.AES)
                            .with(Attribute.ENCRYPT, true));

            assertThat(wrapped).hasSize(24);
            assertThat(session.encrypt((SecretKeyObject) back, Mechanism.AES_ECB, new byte[16]))
                    .isEqualTo(wanted);
            assertThat(tool.locate(Attributes.NONE)).hasSize(before);
            assertThatThrownBy(() -> session.wrapKey(by, Mechanism.AES_KEY_WRAP, shut))
                    .isInstanceOf(TokenPermissionException.class)
                    .hasMessageContaining("CKR_KEY_UNEXTRACTABLE");
            assertThat(session.findAll(ObjectQuery.all())).hasSize(4);
        }
    }
}
