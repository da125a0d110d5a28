package org.symbolon.cli;

import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenSsh;

/** Logs in with Java, by a private key that stays in the token, to a server whose host key is known beforehand. */
final class JavaLogin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SshClient client;
    private final TokenClientIdentities identities;
    private final int port;

    private JavaLogin(SshClient client, TokenClientIdentities identities, int port) {
        this.client = client;
        this.identities = identities;
        this.port = port;
    }

    static JavaLogin of(Session session, String keyLabel, SshPublicKey hostKey, int port)
            throws InvalidKeyException, TokenException {
        TokenClientIdentities identities = TokenClientIdentities.of(session, keyLabel);
        SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
        client.setKeyIdentityProvider(identities);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setServerKeyVerifier((connection, address, offered) -> isSame(hostKey, offered));
        client.start();
        return new JavaLogin(client, identities, port);
    }

    private static boolean isSame(SshPublicKey expected, PublicKey offered) {
        try {
            return expected.equals(SshPublicKey.of(offered));
        } catch (SshFormatException e) {
            return false;
        }
    }

    /** Logs in, runs a command, and returns the first line of its output. */
    String run(String user, String command) throws IOException {
        try (ClientSession connection = connect(user)) {
            connection.auth().verify(PATIENCE);
            return connection.executeRemoteCommand(command).strip();
        }
    }

    /** Returns whether the server refuses the login. */
    boolean isRefused(String user) throws IOException {
        try (ClientSession connection = connect(user)) {
            AuthFuture login = connection.auth();
            login.await(PATIENCE);
            return login.getException() instanceof SshException refusal
                    && refusal.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;
        }
    }

    private ClientSession connect(String user) throws IOException {
        return client.connect(user, DemoServer.HOST, port).verify(PATIENCE).getSession();
    }

    @Override
    public void close() {
        client.stop();
        identities.close();
    }
}
