package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;

/** PKCS #11's rules for objects, and who may do what with them. */
class ObjectsTest {
    private TokenModule module;
    private Token token;
    private Session session;

    @BeforeEach
    void logIn() throws Exception {
        module = TestTokens.builder().memory().open();
        token = TestTokens.create(module);
        session = TestTokens.login(module);
    }

    @AfterEach
    void close() {
        module.close();
    }

    private static Template data(String label) {
        return Template.of(Attribute.CLASS, ObjectClass.DATA)
                .and(Template.label(label))
                .onToken();
    }

    private static Template aes(byte... value) {
        return Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.AES)
                .with(Attribute.VALUE, Bytes.of(value));
    }

    private static Template certificate() {
        return Template.of(Attribute.CLASS, ObjectClass.CERTIFICATE)
                .with(Attribute.CERTIFICATE_TYPE, 0L)
                .with(Attribute.SUBJECT, Bytes.of((byte) 0x30, (byte) 0))
                .with(Attribute.VALUE, Bytes.of((byte) 1, (byte) 2));
    }

    static Stream<Arguments> refused() {
        Template rsaPublic = Template.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                .with(Attribute.KEY_TYPE, KeyType.RSA)
                .with(Attribute.PUBLIC_EXPONENT, Bytes.ofHex("010001"));
        return Stream.of(
                Arguments.of("CKR_TEMPLATE_INCOMPLETE", Template.label("no class")),
                Arguments.of("CKR_TEMPLATE_INCOMPLETE", Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)),
                Arguments.of("CKR_TEMPLATE_INCOMPLETE", rsaPublic),
                Arguments.of(
                        "CKR_TEMPLATE_INCOMPLETE",
                        Template.of(Attribute.CLASS, ObjectClass.CERTIFICATE).with(Attribute.CERTIFICATE_TYPE, 0L)),
                Arguments.of(
                        "CKR_ATTRIBUTE_TYPE_INVALID",
                        data("x").with(Attribute.of(0x8123_4567L).as(AttributeType.BYTES), Bytes.empty())),
                Arguments.of("CKR_TEMPLATE_INCONSISTENT", data("x").with(Attribute.SIGN, true)),
                Arguments.of(
                        "CKR_TEMPLATE_INCONSISTENT", aes(new byte[16]).with(Attribute.MODULUS, Bytes.of((byte) 1))),
                Arguments.of("CKR_ATTRIBUTE_READ_ONLY", data("x").with(Attribute.UNIQUE_ID, "mine")),
                Arguments.of("CKR_ATTRIBUTE_READ_ONLY", aes(new byte[16]).with(Attribute.LOCAL, true)),
                Arguments.of("CKR_ATTRIBUTE_READ_ONLY", aes(new byte[16]).with(Attribute.NEVER_EXTRACTABLE, true)),
                Arguments.of("CKR_ATTRIBUTE_READ_ONLY", aes(new byte[16]).with(Attribute.VALUE_LEN, 16L)),
                Arguments.of("CKR_ATTRIBUTE_READ_ONLY", certificate().with(Attribute.TRUSTED, true)),
                Arguments.of("CKR_ATTRIBUTE_VALUE_INVALID", aes(new byte[17])),
                Arguments.of("CKR_ATTRIBUTE_VALUE_INVALID", certificate().with(Attribute.CERTIFICATE_TYPE, 2L)),
                Arguments.of(
                        "CKR_ATTRIBUTE_VALUE_INVALID",
                        aes(new byte[16]).with(Attribute.CHECK_VALUE, Bytes.ofHex("000000"))),
                Arguments.of(
                        "CKR_ATTRIBUTE_VALUE_INVALID",
                        data("x").with(Attribute.VALUE, Bytes.of(new byte[(1 << 20) + 1]))),
                Arguments.of(
                        "CKR_ATTRIBUTE_VALUE_INVALID", aes(new byte[16]).with(Attribute.KEY_TYPE, new KeyType(0x13))),
                Arguments.of(
                        "CKR_CURVE_NOT_SUPPORTED",
                        Template.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                                .with(Attribute.KEY_TYPE, KeyType.EC)
                                .with(Attribute.EC_PARAMS, Bytes.ofHex("06052b81040001"))
                                .with(Attribute.EC_POINT, Bytes.of((byte) 4))),
                Arguments.of(
                        "CKR_ATTRIBUTE_VALUE_INVALID",
                        Template.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                                .with(Attribute.KEY_TYPE, KeyType.EC)
                                .with(Attribute.EC_PARAMS, NamedCurve.P256.ecParams())
                                .with(Attribute.EC_POINT, Bytes.ofHex("04" + "11".repeat(64)))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void create_againstTheRules_isRefused(String status, Template template) {
        assertThatThrownBy(() -> session.create(template))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining(status);
        assertThatThrownBy(() -> session.create(template.onToken()))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining(status);
    }

    @Test
    void create_secretKey_hasSafeDefaultsAndComputedAttributes() throws Exception {
        TokenObject key = session.create(aes(new byte[16]));

        Attributes read = session.getAttributes(key, Set.copyOf(Attribute.all()));

        assertThat(read.get(Attribute.PRIVATE)).isTrue();
        assertThat(read.get(Attribute.SENSITIVE)).isTrue();
        assertThat(read.get(Attribute.EXTRACTABLE)).isFalse();
        assertThat(read.get(Attribute.ALWAYS_SENSITIVE)).isFalse();
        assertThat(read.get(Attribute.NEVER_EXTRACTABLE)).isFalse();
        assertThat(read.get(Attribute.LOCAL)).isFalse();
        assertThat(read.get(Attribute.KEY_GEN_MECHANISM)).isEqualTo(new MechanismType(-1));
        assertThat(read.get(Attribute.ENCRYPT)).isTrue();
        assertThat(read.get(Attribute.SIGN)).isFalse();
        assertThat(read.get(Attribute.VALUE_LEN)).isEqualTo(16);
        assertThat(read.get(Attribute.CHECK_VALUE)).isEqualTo(Bytes.ofHex("66e94b"));
        assertThat(read.isSensitive(Attribute.VALUE)).isTrue();
        assertThat(read.get(Attribute.UNIQUE_ID)).isEqualTo(((ObjectId.Unique) key.id()).uniqueId());
    }

    @Test
    void generateKeyPair_private_isLocalAlwaysSensitiveNeverExtractable() throws Exception {
        KeyPairObject pair = session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("k"));

        Attributes read = session.getAttributes(pair.privateKey(), Set.copyOf(Attribute.all()));

        assertThat(read.get(Attribute.LOCAL)).isTrue();
        assertThat(read.get(Attribute.ALWAYS_SENSITIVE)).isTrue();
        assertThat(read.get(Attribute.NEVER_EXTRACTABLE)).isTrue();
        assertThat(read.get(Attribute.KEY_GEN_MECHANISM))
                .isEqualTo(Mechanism.EC_KEY_PAIR_GEN.curve("P-256").type());
        assertThat(read.get(Attribute.PUBLIC_KEY_INFO))
                .isEqualTo(pair.publicKey().attributes().get(Attribute.PUBLIC_KEY_INFO));
        assertThat(read.isSensitive(Attribute.VALUE)).isTrue();
    }

    @Test
    void getAttributes_extractableKey_showsValueThatNoFindMatches() throws Exception {
        Template open = aes(new byte[16]).with(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true);
        TokenObject shown = session.create(open.and(Template.label("open")).onToken());
        session.create(aes(new byte[16]).and(Template.label("closed")).onToken());

        assertThat(session.getAttributes(shown, Set.of(Attribute.VALUE)).get(Attribute.VALUE))
                .isEqualTo(Bytes.of(new byte[16]));
        assertThat(session.findAll(ObjectQuery.all().with(Attribute.VALUE, Bytes.of(new byte[16]))))
                .extracting(TokenObject::label)
                .containsExactly("open");
    }

    @Test
    void setAttributes_latches_goOneWay() throws Exception {
        TokenObject key = session.create(
                aes(new byte[16]).with(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true));

        session.setAttributes(key, Template.of(Attribute.SENSITIVE, true).with(Attribute.EXTRACTABLE, false));

        assertThatThrownBy(() -> session.setAttributes(key, Template.of(Attribute.SENSITIVE, false)))
                .hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
        assertThatThrownBy(() -> session.setAttributes(key, Template.of(Attribute.EXTRACTABLE, true)))
                .hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
        assertThatThrownBy(() -> session.setAttributes(key, Template.of(Attribute.TOKEN, true)))
                .hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
        assertThat(session.getAttributes(key, Set.of(Attribute.VALUE)).isSensitive(Attribute.VALUE))
                .isTrue();
    }

    @Test
    void act_onObjectThatForbidsIt_isProhibited() throws Exception {
        TokenObject fixed = session.create(data("fixed")
                .with(Attribute.MODIFIABLE, false)
                .with(Attribute.COPYABLE, false)
                .with(Attribute.DESTROYABLE, false));

        assertThatThrownBy(() -> session.setAttributes(fixed, Template.label("new")))
                .hasMessageContaining("CKR_ACTION_PROHIBITED");
        assertThatThrownBy(() -> session.copy(fixed, Template.empty())).hasMessageContaining("CKR_ACTION_PROHIBITED");
        assertThatThrownBy(() -> session.destroy(fixed)).hasMessageContaining("CKR_ACTION_PROHIBITED");
    }

    @Test
    void copy_sessionKeyToToken_isAnotherObjectWithTheSameValue() throws Exception {
        KeyObject key = (KeyObject) session.create(aes(new byte[16]));
        Mechanism cbc = Mechanism.AES_CBC.iv(Bytes.of(new byte[16]));

        KeyObject copy = (KeyObject) session.copy(key, Template.label("copy").onToken());

        assertThat(copy.id()).isNotEqualTo(key.id());
        assertThat(session.encrypt(copy, cbc, new byte[16])).isEqualTo(session.encrypt(key, cbc, new byte[16]));
        assertThatThrownBy(() -> session.copy(key, Template.of(Attribute.PRIVATE, false)))
                .hasMessageContaining("CKR_TEMPLATE_INCONSISTENT");
    }

    @Test
    void trusted_certificate_isMarkedByTheOfficerOnly() throws Exception {
        TokenObject certificate =
                session.create(certificate().and(Template.label("ca")).onToken());

        assertThatThrownBy(() -> session.setAttributes(certificate, Template.of(Attribute.TRUSTED, true)))
                .hasMessageContaining("CKR_ATTRIBUTE_READ_ONLY");
        try (Session officer = token.open(Login.securityOfficer(TestTokens.soPin()))) {
            officer.setAttributes(certificate, Template.of(Attribute.TRUSTED, true));
        }

        assertThat(session.getAttributes(certificate, Set.of(Attribute.TRUSTED)).isTrue(Attribute.TRUSTED))
                .isTrue();
    }

    @Test
    void sessionObject_livesAsLongAsTheLastSessionOfItsScope() throws Exception {
        try (Session open = token.open(Login.none())) {
            KeyObject publicKey;
            TokenObject note =
                    open.create(Template.of(Attribute.CLASS, ObjectClass.DATA).and(Template.label("note")));
            Session user = open.login(Login.user(TestTokens.userPin()));
            publicKey = (KeyObject) user.create(aes(new byte[16]).and(Template.label("key")));

            assertThat(user.findAll(ObjectQuery.all()))
                    .extracting(TokenObject::label)
                    .contains("note", "key");
            assertThat(open.findAll(ObjectQuery.all()))
                    .extracting(TokenObject::label)
                    .containsExactly("note");
            assertThat(session.findAll(ObjectQuery.all())).as("another scope").isEmpty();
            user.close();
            assertThat(open.getAttributes(note, Set.of(Attribute.LABEL)).get(Attribute.LABEL))
                    .isEqualTo("note");
            Session again = open.login(Login.user(TestTokens.userPin()));
            assertThatThrownBy(() -> again.getAttributes(publicKey, Set.of(Attribute.LABEL)))
                    .as("private session objects die with the login")
                    .isInstanceOf(ObjectNotFoundException.class);
        }
    }

    @Test
    void write_throughReadOnlySession_isRefusedForTokenObjectsOnly() throws Exception {
        try (Session readOnly = token.openReadOnly(Login.user(TestTokens.userPin()))) {
            assertThatThrownBy(() -> readOnly.create(data("x"))).hasMessageContaining("CKR_SESSION_READ_ONLY");
            readOnly.create(aes(new byte[16]));
            TokenObject object = session.create(data("y"));
            assertThatThrownBy(() -> readOnly.destroy(object)).hasMessageContaining("CKR_SESSION_READ_ONLY");
        }
        assertThatThrownBy(() -> token.openReadOnly(Login.securityOfficer(TestTokens.soPin())))
                .hasMessageContaining("CKR_SESSION_READ_ONLY_EXISTS");
    }

    @Test
    void privateObject_ofOfficerAndPublicSession_doesNotExist() throws Exception {
        TokenObject key =
                session.create(aes(new byte[16]).and(Template.label("k")).onToken());
        for (Login login : List.of(Login.none(), Login.securityOfficer(TestTokens.soPin()))) {
            try (Session other = token.open(login)) {
                assertThatThrownBy(() -> other.getAttributes(key, Set.of(Attribute.LABEL)))
                        .isInstanceOf(ObjectNotFoundException.class);
                assertThat(other.findAll(ObjectQuery.all().with(Attribute.PRIVATE, true)))
                        .isEmpty();
                assertThatThrownBy(() -> other.create(aes(new byte[16])))
                        .hasMessageContaining("CKR_USER_NOT_LOGGED_IN");
            }
        }
    }

    @Test
    void publicSecretKey_isSealedUntilSomebodyLogsIn() throws Exception {
        KeyObject key = (KeyObject) session.create(aes(new byte[16])
                .with(Attribute.PRIVATE, false)
                .and(Template.label("shared"))
                .onToken());
        Mechanism cbc = Mechanism.AES_CBC.iv(Bytes.of(new byte[16]));

        assertThat(session.encrypt(key, cbc, new byte[16])).hasSize(16);
        try (Session open = token.open(Login.none())) {
            assertThat(open.findAll(ObjectQuery.secretKeys())).hasSize(1);
            assertThatThrownBy(() -> open.encrypt(key, cbc, new byte[16]))
                    .hasMessageContaining("CKR_USER_NOT_LOGGED_IN");
        }
    }

    @Test
    void create_rsaKeyWithoutCrtParts_computesThem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        Template bare = Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                .with(Attribute.KEY_TYPE, KeyType.RSA)
                .with(Attribute.MODULUS, Bytes.of(key.getModulus().toByteArray()))
                .with(
                        Attribute.PUBLIC_EXPONENT,
                        Bytes.of(key.getPublicExponent().toByteArray()))
                .with(
                        Attribute.PRIVATE_EXPONENT,
                        Bytes.of(key.getPrivateExponent().toByteArray()));

        KeyObject stored = (KeyObject) session.create(bare);

        byte[] signature = session.sign(stored, Mechanism.SHA256_RSA_PKCS, new byte[] {1});
        java.security.Signature engine = java.security.Signature.getInstance("SHA256withRSA");
        engine.initVerify(pair.getPublic());
        engine.update((byte) 1);
        assertThat(engine.verify(signature)).isTrue();
        Template wrong = bare.with(Attribute.PRIVATE_EXPONENT, Bytes.ofHex("03"));
        assertThatThrownBy(() -> session.create(wrong)).hasMessageContaining("CKR_ATTRIBUTE_VALUE_INVALID");
    }

    @Test
    void find_hundredsOfObjects_walksAllOncePageByPage() throws Exception {
        for (int i = 0; i < 600; i++) {
            session.create(data(i % 2 == 0 ? "even" : "odd").with(Attribute.APPLICATION, "app" + i));
        }
        List<TokenObject> walked = new ArrayList<>();
        try (ObjectCursor cursor = session.find(ObjectQuery.all().label("even"), Set.of(Attribute.APPLICATION))) {
            for (List<TokenObject> part = cursor.next(7); !part.isEmpty(); part = cursor.next(7)) {
                assertThat(part.size()).isLessThanOrEqualTo(7);
                walked.addAll(part);
            }
        }

        assertThat(walked).hasSize(300).extracting(TokenObject::id).doesNotHaveDuplicates();
        assertThat(session.findAll(ObjectQuery.all())).hasSize(600);
        assertThat(session.findAll(ObjectQuery.all().limit(11))).hasSize(11);
        assertThat(session.findAll(ObjectQuery.all().label("even").with(Attribute.APPLICATION, "app4")))
                .hasSize(1);
        assertThat(session.findAll(ObjectQuery.all().label("even").with(Attribute.APPLICATION, "app5")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"o'brien", "a\"b", "../../etc", "two\nlines", "nul\0inside", "%", "_", "' OR 1=1 --", "ünïcödé"})
    void find_hostileLabel_matchesExactlyItself(String label) throws Exception {
        session.create(data(label));
        session.create(data("innocent"));

        assertThat(session.findAll(ObjectQuery.all().label(label)))
                .extracting(TokenObject::label)
                .containsExactly(label);
    }

    @Test
    void use_objectNamedByClassIdAndLabel_isFound() throws Exception {
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("old").id(Bytes.of((byte) 9)));
        ObjectId described = new ObjectId.Described(
                session.info().token().serialNumber(), ObjectClass.PRIVATE_KEY, Bytes.of((byte) 9), "old");
        KeyObject named =
                new org.symbolon.PrivateKeyObject(described, pair.privateKey().attributes(), true);

        assertThat(session.sign(named, Mechanism.ECDSA_SHA256, new byte[1])).hasSize(64);
    }

    @Test
    void use_objectOfAnotherToken_isNotFound() throws Exception {
        Token other = module.emptySlot().initialize("Other", TestTokens.soPin());
        KeyPairObject pair = session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("k"));
        try (Session officer = other.open(Login.securityOfficer(TestTokens.soPin()))) {
            assertThatThrownBy(() -> officer.getAttributes(pair.publicKey(), Set.of(Attribute.LABEL)))
                    .isInstanceOf(ObjectNotFoundException.class)
                    .hasMessageContaining("not of this one");
        }
        assertThat(module.slots()).hasSize(3);
    }
}
