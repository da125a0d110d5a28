package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.ObjectClass;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.key.KeyImport;

/** What a strict token refuses and a compat one does not. */
class StrictTest {
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    private TokenModule strictModule;
    private TokenModule compatModule;
    private Session strict;
    private Session compat;

    @BeforeEach
    void open() throws TokenException {
        strictModule = TestTokens.builder()
                .policy(TokenPolicy.ofDefaults().withObjects(ObjectPolicy.STRICT))
                .open();
        compatModule = TestTokens.builder().open();
        TestTokens.create(strictModule);
        TestTokens.create(compatModule);
        strict = TestTokens.login(strictModule);
        compat = TestTokens.login(compatModule);
    }

    @AfterEach
    void close() {
        strictModule.close();
        compatModule.close();
    }

    /** Something that one kind of token does. */
    private interface Act {
        void on(Session session) throws TokenException;
    }

    private void refusedByStrictOnly(Act act, String status) throws TokenException {
        act.on(compat);
        assertThatThrownBy(() -> act.on(strict))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining(status);
    }

    private static Template aes() {
        return Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.AES)
                .with(Attribute.VALUE, Bytes.of(KEY));
    }

    @Test
    void generate_keyThatUndoesWhatItWraps_isRefused() throws Exception {
        refusedByStrictOnly(
                session -> session.generateKey(
                        Mechanism.AES_KEY_GEN.bytes(16),
                        Template.of(Attribute.WRAP, true).with(Attribute.DECRYPT, true)),
                "CKR_TEMPLATE_INCONSISTENT");
        refusedByStrictOnly(
                session -> session.create(aes().with(Attribute.UNWRAP, true).with(Attribute.ENCRYPT, true)),
                "CKR_TEMPLATE_INCONSISTENT");
        refusedByStrictOnly(
                session -> session.generateKeyPair(
                        Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                        Template.of(Attribute.WRAP, true),
                        Template.of(Attribute.DECRYPT, true)),
                "CKR_TEMPLATE_INCONSISTENT");
    }

    @Test
    void setAttributes_towardsSuchAKey_isRefused() throws Exception {
        refusedByStrictOnly(
                session -> {
                    SecretKeyObject key =
                            session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.of(Attribute.WRAP, true));
                    session.setAttributes(key, Template.of(Attribute.DECRYPT, true));
                },
                "CKR_TEMPLATE_INCONSISTENT");
    }

    @Test
    void create_weakKey_isRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair small = generator.generateKeyPair();
        refusedByStrictOnly(
                session -> KeyImport.keyPair(session, small, Template.empty(), Template.empty()), "CKR_KEY_SIZE_RANGE");
        refusedByStrictOnly(
                session -> session.create(Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                        .with(Attribute.KEY_TYPE, KeyType.DES3)
                        .with(Attribute.VALUE, Bytes.ofHex("0123456789abcdef23456789abcdef01456789abcdef0123"))),
                "CKR_ATTRIBUTE_VALUE_INVALID");
    }

    @Test
    void sign_withSha1_isRefusedAndVerifyingIsNot() throws Exception {
        byte[] data = {1};
        KeyPairObject rsa = strict.generateKeyPair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.empty());

        refusedByStrictOnly(
                session -> {
                    KeyPairObject pair = session.generateKeyPair(
                            Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.empty());
                    session.sign(pair.privateKey(), Mechanism.SHA1_RSA_PKCS, data);
                },
                "CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertThat(strict.verify(rsa.publicKey(), Mechanism.SHA1_RSA_PKCS, data, new byte[256]))
                .isFalse();
    }

    @Test
    void sign_withSha1InPssParameters_isRefusedAndVerifyingIsNot() throws Exception {
        KeyPairObject rsa = strict.generateKeyPair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.empty());
        for (MechanismParameters.Pss parameters : List.of(
                new MechanismParameters.Pss(HashAlgorithm.SHA_1, HashAlgorithm.SHA_1, 20),
                new MechanismParameters.Pss(HashAlgorithm.SHA_256, HashAlgorithm.SHA_1, 32))) {
            Mechanism pss = new Mechanism(Mechanism.RSA_PKCS_PSS.type(), parameters);
            byte[] digest = new byte[parameters.hash().digestBytes()];
            refusedByStrictOnly(
                    session -> {
                        KeyPairObject pair = session.generateKeyPair(
                                Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.empty());
                        session.sign(pair.privateKey(), pss, digest);
                    },
                    "CKR_KEY_FUNCTION_NOT_PERMITTED");
            assertThat(strict.verify(rsa.publicKey(), pss, digest, new byte[256]))
                    .isFalse();
        }
    }

    @Test
    void create_keyThatIsThereAlreadyAndMayLess_isRefused() throws Exception {
        refusedByStrictOnly(
                session -> {
                    session.create(aes().onToken().with(Attribute.SIGN, true));
                    session.create(aes().with(Attribute.SENSITIVE, false).with(Attribute.SIGN, true));
                },
                "CKR_TEMPLATE_INCONSISTENT");
        assertThatThrownBy(() -> strict.create(aes().with(Attribute.ENCRYPT, true)))
                .hasMessageContaining("has this key already");
        strict.create(aes().with(Attribute.SIGN, true));
        strict.create(aes().with(Attribute.VALUE, Bytes.of(new byte[16])).with(Attribute.SENSITIVE, false));
    }

    @Test
    void use_outsideTheDates_isRefused() throws Exception {
        Template over = aes().with(Attribute.SIGN, true)
                .with(Attribute.VERIFY, true)
                .with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                .with(Attribute.END_DATE, today.minusDays(1));
        refusedByStrictOnly(
                session -> session.sign((SecretKeyObject) session.create(over), Mechanism.SHA256_HMAC, KEY),
                "CKA_END_DATE");
        SecretKeyObject ended = (SecretKeyObject) strict.create(over);
        assertThat(strict.verify(ended, Mechanism.SHA256_HMAC, KEY, new byte[32]))
                .as("what was made before is still verified")
                .isFalse();
        Template later = aes().with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                .with(Attribute.VALUE, Bytes.of(new byte[20]))
                .with(Attribute.START_DATE, today.plusDays(1));
        refusedByStrictOnly(
                session -> session.verify(
                        (SecretKeyObject) session.create(later), Mechanism.SHA256_HMAC, KEY, new byte[32]),
                "CKA_START_DATE");
    }
}
