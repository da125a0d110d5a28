package org.symbolon.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.InvalidKeyException;
import java.util.List;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.config.SshConfiguration;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.mina.ServerLimits;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;

/** A MINA server on a free port of this machine alone, whose host key and users live in a token. It runs no programs. */
final class DemoServer implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    private final SshServer server;
    private final TokenHostKeyProvider hostKeys;

    private DemoServer(SshServer server, TokenHostKeyProvider hostKeys) {
        this.server = server;
        this.hostKeys = hostKeys;
    }

    static DemoServer start(Session session, String hostKeyLabel, AuthorizedKeys users, SshConfiguration ssh)
            throws IOException, InvalidKeyException, TokenException {
        TokenHostKeyProvider hostKeys = TokenHostKeyProvider.of(session, hostKeyLabel);
        SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer(), ServerLimits.of(ssh));
        server.setHost(HOST);
        server.setKeyPairProvider(hostKeys);
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(
                TokenPublickeyAuthenticator.builder(users, ssh).build());
        server.setCommandFactory((channel, command) -> new DemoProgram(command));
        server.setShellFactory(channel -> new DemoProgram(""));
        server.start();
        return new DemoServer(server, hostKeys);
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException("the server did not end", e);
        } finally {
            hostKeys.close();
        }
    }
}
