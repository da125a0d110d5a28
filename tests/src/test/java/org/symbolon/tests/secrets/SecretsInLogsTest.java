package org.symbolon.tests.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.server.SshServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.config.Configuration;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.KeyImport;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;
import org.symbolon.spi.Request;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;

/** PINs, keys and plaintexts do not reach a log, a message, a {@code toString} or the database file. */
class SecretsInLogsTest {
    private static final String SO_TEXT = "canary-so-9Qd7";
    private static final String USER_TEXT = "canary-user-4Xk2";
    private static final String WRONG_TEXT = "canary-wrong-7Zp5";
    private static final String CONFIGURED_TEXT = "canary-file-3Lm8";
    private static final byte[] PLAINTEXT = "canary plaintext of some length".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Canaries canaries = new Canaries()
            .text("the officer's PIN", SO_TEXT)
            .text("the user's PIN", USER_TEXT)
            .text("a wrong PIN", WRONG_TEXT)
            .text("a PIN in a file", CONFIGURED_TEXT)
            .bytes("the plaintext", PLAINTEXT);
    private final List<String> shown = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void capturedLog_ofACanary_isSearchedAtTraceLevel() {
        try (CapturedLog log = new CapturedLog()) {
            LoggerFactory.getLogger("somebody").trace("the pin {}", USER_TEXT);
            assertThat(canaries.in(log.text())).hasSize(1).first().asString().contains("the user's PIN");
        }
        assertThat(canaries.in("00 0x" + Bytes.wrap(PLAINTEXT).toHex())).isNotEmpty();
        assertThat(canaries.areIn(USER_TEXT.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @Test
    void softToken_throughItsLife_showsNoSecret() throws Exception {
        Path database = folder.resolve("secrets.db");
        try (CapturedLog log = new CapturedLog()) {
            try (TokenModule module = open(database)) {
                Token token = newToken(module);
                useWrongPins(token);
                try (Session session = token.open(Login.user(pin(USER_TEXT)))) {
                    importKeys(session);
                    cipher(session);
                }
            }
            assertNothingShown(log);
        }
        assertNothingStored(database);
    }

    @Test
    void jcaProvider_overASoftToken_showsNoSecret() throws Exception {
        Path database = folder.resolve("jca.db");
        try (CapturedLog log = new CapturedLog();
                TokenModule module = open(database)) {
            Token token = newToken(module);
            try (Session session = token.open(Login.user(pin(USER_TEXT)));
                    SymbolonProvider provider = SymbolonProvider.of(session)) {
                importKeys(session);
                KeyStore keys = KeyStore.getInstance(SymbolonProvider.NAME, provider);
                failing(() -> keys.load(null, WRONG_TEXT.toCharArray()));
                keys.load(null, null);
                List<String> aliases = Collections.list(keys.aliases());
                assertThat(aliases).isNotEmpty();
                for (String alias : aliases) {
                    if (keys.getKey(alias, null) instanceof PrivateKey key) {
                        show(key);
                        Signature signer = Signature.getInstance(
                                key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA", provider);
                        signer.initSign(key);
                        signer.update(PLAINTEXT);
                        assertThat(signer.sign()).isNotEmpty();
                        show(signer);
                    }
                }
                show(provider);
            }
            assertNothingShown(log);
        }
        assertNothingStored(database);
    }

    @Test
    void sshLogin_withKeysInASoftToken_showsNoSecret() throws Exception {
        Path database = folder.resolve("ssh.db");
        try (CapturedLog log = new CapturedLog();
                TokenModule module = open(database)) {
            Token token = newToken(module);
            try (Session session = token.open(Login.user(pin(USER_TEXT)))) {
                KeyPair user = importKeys(session);
                TokenAuthorizedKeys users = TokenAuthorizedKeys.in(session);
                users.add("alice", SshPublicKey.of(user.getPublic()));
                logIn(session, users);
            }
            assertNothingShown(log);
            assertThat(log.text()).as("MINA was heard at every level").contains("TRACE org.apache.sshd");
        }
        assertNothingStored(database);
    }

    @Test
    void configuration_withPins_showsNone() throws Exception {
        Path pinFile = folder.resolve("pin");
        Files.writeString(pinFile, CONFIGURED_TEXT + "\n");
        Files.setPosixFilePermissions(pinFile, PosixFilePermissions.fromString("rw-------"));
        Path good = configuration("good.yaml", "pin: ${file:" + pinFile + "}");
        Path literal = configuration("literal.yaml", "pin: " + CONFIGURED_TEXT);
        Path misspelt = configuration("misspelt.yaml", "pim: " + CONFIGURED_TEXT);
        try (CapturedLog log = new CapturedLog()) {
            Configuration configuration = Configuration.load(good);
            show(configuration);
            show(configuration.tokens());
            failing(() -> Configuration.load(literal));
            failing(() -> Configuration.load(misspelt));
            assertThat(canaries.in(log.text() + String.join("\n", shown))).isEmpty();
        }
    }

    private TokenModule open(Path database) throws Exception {
        return SoftModule.builder().sqlite(database).kdf(KdfParameters.floor()).open();
    }

    private Token newToken(TokenModule module) throws Exception {
        Token token = module.emptySlot().initialize("Secrets", pin(SO_TEXT));
        try (Session officer = token.open(Login.securityOfficer(pin(SO_TEXT)))) {
            officer.initPin(pin(USER_TEXT));
        }
        show(token);
        show(pin(USER_TEXT));
        show(Login.user(pin(USER_TEXT)));
        show(Login.securityOfficer(pin(SO_TEXT)));
        show(new Request.SetPin(pin(USER_TEXT), pin(WRONG_TEXT)));
        return token;
    }

    private void useWrongPins(Token token) throws Exception {
        failing(() -> token.open(Login.user(pin(WRONG_TEXT))).close());
        failing(() -> token.open(Login.securityOfficer(pin(WRONG_TEXT))).close());
        try (Session session = token.open(Login.user(pin(USER_TEXT)))) {
            failing(() -> session.setPin(pin(WRONG_TEXT), pin(USER_TEXT)));
            failing(() -> session.initPin(pin(WRONG_TEXT)));
            failing(() -> session.setPin(pin(USER_TEXT), pin(USER_TEXT.repeat(20))));
            show(session);
        }
    }

    /** Imports keys of each kind, after tries that fail, and returns a pair of P-256. */
    private KeyPair importKeys(Session session) throws Exception {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(256);
        KeyPair p256 = ec.generateKeyPair();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair rsa = generator.generateKeyPair();
        byte[] aes = session.random(32);
        byte[] notAes = session.random(33);
        RSAPrivateCrtKey crt = (RSAPrivateCrtKey) rsa.getPrivate();
        canaries.bytes("an EC key", ((ECPrivateKey) p256.getPrivate()).getS().toByteArray())
                .bytes("an RSA key", crt.getPrivateExponent().toByteArray())
                .bytes("an RSA prime", crt.getPrimeP().toByteArray())
                .bytes("an AES key", aes)
                .bytes("no AES key", notAes);

        failing(() -> session.create(secret("no AES key", notAes)));
        failing(() -> session.create(secret("contradiction", aes).with(Attribute.MODULUS_BITS, 7L)));
        KeyPairObject imported =
                KeyImport.keyPair(session, p256, Template.label("canary ec").onToken(), Template.empty());
        KeyImport.keyPair(session, rsa, Template.label("canary rsa").onToken(), Template.empty());
        TokenObject key = session.create(secret("canary aes", aes));
        failing(() -> session.sign(imported.privateKey(), Mechanism.SHA256_RSA_PKCS, PLAINTEXT));
        failing(() -> session.copy(key, secret("again", aes)));
        show(secret("canary aes", aes));
        show(new Request.Create(secret("canary aes", aes)));
        show(key);
        show(imported);
        show(session.getAttributes(imported.privateKey(), Set.of(Attribute.VALUE, Attribute.LABEL)));
        return p256;
    }

    private void cipher(Session session) throws Exception {
        SecretKeyObject key =
                (SecretKeyObject) session.require(ObjectQuery.secretKeys().label("canary aes"));
        Mechanism gcm = Mechanism.AES_GCM.iv(Bytes.wrap(session.random(12)));
        byte[] ciphertext = session.encrypt(key, gcm, PLAINTEXT);
        assertThat(session.decrypt(key, gcm, ciphertext)).isEqualTo(PLAINTEXT);
        ciphertext[0] ^= 1;
        failing(() -> session.decrypt(key, gcm, ciphertext));
        failing(() -> session.encrypt(key, Mechanism.AES_CBC.iv(Bytes.wrap(new byte[16])), PLAINTEXT));
        failing(() -> session.sign(key, Mechanism.ECDSA_SHA256, PLAINTEXT));
    }

    private static void logIn(Session session, TokenAuthorizedKeys users) throws Exception {
        try (SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
                SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
                TokenHostKeyProvider hostKeys = TokenHostKeyProvider.of(session, "canary rsa");
                TokenClientIdentities identities = TokenClientIdentities.of(session, "canary ec")) {
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(hostKeys);
            server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(users));
            server.start();
            client.setServerKeyVerifier((peer, address, key) -> true);
            client.setKeyIdentityProvider(identities);
            client.start();
            try (ClientSession login = client.connect("alice", "127.0.0.1", server.getPort())
                    .verify(PATIENCE)
                    .getSession()) {
                login.auth().verify(PATIENCE);
                assertThat(login.isAuthenticated()).isTrue();
            }
        }
    }

    private Path configuration(String name, String pinLine) throws Exception {
        Path file = folder.resolve(name);
        Files.writeString(file, "tokens:\n  team:\n    uri: soft:memory\n    " + pinLine + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static Template secret(String label, byte[] value) {
        return Template.label(label)
                .with(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.AES)
                .with(Attribute.VALUE, SecretBytes.copyOf(value))
                .with(Attribute.ENCRYPT, true)
                .with(Attribute.DECRYPT, true)
                .onToken();
    }

    private static Pin pin(String text) {
        return Pin.of(text.toCharArray());
    }

    private void show(Object object) {
        shown.add(String.valueOf(object));
    }

    /** Makes a call that has to fail, and remembers all that its exception shows. */
    private void failing(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isNotNull();
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        show(trace);
    }

    private void assertNothingShown(CapturedLog log) {
        assertThat(log.text()).as("something is logged").isNotEmpty();
        assertThat(canaries.in(log.text())).as("in the log").isEmpty();
        assertThat(shown).isNotEmpty();
        assertThat(canaries.in(String.join("\n", shown)))
                .as("in messages and texts")
                .isEmpty();
    }

    private void assertNothingStored(Path database) throws Exception {
        try (var files = Files.list(database.getParent())) {
            List<Path> stored = files.filter(file -> file.getFileName()
                            .toString()
                            .startsWith(database.getFileName().toString()))
                    .toList();
            assertThat(stored).isNotEmpty();
            for (Path file : stored) {
                assertThat(canaries.areIn(Files.readAllBytes(file)))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }
}
