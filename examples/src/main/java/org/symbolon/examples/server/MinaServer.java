package org.symbolon.examples.server;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.UnknownCommand;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.config.OpenToken;
import org.symbolon.examples.MemoryToken;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;

/** An SSH server whose host key and users' public keys live in a token. */
public final class MinaServer {
    private MinaServer() {}

    /**
     * Starts the server.
     *
     * @param session a logged-in session on the token, open for longer than the server
     * @param port where it listens; 0 for a free port
     * @return the running server, to be closed
     * @throws GeneralSecurityException if the token has no key labelled {@code ssh-host}
     * @throws IOException if the port is taken
     */
    public static SshServer start(Session session, int port) throws GeneralSecurityException, IOException {
        SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(TokenHostKeyProvider.of(session, "ssh-host"));
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(TokenAuthorizedKeys.in(session)));
        server.setCommandFactory((channel, command) -> new UnknownCommand(command));
        server.start();
        return server;
    }

    /**
     * Runs the example until Enter is pressed.
     *
     * @param args an OpenSSH public key, such as {@code "$(cat ~/.ssh/id_ed25519.pub)"}, that may log in as alice
     * @throws GeneralSecurityException if the token refuses
     * @throws IOException if the network does
     */
    public static void main(String[] args) throws GeneralSecurityException, IOException {
        try (OpenToken team = MemoryToken.open()) {
            Session session = team.session();
            session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.ED25519), Template.label("ssh-host"));
            for (String line : args) {
                TokenAuthorizedKeys.in(session).add("alice", SshPublicKey.parseOpenSshLine(line));
            }
            try (SshServer server = start(session, 0)) {
                System.out.println("ssh -p " + server.getPort() + " alice@127.0.0.1");
                System.in.read();
            }
        }
    }
}
