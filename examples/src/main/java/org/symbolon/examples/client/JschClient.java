package org.symbolon.examples.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import org.symbolon.Session;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.jsch.TokenIdentityRepository;

/** JSch logs in with a private key that stays in its token. */
public final class JschClient {
    private JschClient() {}

    /**
     * Logs in.
     *
     * @param session a logged-in session on the token
     * @param label the private key's label
     * @param destination where to
     * @return what the server calls itself
     * @throws GeneralSecurityException if the token has no such key
     * @throws JSchException if the server refuses
     */
    public static String login(Session session, String label, Destination destination)
            throws GeneralSecurityException, JSchException {
        try (TokenSshKeys keys = TokenSshKeys.labelled(session, new TokenSigner(), List.of(label))) {
            String known = "[127.0.0.1]:" + destination.port() + " "
                    + destination.hostKey().toOpenSshLine("") + "\n";
            JSch jsch = new JSch();
            jsch.setKnownHosts(new ByteArrayInputStream(known.getBytes(UTF_8)));
            jsch.setIdentityRepository(new TokenIdentityRepository(keys));
            com.jcraft.jsch.Session connection = jsch.getSession(destination.user(), "127.0.0.1", destination.port());
            connection.connect();
            try {
                return connection.getServerVersion();
            } finally {
                connection.disconnect();
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
        Rehearsal.run(JschClient::login);
    }
}
