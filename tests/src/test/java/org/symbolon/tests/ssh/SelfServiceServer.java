package org.symbolon.tests.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.server.SshServer;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.ssh.mina.publickey.PublicKeySubsystemFactory;
import org.symbolon.ssh.publickey.PublicKeySubsystem;
import org.symbolon.ssh.publickey.SelfServicePolicy;
import org.symbolon.ssh.publickey.TokenSelfServiceStore;
import org.symbolon.tests.SoftTokens;

/** A MINA server on a loopback port to which users log in by password, to bring their own keys into a soft token. */
final class SelfServiceServer implements AutoCloseable {
    static final String PASSWORD = "correct horse";

    private final TokenModule module;
    private final TokenAuthorizedKeys users;
    private final TokenSelfServiceStore store;
    private final TokenHostKeyProvider hostKeys;
    private final SshServer server;
    private final SshPublicKey hostKey;

    SelfServiceServer(Path database, SelfServicePolicy policy) throws Exception {
        module = SoftTokens.inDatabase(database);
        Session session = SoftTokens.newSession(module, "SSH");
        users = TokenAuthorizedKeys.in(session);
        store = TokenSelfServiceStore.of(session, users);
        session.generateKeyPair(
                Mechanism.keyPairGen(NamedCurve.ED25519), Template.label("host").onToken());
        hostKey = SshPublicKey.of(PublicKeys.of(session.publicKey("host")));
        hostKeys = TokenHostKeyProvider.of(session, "host");
        server = TokenSsh.configure(SshServer.setUpDefaultServer());
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(hostKeys);
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(users));
        server.setPasswordAuthenticator((user, password, connection) -> password.equals(PASSWORD));
        server.setCommandFactory((channel, command) -> new TokenSshServer.Greeting(command));
        server.setSubsystemFactories(PublicKeySubsystemFactory.of(new PublicKeySubsystem(store, policy)));
        server.start();
    }

    int port() {
        return server.getPort();
    }

    TokenAuthorizedKeys users() {
        return users;
    }

    TokenSelfServiceStore store() {
        return store;
    }

    List<SshPublicKey> trusted() {
        return List.of(hostKey);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
        hostKeys.close();
        module.close();
    }
}
