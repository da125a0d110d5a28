package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.PrivateKeyObject;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.key.KeyImport;
import org.symbolon.key.PublicKeys;

/** What keys say of themselves: defaults, latches, secrets. */
abstract class KeyAttributeContract extends Contract {
    private static final Set<Attribute<?>> FLAGS = Set.of(
            Attribute.SENSITIVE,
            Attribute.EXTRACTABLE,
            Attribute.ALWAYS_SENSITIVE,
            Attribute.NEVER_EXTRACTABLE,
            Attribute.LOCAL,
            Attribute.PRIVATE,
            Attribute.KEY_GEN_MECHANISM,
            Attribute.MODIFIABLE,
            Attribute.COPYABLE,
            Attribute.DESTROYABLE);

    KeyAttributeContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void generate_aPrivateKeyByDefault_isSecretForEver() throws TokenException {
        KeyPairObject pair = p256(session(), Template.label(unique("default")));

        Attributes flags = session().getAttributes(pair.privateKey(), FLAGS);

        assertThat(flags.get(Attribute.PRIVATE)).isTrue();
        assertThat(flags.get(Attribute.SENSITIVE)).isTrue();
        assertThat(flags.get(Attribute.EXTRACTABLE)).isFalse();
        assertThat(flags.get(Attribute.ALWAYS_SENSITIVE)).isTrue();
        assertThat(flags.get(Attribute.NEVER_EXTRACTABLE)).isTrue();
        assertThat(flags.get(Attribute.LOCAL)).isTrue();
        assertThat(flags.get(Attribute.KEY_GEN_MECHANISM)).isEqualTo(Mechanism.EC_KEY_PAIR_GEN.type());
        assertThat(flags.get(Attribute.MODIFIABLE)).isTrue();
        assertThat(flags.get(Attribute.COPYABLE)).isTrue();
        assertThat(flags.get(Attribute.DESTROYABLE)).isTrue();
        assertThat(session().getAttributes(pair.publicKey(), FLAGS).get(Attribute.PRIVATE))
                .isFalse();
    }

    @Test
    void generate_withALabelOrId_makesATokenObject() throws TokenException {
        KeyPairObject named = p256(session(), Template.label(unique("named")));
        KeyPairObject nameless = p256(session(), Template.empty());

        assertThat(isOnToken(named.privateKey())).isTrue();
        assertThat(isOnToken(nameless.privateKey())).isFalse();
    }

    @Test
    void getAttributes_ofSecretParts_areSensitive() throws TokenException {
        PrivateKeyObject key = p256(session(), Template.label(unique("hidden"))).privateKey();
        SecretKeyObject secret = aes(session(), Template.of(Attribute.SENSITIVE, true));

        Attributes ofPrivate = session().getAttributes(key, Set.of(Attribute.VALUE, Attribute.EC_PARAMS));
        assertThat(ofPrivate.has(Attribute.VALUE)).isFalse();
        assertThat(ofPrivate.isSensitive(Attribute.VALUE)).isTrue();
        assertThat(ofPrivate.has(Attribute.EC_PARAMS))
                .as("the others are read all the same")
                .isTrue();
        Attributes ofSecret = session().getAttributes(secret, Set.of(Attribute.VALUE, Attribute.VALUE_LEN));
        assertThat(ofSecret.isSensitive(Attribute.VALUE)).isTrue();
        assertThat(ofSecret.get(Attribute.VALUE_LEN)).isEqualTo(32);
    }

    @Test
    void find_bySecretParts_findsNothing() throws TokenException {
        byte[] value = new byte[32];
        value[0] = 42;
        String label = unique("imported");
        session().create(secret(value).with(Attribute.LABEL, label).with(Attribute.SENSITIVE, true));

        assertThat(session().findAll(ObjectQuery.secretKeys().label(label))).hasSize(1);
        assertThat(session().findAll(ObjectQuery.secretKeys().label(label).with(Attribute.VALUE, Bytes.wrap(value))))
                .as("a find must not tell whether a guess is right")
                .isEmpty();
    }

    @Test
    void create_aKeyThatIsNeitherSensitiveNorHidden_givesItsValueBack() throws TokenException {
        byte[] value = session().random(32);
        var key =
                session().create(secret(value).with(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true));

        Attributes read = session().getAttributes(key, Set.of(Attribute.VALUE, Attribute.LOCAL));

        assertThat(read.get(Attribute.VALUE).toByteArray()).isEqualTo(value);
        assertThat(read.get(Attribute.LOCAL)).isFalse();
    }

    @Test
    void create_aKey_wasNotAlwaysSecret() throws TokenException {
        var key = session().create(secret(session().random(32)).with(Attribute.SENSITIVE, true));

        Attributes flags = session().getAttributes(key, FLAGS);

        assertThat(flags.get(Attribute.ALWAYS_SENSITIVE)).isFalse();
        assertThat(flags.get(Attribute.NEVER_EXTRACTABLE)).isFalse();
        assertThat(flags.get(Attribute.LOCAL)).isFalse();
    }

