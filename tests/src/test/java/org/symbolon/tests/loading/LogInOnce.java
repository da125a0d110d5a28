package org.symbolon.tests.loading;

import java.time.Duration;
import java.util.Objects;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.server.SshServer;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenPublickeyAuthenticator;
import org.symbolon.ssh.mina.TokenSsh;

/** A program that logs in over SSH, with host key, user key and authorized key in a token, and says so. */
public final class LogInOnce {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LogInOnce() {}

    public static void main(String[] args) throws Exception {
        try (TokenModule module = TokenModule.open("soft:memory");
                Pin pin = Pin.of("1234567890".toCharArray())) {
            Token token = module.emptySlot().initialize("Loaded", pin);
            try (Session officer = token.open(Login.securityOfficer(pin))) {
                officer.initPin(pin);
            }
            try (Session session = token.open(Login.user(pin))) {
                session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("host"));
                session.generateKeyPair(Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519"), Template.label("alice's"));
                TokenAuthorizedKeys users = TokenAuthorizedKeys.in(session);
                users.add("alice", SshPublicKey.of(PublicKeys.of(session.publicKey("alice's"))));
                System.out.println(logIn(session, users) + " with MINA from " + home());
            }
        }
    }

    private static String logIn(Session session, TokenAuthorizedKeys users) throws Exception {
        try (SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
                SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient())) {
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(TokenHostKeyProvider.of(session, "host"));
            server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(users));
            server.start();
            client.setServerKeyVerifier((peer, address, key) -> true);
            client.setKeyIdentityProvider(TokenClientIdentities.of(session, "alice's"));
            client.start();
            try (ClientSession login = client.connect("alice", "127.0.0.1", server.getPort())
                    .verify(PATIENCE)
                    .getSession()) {
                login.auth().verify(PATIENCE);
                return login.isAuthenticated() ? "logged in" : "refused";
            }
        }
    }

    private static String home() {
        return Objects.requireNonNullElse(SshServer.class.getModule().getName(), "the class path");
    }
}
