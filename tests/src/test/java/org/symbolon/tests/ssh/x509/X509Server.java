package org.symbolon.tests.ssh.x509;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.ssh.mina.x509.X509Ssh;
import org.symbolon.ssh.mina.x509.X509UserKeys;
import org.symbolon.ssh.x509.Authorities;
import org.symbolon.ssh.x509.CertificateUsers;
import org.symbolon.ssh.x509.RevocationPolicy;
import org.symbolon.ssh.x509.TokenTrustAnchors;
import org.symbolon.ssh.x509.TrustAnchors;
import org.symbolon.ssh.x509.X509Validator;
import org.symbolon.tests.SoftTokens;

/** A MINA server with a certificate of its own, which lets users in by theirs. */
final class X509Server implements AutoCloseable {
    private final Card card;
    private final TokenModule trusted;
    private final SshServer server;

    X509Server(OpenSslCa ca, Mechanism hostKey, CertificateUsers users, RevocationPolicy revocation) throws Exception {
        this(ca, hostKey, users, revocation, TrustAnchors.of(Authorities.of(List.of(), List.of(), List.of())));
    }

    /** A server that trusts the authority in its token, and more. */
    X509Server(OpenSslCa ca, Mechanism hostKey, CertificateUsers users, RevocationPolicy revocation, TrustAnchors more)
            throws Exception {
        card = new Card(hostKey);
        card.put(ca.issueToHost("host", card.publicKey()));
        trusted = SoftTokens.inMemory();
        Session session = SoftTokens.newSession(trusted, "Trusted");
        keep(session, ca.certificate());
        X509Validator validator = X509Validator.builder(
                        TokenTrustAnchors.all(session).and(more))
                .revocation(revocation)
                .build();
        server = TokenSsh.configure(SshServer.setUpDefaultServer());
        server.setHost("127.0.0.1");
        X509Ssh.presentHosts(server, card.keys());
        X509Ssh.acceptUsers(server, validator);
        server.setPublickeyAuthenticator(TokenPublickeyAuthenticator.builder(TokenAuthorizedKeys.in(session))
                .check(new X509UserKeys(validator, users))
                .build());
        server.setCommandFactory((channel, command) -> new Greeting(command));
        server.start();
    }

    int port() {
        return server.getPort();
    }

    static void keep(Session session, X509Certificate certificate) throws Exception {
        session.create(Template.of(Attribute.CLASS, ObjectClass.CERTIFICATE)
                .with(Attribute.CERTIFICATE_TYPE, 0L)
                .with(Attribute.LABEL, "authority")
                .with(
                        Attribute.SUBJECT,
                        Bytes.of(certificate.getSubjectX500Principal().getEncoded()))
                .with(Attribute.VALUE, Bytes.of(certificate.getEncoded()))
                .onToken());
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
        card.close();
        trusted.close();
    }

    /** Greets the user by name. */
    private static final class Greeting extends AbstractCommandSupport {
        Greeting(String command) {
            super(command, null);
        }

        @Override
        public void run() {
            try (OutputStream out = getOutputStream()) {
                out.write(("hello " + getServerSession().getUsername() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                onExit(0);
            } catch (IOException e) {
                onExit(1, e.getMessage());
            }
        }
    }
}
