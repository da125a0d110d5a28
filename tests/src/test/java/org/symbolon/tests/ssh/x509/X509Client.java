package org.symbolon.tests.ssh.x509;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.ssh.mina.x509.X509Ssh;
import org.symbolon.ssh.x509.Authorities;
import org.symbolon.ssh.x509.RevocationPolicy;
import org.symbolon.ssh.x509.TrustAnchors;
import org.symbolon.ssh.x509.X509Validator;

/** A MINA client that knows hosts by the authority alone and logs in with a card. */
final class X509Client implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());

    X509Client(OpenSslCa ca, Card card, RevocationPolicy revocation) throws Exception {
        X509Validator hosts = X509Validator.builder(
                        TrustAnchors.of(Authorities.of(List.of(ca.certificate()), List.of(), List.of())))
                .revocation(revocation)
                .build();
        X509Ssh.presentUsers(client, card.keys());
        X509Ssh.verifyHosts(client, hosts, RejectAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    /** Uses these key exchanges only. */
    void exchanging(String... names) {
        client.setKeyExchangeFactories(client.getKeyExchangeFactories().stream()
                .filter(each -> Set.of(names).contains(each.getName()))
                .toList());
    }

    /** Logs in, and returns what the server prints. */
    String logIn(int port, String user) throws IOException {
        try (ClientSession session =
                client.connect(user, "localhost", port).verify(PATIENCE).getSession()) {
            session.auth().verify(PATIENCE);
            return session.executeRemoteCommand("hello").strip();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
