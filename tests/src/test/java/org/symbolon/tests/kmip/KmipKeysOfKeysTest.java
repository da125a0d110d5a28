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
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
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
import org.symbolon.kmip.object.Attributes;

/** Derives, wraps and unwraps with keys that do not leave the server. */
class KmipKeysOfKeysTest {
    private static final Template OPEN = Template.of(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true);
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

    @Test
    void derivations_ofAKeyThatMayLeave_areThoseOfTheTokenInMemory() throws Exception {
        Template base = Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                .with(Attribute.VALUE, Bytes.ofHex("000102030405060708090a0b0c0d0e0f"))
                .with(Attribute.DERIVE, true);
        MechanismType hmac = MechanismType.named("CKM_SHA256_HMAC");
        DerivationParameters.KdfField data = new DerivationParameters.KdfField.FixedData(Bytes.ofHex("a1a2a3"));
        DerivationParameters.KdfField counter = new DerivationParameters.KdfField.Counter(32, false);
        DerivationParameters.KdfField variable = new DerivationParameters.KdfField.IterationVariable(32, false);
        List<Mechanism> all = List.of(
                Mechanism.HKDF_DERIVE.of(
                        new DerivationParameters.Hkdf(HashAlgorithm.SHA_256, Bytes.ofHex("55"), Bytes.ofHex("66"))),
                Mechanism.SP800_108_COUNTER_KDF.of(new DerivationParameters.Sp800108(hmac, List.of(variable, data))),
                Mechanism.SP800_108_FEEDBACK_KDF.of(
                        new DerivationParameters.Sp800108(hmac, List.of(variable, counter, data), Bytes.ofHex("77"))),
                Mechanism.SP800_108_DOUBLE_PIPELINE_KDF.of(
                        new DerivationParameters.Sp800108(hmac, List.of(variable, counter, data))));
        try (ServedKmip served = new ServedKmip(Map.of());
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            KeyObject inMemory = (KeyObject) session.create(base.inSession());
            KeyObject onServer =
                    (KeyObject) session.create(base.and(Template.label("base").with(Attribute.EXTRACTABLE, false))
                            .onToken());
            for (Mechanism mechanism : all) {
                Template wanted = OPEN.with(Attribute.VALUE_LEN, 48L);

                byte[] made = value(session, session.deriveKey(onServer, mechanism, wanted));

                assertThat(made)
                        .as(mechanism.toString())
                        .isEqualTo(value(session, session.deriveKey(inMemory, mechanism, wanted)));
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