    @Test
    void set_sensitive_latchesAtTrue() throws TokenException {
        SecretKeyObject key =
                aes(session(), Template.of(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true));

        session().setAttributes(key, Template.of(Attribute.SENSITIVE, true));

        assertThat(session().getAttributes(key, FLAGS).get(Attribute.SENSITIVE)).isTrue();
        assertThat(session().getAttributes(key, FLAGS).get(Attribute.ALWAYS_SENSITIVE))
                .isFalse();
        assertRefused(
                TokenException.class,
                () -> session().setAttributes(key, Template.of(Attribute.SENSITIVE, false)),
                "CKR_ATTRIBUTE_READ_ONLY");
        assertRefused(
                TokenException.class,
                () -> session().copy(key, Template.of(Attribute.SENSITIVE, false)),
                "CKR_ATTRIBUTE_READ_ONLY",
                "CKR_TEMPLATE_INCONSISTENT");
    }

    @Test
    void set_extractable_latchesAtFalse() throws TokenException {
        SecretKeyObject key = aes(session(), Template.of(Attribute.EXTRACTABLE, true));

        session().setAttributes(key, Template.of(Attribute.EXTRACTABLE, false));

        assertThat(session().getAttributes(key, FLAGS).get(Attribute.NEVER_EXTRACTABLE))
                .isFalse();
        assertRefused(
                TokenException.class,
                () -> session().setAttributes(key, Template.of(Attribute.EXTRACTABLE, true)),
                "CKR_ATTRIBUTE_READ_ONLY");
        assertRefused(
                TokenException.class,
                () -> session().copy(key, Template.of(Attribute.EXTRACTABLE, true)),
                "CKR_ATTRIBUTE_READ_ONLY",
                "CKR_TEMPLATE_INCONSISTENT");
    }

    @Test
    void generate_aPair_hasOnePublicKeyInBothHalves() throws TokenException {
        for (Mechanism mechanism : List.of(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-384"),
                Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519"),
                Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048))) {
            KeyPairObject pair = session().generateKeyPair(mechanism, Template.empty());

            byte[] spki = PublicKeys.of(pair.publicKey()).getEncoded();

            assertThat(PublicKeys.of(pair.privateKey()).getEncoded())
                    .as(mechanism.toString())
                    .isEqualTo(spki);
            assertThat(session()
                            .getAttributes(pair.privateKey(), Set.of(Attribute.PUBLIC_KEY_INFO))
                            .get(Attribute.PUBLIC_KEY_INFO)
                            .toByteArray())
                    .isEqualTo(spki);
        }
    }

    @Test
    void keyImport_ofEachType_signsWithTheImportedKey() throws Exception {
        for (String curve : List.of("secp256r1", "secp384r1", "secp521r1")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new java.security.spec.ECGenParameterSpec(curve));
            assertImports(generator.generateKeyPair(), Mechanism.ECDSA_SHA256, "SHA256withECDSAinP1363Format");
        }
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        assertImports(rsa.generateKeyPair(), Mechanism.SHA256_RSA_PKCS, "SHA256withRSA");
        assertImports(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), Mechanism.EDDSA, "Ed25519");
    }

    @Test
    void create_aKeyOfTheWrongLength_isRefused() {
        assertRefused(
                TokenException.class,
                () -> session().create(secret(new byte[17])),
                "CKR_ATTRIBUTE_VALUE_INVALID",
                "CKR_KEY_SIZE_RANGE");
        assertRefused(
                TokenException.class,
                () -> session().generateKey(Mechanism.AES_KEY_GEN.bytes(17), Template.empty()),
                "CKR_ATTRIBUTE_VALUE_INVALID",
                "CKR_KEY_SIZE_RANGE");
    }

    private void assertImports(KeyPair keys, Mechanism mechanism, String jcaName) throws Exception {
        byte[] message = {1, 2, 3, 4};
        KeyPairObject imported =
                KeyImport.keyPair(session(), keys, Template.label(unique("imported")), Template.empty());

        byte[] signature = session().sign(imported.privateKey(), mechanism, message);

        assertThat(JdkVerifier.verify(jcaName, keys.getPublic(), message, signature))
                .as(jcaName)
                .isTrue();
        assertThat(PublicKeys.of(imported.publicKey()).getEncoded())
                .isEqualTo(keys.getPublic().getEncoded());
        assertThat(session().getAttributes(imported.privateKey(), FLAGS).get(Attribute.LOCAL))
                .isFalse();
    }

    private boolean isOnToken(PrivateKeyObject key) throws TokenException {
        return session().getAttributes(key, Set.of(Attribute.TOKEN)).get(Attribute.TOKEN);
    }

    private static Template secret(byte[] value) {
        return Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.AES)
                .with(Attribute.VALUE, SecretBytes.copyOf(value))
                .inSession();
    }
}
