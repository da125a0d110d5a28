package org.symbolon.tests.bench.ssh;

import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.UnknownCommand;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;

/** A MINA server as we set it up, with a P-256 host key in memory. */
final class BenchSshServer implements AutoCloseable {
    private final SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());

    BenchSshServer(AuthorizedKeys users, KeyPairProvider hostKeys) throws IOException {
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(hostKeys);
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(users));
        server.setCommandFactory((channel, command) -> new UnknownCommand(command));
        server.start();
    }

    static BenchSshServer over(AuthorizedKeys users) throws Exception {
        return new BenchSshServer(users, KeyPairProvider.wrap(newKey()));
    }

    static KeyPair newKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
