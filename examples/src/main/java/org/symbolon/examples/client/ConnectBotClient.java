package org.symbolon.examples.client;

import com.trilead.ssh2.Connection;
import com.trilead.ssh2.auth.SignatureProxy;
import com.trilead.ssh2.crypto.keys.Ed25519PublicKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.symbolon.Session;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.TokenSshKeys;

/** ConnectBot's sshlib logs in with a private key that stays in its token: any library that asks for signatures can. */
public final class ConnectBotClient {
    private ConnectBotClient() {}

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
        try (TokenSshKeys keys = TokenSshKeys.labelled(session, new TokenSigner(), List.of(label))) {
            Connection connection = new Connection("127.0.0.1", destination.port());
            try {
                connection.connect((host, port, algorithm, key) ->
                        Arrays.equals(key, destination.hostKey().blob()));
                TokenSshKey key = keys.keys().get(0);
                if (!connection.authenticateWithPublicKey(destination.user(), new InToken(key, keys.signer()))) {
                    throw new IOException("The server does not take " + key);
                }
                return "a server that takes " + key.publicKey().type().wireName();
            } finally {
                connection.close();
            }
        }
    }

    /** Has the token sign what sshlib wants signed. */
    private static final class InToken extends SignatureProxy {
        private final TokenSshKey key;
        private final TokenSigner signer;

        InToken(TokenSshKey key, TokenSigner signer) throws GeneralSecurityException {
            super(publicKey(key.publicKey()));
            this.key = key;
            this.signer = signer;
        }

        /** sshlib knows Ed25519 by its own class only. */
        private static PublicKey publicKey(SshPublicKey key) throws GeneralSecurityException {
            return key.type() == SshKeyType.ED25519
                    ? new Ed25519PublicKey(new X509EncodedKeySpec(key.toSubjectPublicKeyInfo()))
                    : key.toPublicKey();
        }

        /** The hash tells RSA's two algorithms apart; other keys have one. The result has the algorithm's name in front. */
        @Override
        public byte[] sign(byte[] message, String hash) throws IOException {
            try {
                return signer.sign(key.privateKey(), algorithm(hash), message).toBlob();
            } catch (GeneralSecurityException e) {
                throw new IOException(key + " cannot sign: " + e.getMessage(), e);
            }
        }

        private SshSignatureAlgorithm algorithm(String hash) throws IOException {
            List<SshSignatureAlgorithm> known = key.publicKey().type().signatureAlgorithms();
            return switch (hash) {
                case SHA1 -> throw new IOException("The server takes no RSA signature but SHA-1's");
                case SHA256 -> known.get(known.size() - 1);
                default -> known.get(0);
            };
        }
    }

    /**
     * Runs the example against the server of the other example.
     *
     * @param args none
     * @throws Exception if the token or the server refuses
     */
    public static void main(String[] args) throws Exception {
        Rehearsal.run(ConnectBotClient::login);
    }
}
