package org.symbolon.examples.client;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.RequiredServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.server.SshServer;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.config.OpenToken;
import org.symbolon.examples.MemoryToken;
import org.symbolon.examples.server.MinaServer;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenSsh;

/** An SSH client that logs in with a private key that stays in its token. */
public final class MinaClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private MinaClient() {}

    /**
     * Logs in as alice.
     *
     * @param session a logged-in session on a token with a private key labelled {@code laptop}
     * @param port the server's port on this machine
     * @param hostKey the key that the server must have
     * @return what the server calls itself
     * @throws GeneralSecurityException if the token has no such key
     * @throws IOException if the server refuses
     */
    public static String login(Session session, int port, PublicKey hostKey)
            throws GeneralSecurityException, IOException {
        try (SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
                TokenClientIdentities identities = TokenClientIdentities.of(session, "laptop")) {
            client.setKeyIdentityProvider(identities);
            client.setServerKeyVerifier(new RequiredServerKeyVerifier(hostKey));
            client.start();
            try (ClientSession connection =
                    client.connect("alice", "127.0.0.1", port).verify(PATIENCE).getSession()) {
                connection.auth().verify(PATIENCE);
                return connection.getServerVersion();
            }
        }
    }

    /**
     * Runs the example against the server of the other example.
     *
     * @param args none
     * @throws GeneralSecurityException if the token refuses
     * @throws IOException if the server refuses
     */
    public static void main(String[] args) throws GeneralSecurityException, IOException {
        try (OpenToken team = MemoryToken.open()) {
            Session session = team.session();
            Mechanism ed25519 = Mechanism.keyPairGen(NamedCurve.ED25519);
            KeyPairObject host = session.generateKeyPair(ed25519, Template.label("ssh-host"));
            KeyPairObject laptop = session.generateKeyPair(ed25519, Template.label("laptop"));
            TokenAuthorizedKeys.in(session).add("alice", SshPublicKey.of(PublicKeys.of(laptop.publicKey())));
            try (SshServer server = MinaServer.start(session, 0)) {
                System.out.println(
                        "alice is logged in to " + login(session, server.getPort(), PublicKeys.of(host.publicKey())));
            }
        }
    }
}
