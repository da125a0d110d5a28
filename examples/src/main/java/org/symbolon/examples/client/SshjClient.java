package org.symbolon.examples.client;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import org.symbolon.Session;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.sshj.TokenAuthPublickey;

/** sshj logs in with a private key that stays in its token. */
public final class SshjClient {
    private SshjClient() {}

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
        try (TokenSshKeys keys = TokenSshKeys.labelled(session, new TokenSigner(), List.of(label));
                SSHClient client = new SSHClient()) {
            client.addHostKeyVerifier(destination.hostKey().fingerprint());
            client.connect("127.0.0.1", destination.port());
            client.auth(destination.user(), TokenAuthPublickey.of(keys));
            return "SSH-2.0-" + client.getTransport().getServerVersion();
        }
    }

    /**
     * Runs the example against the server of the other example.
     *
     * @param args none
     * @throws Exception if the token or the server refuses
     */
    public static void main(String[] args) throws Exception {
        Rehearsal.run(SshjClient::login);
    }
}
