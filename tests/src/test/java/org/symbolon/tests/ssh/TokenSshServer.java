package org.symbolon.tests.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.LiveLogins;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.tests.SoftTokens;

/** A MINA server on a loopback port whose host keys and authorized keys are in a token. */
public final class TokenSshServer implements AutoCloseable {
    private static final Map<String, Mechanism> HOST_KEYS = Map.of(
            "host rsa", Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
            "host p256", Mechanism.keyPairGen(NamedCurve.P256),
            "host p384", Mechanism.keyPairGen(NamedCurve.P384),
            "host p521", Mechanism.keyPairGen(NamedCurve.P521),
            "host ed25519", Mechanism.keyPairGen(NamedCurve.ED25519));

    private final TokenModule module;
    private final Session session;
    private final AuthorizedKeys users;
    private final TokenHostKeyProvider hostKeys;
    private final SshServer server;
    private final List<String> labels;

    private TokenSshServer(TokenModule module, Session session, AuthorizedKeys users, Map<String, Mechanism> mechanisms)
            throws Exception {
        this.module = module;
        this.session = session;
        this.users = users;
        this.labels = List.copyOf(mechanisms.keySet());
        for (Map.Entry<String, Mechanism> hostKey : mechanisms.entrySet()) {
            session.generateKeyPair(
                    hostKey.getValue(), Template.label(hostKey.getKey()).onToken());
        }
        hostKeys = TokenHostKeyProvider.of(session, labels.toArray(String[]::new));
        server = TokenSsh.configure(SshServer.setUpDefaultServer());
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(hostKeys);
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(users));
        server.setCommandFactory((channel, command) -> new Greeting(command));
        server.start();
    }

    /** A server over a new soft token in a database, with host keys of every kind. */
    static TokenSshServer start(Path database) throws Exception {
        TokenModule module = SoftTokens.inDatabase(database);
        Session session = SoftTokens.newSession(module, "SSH");
        return new TokenSshServer(module, session, TokenAuthorizedKeys.in(session), HOST_KEYS);
    }

    /** A server over any token, with one host key that is made there; closes the module in the end. */
    public static TokenSshServer over(TokenModule module, Session session, AuthorizedKeys users, Mechanism hostKey)
            throws Exception {
        return new TokenSshServer(module, session, users, Map.of("host", hostKey));
    }

    /** Where it listens on this machine. */
    public int port() {
        return server.getPort();
    }

    /** Ends the sessions of keys that are removed. */
    public void endSessions(LiveLogins live) {
        server.setPublickeyAuthenticator(
                TokenPublickeyAuthenticator.builder(users).endSessions(live).build());
    }

    /** How many sessions are logged in. */
    public long logins() {
        return server.getActiveSessions().stream()
                .filter(AbstractSession::isAuthenticated)
                .count();
    }

    SshServer server() {
        return server;
    }

    AuthorizedKeys users() {
        return users;
    }

    Session session() {
        return session;
    }

    /** The host keys as the token shows them, by their SSH names. */
    public Map<String, SshPublicKey> hostKeys() throws Exception {
        Map<String, SshPublicKey> keys = new LinkedHashMap<>();
        for (String label : labels) {
            SshPublicKey key = SshPublicKey.of(PublicKeys.of(session.publicKey(label)));
            keys.put(key.type().wireName(), key);
        }
        return keys;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
        hostKeys.close();
        module.close();
    }

    /** Greets the user by name and repeats the command. */
    static final class Greeting extends AbstractCommandSupport {
        Greeting(String command) {
            super(command, null);
        }

        @Override
        public void run() {
            ExitCallback callback = getExitCallback();
            try (OutputStream out = getOutputStream()) {
                String greeting = "hello " + getServerSession().getUsername() + ": " + getCommand() + "\n";
                out.write(greeting.getBytes(StandardCharsets.UTF_8));
                out.flush();
                callback.onExit(0);
            } catch (IOException e) {
                callback.onExit(1, e.getMessage());
            }
        }
    }
}
