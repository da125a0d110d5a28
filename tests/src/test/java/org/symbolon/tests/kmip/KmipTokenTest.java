package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismParameters;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Outcome;
import org.symbolon.Pin;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenPermissionException;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.PublicKeys;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.RevocationReasonCode;
import org.symbolon.kmip.enumeration.SecretDataType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.SecretData;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.server.KmipUsers;
import org.symbolon.kmip.server.PasswordHash;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.ttlv.TtlvXml;
import org.symbolon.spi.Request;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;

/** What a token over KMIP does beside the contracts. */
class KmipTokenTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @Test
    void pair_madeOnTheServer_signsThereAndVerifiesHere() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            KeyPairObject pair =
                    session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("deploy"));

            byte[] signature = session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE);

            assertThat(session.verify(pair.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                    .isTrue();
            assertThat(session.findAll(ObjectQuery.all().label("deploy")))
                    .extracting(TokenObject::objectClass)
                    .hasSize(2)
                    .doesNotHaveDuplicates();
            assertThat(session.findAll(ObjectQuery.privateKeys(), java.util.Set.of(Attribute.SENSITIVE)))
                    .singleElement()
                    .satisfies(key -> assertThat(key.attributes().isTrue(Attribute.SENSITIVE))
                            .isTrue());
            assertThat(served.behind().findAll(ObjectQuery.privateKeys())).hasSize(1);
        }
    }

    /** Registers a user's key as any KMIP tool does. */
    private static UniqueIdentifier register(KmipClient client, KeyFormatType format, byte[] encoding, String name)
            throws Exception {
        UniqueIdentifier id = client.register(
                new org.symbolon.kmip.object.PublicKey(
                        KeyBlock.of(format, Bytes.wrap(encoding), CryptographicAlgorithm.EC, 256)),
                Attributes.NONE
                        .with(AttributeType.NAME, Name.of(name))
                        .with(AttributeType.OBJECT_GROUP, "ssh-users")
                        .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.VERIFY));
        client.activate(id);
        return id;
    }

    @Test
    void login_ofAKeyThatAKmipToolRegistered_worksUntilTheToolDestroysIt() throws Exception {
        KeyPair alice = KeyPairGenerator.getInstance("EC").generateKeyPair();
        SshPublicKey offered =
                SshPublicKey.parseSubjectPublicKeyInfo(alice.getPublic().getEncoded());
        List<Change> heard = new CopyOnWriteArrayList<>();
        try (ServedKmip served = new ServedKmip(Map.of("poll", "200ms"));
                KmipClient tool = served.client();
                TokenModule module = served.open(ModuleOptions.ofDefaults(), "ssh-users");
                Session session = module.token("ssh-users").open(served.user());
                ChangeSubscription changes = module.token("ssh-users").changes(heard::add)) {
            assertThat(changes).isNotNull();
            AuthorizedKeys keys = TokenAuthorizedKeys.builder(session)
                    .lookup(TokenAuthorizedKeys.Lookup.BY_LABEL)
                    .build();
            assertThat(keys.find("alice", offered)).isEmpty();

            UniqueIdentifier id =
                    register(tool, KeyFormatType.RAW, alice.getPublic().getEncoded(), "alice");

            assertThat(keys.find("alice", offered)).isPresent();
            assertThat(keys.find("bob", offered)).isEmpty();
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(heard).extracting(Change::kind).contains(Change.Kind.CREATED));
            tool.revoke(id, RevocationReasonCode.CESSATION_OF_OPERATION);
            tool.destroy(id);
            assertThat(keys.find("alice", offered)).isEmpty();
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(heard).extracting(Change::kind).contains(Change.Kind.DESTROYED));
        }
    }

    @Test
    void label_ofAForeignKey_isItsNameAsItIs() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        try (ServedKmip served = new ServedKmip(Map.of());
                KmipClient tool = served.client();
                TokenModule module = served.open(ModuleOptions.ofDefaults(), "ssh-users");
                Session session = module.token("ssh-users").open(served.user())) {
            register(tool, KeyFormatType.X_509, keys.getPublic().getEncoded(), "carol.pub");

            assertThat(session.publicKey("carol.pub").label()).isEqualTo("carol.pub");
            assertThat(session.findAll(ObjectQuery.all().label("carol"))).isEmpty();
            assertThat(session.findAll(ObjectQuery.publicKeys()))
                    .singleElement()
                    .satisfies(key -> assertThat(PublicKeys.of(key)).isEqualTo(keys.getPublic()));
        }
    }

    @Test
    void pairAndCertificate_whereLabelsAreUniqueNames_shareOneLabel() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of("labels", "name"));
                KmipClient tool = served.client();
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("web"));
            session.create(Template.label("web")
                    .with(Attribute.CLASS, ObjectClass.CERTIFICATE)
                    .with(Attribute.CERTIFICATE_TYPE, 0L)
                    .with(Attribute.SUBJECT, Bytes.ofHex("3000"))
                    .with(Attribute.VALUE, served.certificate())
                    .onToken());

            assertThat(session.findAll(ObjectQuery.all().label("web")))
                    .extracting(TokenObject::label)
                    .containsExactly("web", "web", "web");
            assertThat(session.findAll(ObjectQuery.all()))
                    .extracting(TokenObject::label)
                    .containsExactly("web", "web", "web");
            assertThat(tool.locate(Attributes.NONE.with(AttributeType.NAME, Name.of("web.crt"))))
                    .hasSize(1);
        }
    }

    @Test
    void keyThatIsNotActive_isRefusedByItsState() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of("activate", "never"));
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            KeyPairObject pair =
                    session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("early"));

            assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                    .isInstanceOf(TokenPermissionException.class)
                    .hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED: the key is PreActive");
        }
    }

    @Test
    void keyThatMayLeave_isUsedHereForWhatTheServerDoesNot() throws Exception {
        byte[] nonce = new byte[12];
        Mechanism ccm =
                Mechanism.AES_CCM.of(new MechanismParameters.Ccm(MESSAGE.length, Bytes.wrap(nonce), Bytes.empty(), 16));
        try (ServedKmip served = new ServedKmip(Map.of());
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            SecretKeyObject open = session.generateKey(
                    Mechanism.AES_KEY_GEN.bytes(32),
                    Template.label("open").with(Attribute.EXTRACTABLE, true).with(Attribute.SENSITIVE, false));
            SecretKeyObject shut = session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), Template.label("shut"));

            assertThat(session.encrypt(open, ccm, MESSAGE)).hasSize(MESSAGE.length + 16);
            assertThatThrownBy(() -> session.encrypt(shut, ccm, MESSAGE))
                    .isInstanceOf(MechanismNotSupportedException.class);
        }
    }

    @Test
    void jca_overTheToken_listsTheKeyAndSigns() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            KeyPairObject pair =
                    session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("jca"));
            SymbolonProvider provider = SymbolonProvider.of(session);
            KeyStore keys = KeyStore.getInstance(SymbolonProvider.NAME, provider);
            keys.load(null, null);

            assertThat(Collections.list(keys.aliases())).contains("jca");
            Signature signature = Signature.getInstance("SHA256withECDSA", provider);
            signature.initSign((PrivateKey) keys.getKey("jca", null));
            signature.update(MESSAGE);
            byte[] made = signature.sign();
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(PublicKeys.of(pair.publicKey()));
            check.update(MESSAGE);
            assertThat(check.verify(made)).isTrue();
        }
    }

    @Test
    void token_byHttps_isTheSame() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                TokenModule module = served.openByHttps();
                Session session = module.token("Contract").open(Login.protectedPath())) {
            KeyPairObject pair =
                    session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("web"));

            byte[] signature = session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE);

            assertThat(session.verify(pair.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                    .isTrue();
        }
    }

    @Test
    void uri_withASettingThatThereIsNot_isRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> TokenModule.open("kmip://localhost?grups=a", ModuleOptions.ofDefaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("groups")
                .hasMessageContaining("not grups=a");
    }

    @Test
    void copies_ofDataAndOfKeysThatMayLeave_areObjectsOfTheirOwn() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            SecretKeyObject key = session.generateKey(
                    Mechanism.AES_KEY_GEN.bytes(32),
                    Template.label("key").with(Attribute.EXTRACTABLE, true).with(Attribute.SENSITIVE, false));
            byte[] wanted = session.encrypt(key, Mechanism.AES_ECB, new byte[16]);

            SecretKeyObject copy = (SecretKeyObject) session.copy(key, Template.label("copy"));
            session.destroy(key);

            assertThat(session.encrypt(copy, Mechanism.AES_ECB, new byte[16])).isEqualTo(wanted);
        }
    }

    @Test
    void login_byAUsersPassword_takesThePinForIt() throws Exception {
        Pin password = Pin.of("of alice".toCharArray());
        KmipUsers users = KmipUsers.builder()
                .credentialRequired(true)
                .user("alice", PasswordHash.of(password))
                .build();
        try (ServedKmip served = new ServedKmip(Map.of("username", "alice"), server -> server.authenticator(users));
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(Login.user(password))) {
            assertThat(session.findAll(ObjectQuery.all())).isEmpty();

            assertThatThrownBy(() -> module.token("Contract").open(Login.user(Pin.of("wrong".toCharArray()))))
                    .isInstanceOf(TokenAuthenticationException.class)
                    .hasMessageContaining("CKR_PIN_INCORRECT");
        }
    }

    @Test
    void find_ofEverything_fetchesNoSecretData() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                KmipClient tool = served.client();
                KmipFaults watched = served.watched();
                TokenModule module = served.open(ModuleOptions.ofDefaults(), "ssh-users", watched.port());
                Session session = module.token("ssh-users").open(served.user())) {
            KeyBlock password =
                    new KeyBlock(KeyFormatType.OPAQUE, null, KeyValue.Plain.of(Bytes.wrap(MESSAGE)), null, null, null);
            tool.register(
                    new SecretData(SecretDataType.PASSWORD, password),
                    Attributes.NONE.with(AttributeType.OBJECT_GROUP, "ssh-users"));

            assertThat(session.findAll(ObjectQuery.all())).isEmpty();

            assertThat(watched.requests())
                    .map(request -> new String(TtlvXml.encode(request), StandardCharsets.UTF_8))
                    .anyMatch(text -> text.contains("value=\"Locate\""))
                    .noneMatch(text -> text.contains("value=\"Get\""));
        }
    }

    private static SshPublicKey newKey() throws Exception {
        return SshPublicKey.parseSubjectPublicKeyInfo(
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded());
    }

    @Test
    void lookUpOfAUsersKey_isTwoMessages_foundOrNot() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of("poll", "1h"));
                KmipFaults watched = served.watched();
                TokenModule module = served.open(ModuleOptions.ofDefaults(), "ssh-users", watched.port());
                Session session = module.token("ssh-users").open(served.user())) {
            TokenAuthorizedKeys keys = TokenAuthorizedKeys.in(session);
            SshPublicKey plain = newKey();
            SshPublicKey limited = newKey();
            keys.add("alice", plain);
            keys.add("alice", limited, AuthorizedKeyOptions.NONE, "laptop");

            int before = watched.requests().size();
            assertThat(keys.find("alice", plain)).isPresent();
            int plainOnes = watched.requests().size();
            assertThat(keys.find("alice", limited))
                    .hasValueSatisfying(key -> assertThat(key.comment()).isEqualTo("laptop"));
            int limitedOnes = watched.requests().size();
            assertThat(keys.find("nobody", plain)).isEmpty();

            assertThat(plainOnes - before).isEqualTo(2);
            assertThat(limitedOnes - plainOnes).isEqualTo(2);
            assertThat(watched.requests().size() - limitedOnes)
                    .as("nothing is located, so nothing is read")
                    .isEqualTo(1);
        }
    }

    @Test
    void performAll_ofDestructions_isFourMessagesAndEachFailsByItself() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of("poll", "1h"));
                KmipFaults watched = served.watched();
                TokenModule module = served.open(ModuleOptions.ofDefaults(), "Contract", watched.port());
                Session session = module.token("Contract").open(served.user())) {
            List<TokenObject> objects = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                objects.add(session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("key" + i)));
            }
            session.destroy(objects.get(7));

            int before = watched.requests().size();
            List<Outcome<?>> outcomes = session.performAll(
                    objects.stream().map(Request.Destroy::new).toList());

            assertThat(watched.requests().size() - before).isLessThanOrEqualTo(4);
            assertThat(outcomes.get(7).failure()).isInstanceOf(ObjectNotFoundException.class);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.failure() == null)
                    .hasSize(19);
            assertThat(session.findAll(ObjectQuery.all())).isEmpty();
        }
    }
}
