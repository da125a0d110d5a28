package org.symbolon.examples.client;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.RequiredServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.symbolon.Session;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenSsh;

/** Apache MINA logs in with a private key that stays in its token. */
public final class MinaClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private MinaClient() {}

    /**
     * Logs in.
     *
     * @param session a logged-in session on the token
     * @param label the private key's label
     * @param destination where to
     * @return what the server calls itself
     * @throws GeneralSecurityException if the token has no such key
     * @throws IOException if the server refuses
     */
    public static String login(Session session, String label, Destination destination)
            throws GeneralSecurityException, IOException {
        try (SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
                TokenClientIdentities identities = TokenClientIdentities.of(session, label)) {
            client.setKeyIdentityProvider(identities);
            client.setServerKeyVerifier(
                    new RequiredServerKeyVerifier(destination.hostKey().toPublicKey()));
            client.start();
            try (ClientSession connection = client.connect(destination.user(), "127.0.0.1", destination.port())
                    .verify(PATIENCE)
                    .getSession()) {
                connection.auth().verify(PATIENCE);
                return connection.getServerVersion();
            }
        }
    }

    /**
     * Runs the example against the server of the other example.
     *
     * @param args none
     * @throws Exception if the token or the server refuses
     */
    public static void main(String[] args) throws Exception {
        Rehearsal.run(MinaClient::login);
    }
}
