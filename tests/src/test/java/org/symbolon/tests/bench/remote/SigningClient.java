package org.symbolon.tests.bench.remote;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.remote.TlsKeys;

/**
 * A client that signs 64 bytes with a key on P-256 of its own, which lives on the token: SHA-256 and ECDSA. Each thread takes a
 * {@link RemoteSigner}.
 */
final class SigningClient implements Closeable {
    static final String SOFTHSM_PIN = "1234";
    private static final byte[] MESSAGE = new byte[64];
    private static final String CURVE = "secp256r1";

    private final BenchPeers peers;
    private final Deque<Closeable> closing = new ArrayDeque<>();
    private final Maker maker;

    /** Makes what one thread does. */
    private interface Maker {
        RemoteSigner make() throws GeneralSecurityException, IOException;
    }

    SigningClient(RemoteContender contender, BenchPeers peers) throws GeneralSecurityException, IOException {
        this.peers = peers;
        this.maker = switch (contender) {
            case LOCAL -> local();
            case ECHO -> () -> EchoServer.connect(peers);
            case SUN_P11KIT, SUN_SYMBOLON -> sunPkcs11(contender);
            case SYMBOLON_P11KIT -> unix(peers.p11KitSocket(), softHsmPin());
            case SYMBOLON -> unix(peers.symbolonSocket(), SoftTokens.PIN);
            case SYMBOLON_TLS -> tls();
            case SYMBOLON_RELAY -> unix(peers.relay().resolve(BenchServer.SOCKET), softHsmPin());
        };
    }

    RemoteSigner signer() throws GeneralSecurityException, IOException {
        return maker.make();
    }

    static Pin softHsmPin() {
        return Pin.of(SOFTHSM_PIN.toCharArray());
    }

    private Maker local() throws GeneralSecurityException, IOException {
        TokenModule module = SoftTokens.inDatabase(
                Files.createTempDirectory(peers.folder(), "local").resolve("token.db"));
        closing.push(module::close);
        return signing(SoftTokens.newSession(module, BenchServer.TOKEN));
    }

    private Maker unix(Path socket, Pin pin) throws GeneralSecurityException {
        return symbolon("unix:path=" + socket, ModuleOptions.ofDefaults(), pin);
    }

    private Maker tls() throws GeneralSecurityException {
        TlsKeys keys = peers.tlsKeys();
        ModuleOptions options = ModuleOptions.ofDefaults()
                .withSetting("trust", keys.certificate("server").toString())
                .withSetting("key-store", keys.keyStore("client").toString())
                .withSetting("key-store-password", "file:" + keys.password());
        return symbolon("tls://localhost:" + peers.tlsPort(), options, SoftTokens.PIN);
    }

    private Maker symbolon(String endpoint, ModuleOptions options, Pin pin) throws GeneralSecurityException {
        TokenModule module = TokenModule.open("p11:" + endpoint, options);
        closing.push(module::close);
        return signing(module.token(BenchServer.TOKEN).open(Login.user(pin)));
    }

    private Maker signing(Session session) throws GeneralSecurityException {
        closing.push(session::close);
        PrivateKeyObject key = session.generateKeyPair(
                        Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                        Template.label("bench-" + ProcessHandle.current().pid()).onToken())
                .privateKey();
        return () -> () -> session.sign(key, Mechanism.ECDSA_SHA256, MESSAGE);
    }

    /** Which server answers, the environment variable P11_KIT_SERVER_ADDRESS says. */
    private Maker sunPkcs11(RemoteContender contender) throws GeneralSecurityException, IOException {
        Path configuration = Files.createTempFile(peers.folder(), "sunpkcs11", ".cfg");
        Files.writeString(configuration, """
            name = Bench
            library = %s
            slotListIndex = 0
            attributes(generate, CKO_PRIVATE_KEY, *) = { CKA_TOKEN = true }
            """.formatted(RemoteBenchProgram.CLIENT_LIBRARY));
        Provider provider = Security.getProvider("SunPKCS11").configure(configuration.toString());
        Security.addProvider(provider);
        char[] pin = contender == RemoteContender.SUN_SYMBOLON ? SoftTokens.PIN.toChars() : SOFTHSM_PIN.toCharArray();
        KeyStore.getInstance("PKCS11", provider).load(null, pin);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(CURVE));
        PrivateKey key = generator.generateKeyPair().getPrivate();
        return () -> {
            Signature signature = Signature.getInstance("SHA256withECDSA", provider);
            signature.initSign(key);
            return () -> {
                signature.update(MESSAGE);
                signature.sign();
            };
        };
    }

    @Override
    public void close() throws IOException {
        while (!closing.isEmpty()) {
            closing.pop().close();
        }
    }
}
