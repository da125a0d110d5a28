package org.symbolon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.OpenToken;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenClientIdentities;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.ssh.mina.publickey.PublicKeySubsystemChannel;
import org.symbolon.ssh.publickey.PublicKeySubsystemClient;
import org.symbolon.ssh.publickey.SubsystemVersion;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which SSH server a command logs in to, as whom, by what, and how the server is known. */
final class SshServerOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int DEFAULT_PORT = 22;
    private static final int MAX_PORT = 65_535;
    private static final Pattern DESTINATION =
            Pattern.compile("([^@]+)@(?:\\[([^\\[\\]]+)]|([^\\[\\]:@]+))(?::(\\d{1,5}))?");

    @Parameters(
            index = "0",
            paramLabel = "USER@HOST",
            description = "The user and the server, USER@HOST:PORT where the port is not 22.")
    private String destination = "";

    @Option(
            names = "--password",
            paramLabel = "REF",
            description = "Log in by this password, by reference: env:NAME, file:PATH, fd:NUMBER or stdin"
                    + " (default: you are asked, unless --token is given).")
    private @Nullable String password;

    @Option(
            names = "--key",
            paramLabel = "LABEL",
            description = "The token's private keys to log in with, in this order (default: all of the token).")
    private List<String> keys = List.of();

    @Option(
            names = "--host-key",
            paramLabel = "FINGERPRINT",
            description = "The server's host key, SHA256:... (default: it must be in the known hosts).")
    private @Nullable String hostKey;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "The hosts that are known (default: ~/.ssh/known_hosts).")
    private @Nullable Path knownHosts;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    /** What is done with the open subsystem. */
    @FunctionalInterface
    interface Work<T> {
        T run(PublicKeySubsystemClient client) throws IOException, CommandFailure;
    }

    /** Logs in, opens the public key subsystem and does something there. */
    <T> T withSubsystem(Symbolon root, Work<T> work)
            throws CommandFailure, ConfigurationException, IOException, GeneralSecurityException {
        Server server = server();
        if (password != null && tokens.isGiven()) {
            throw CommandFailure.usage("log in by --password or by the keys of --token, not by both");
        }
        if (!tokens.isGiven()) {
            String whose = "password of " + server.user() + " at " + server.host();
            try (Pin secret = new Pins(root.terminal()).only(whose, "--password", password)) {
                return new Connection(server, verifier(), root).withPassword(secret, work);
            }
        }
        try (OpenToken token = login.open(root, tokens.choose(root.configuration()));
                TokenClientIdentities identities = keys.isEmpty()
                        ? TokenClientIdentities.all(token.session())
                        : TokenClientIdentities.of(token.session(), keys.toArray(String[]::new))) {
            return new Connection(server, verifier(), root).withKeys(identities, work);
        }
    }

    private record Server(String user, String host, int port) {}

    private Server server() throws CommandFailure {
        Matcher matcher = DESTINATION.matcher(destination);
        int port = matcher.matches() && matcher.group(4) != null ? Integer.parseInt(matcher.group(4)) : DEFAULT_PORT;
        if (!matcher.matches() || port < 1 || port > MAX_PORT) {
            throw CommandFailure.usage("\"" + destination + "\" is not USER@HOST or USER@HOST:PORT");
        }
        String host = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        return new Server(matcher.group(1), host, port);
    }

    private ServerKeyVerifier verifier() {
        if (hostKey != null) {
            String expected = hostKey;
            return (session, address, offered) -> fingerprint(offered).equals(expected);
        }
        Path file = knownHosts == null ? Path.of(System.getProperty("user.home"), ".ssh", "known_hosts") : knownHosts;
        return new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, file);
    }

    private static String fingerprint(PublicKey key) {
        try {
            return SshPublicKey.of(key).fingerprint();
        } catch (SshFormatException e) {
            return "a key of another kind";
        }
    }

    /** One connection, whose host key is remembered for the message of a refusal. */
    private static final class Connection {
        private final Server server;
        private final ServerKeyVerifier verifier;
        private final Symbolon root;
        private volatile @Nullable String refused;

        Connection(Server server, ServerKeyVerifier verifier, Symbolon root) {
            this.server = server;
            this.verifier = verifier;
            this.root = root;
        }

        <T> T withPassword(Pin secret, Work<T> work) throws CommandFailure {
            SshClient client = client();
            client.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
            client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            // MINA takes passwords as text only
            return run(client, session -> session.addPasswordIdentity(new String(secret.toChars())), work);
        }

        <T> T withKeys(TokenClientIdentities identities, Work<T> work) throws CommandFailure {
            SshClient client = client();
            client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
            client.setKeyIdentityProvider(identities);
            return run(client, session -> {}, work);
        }

        private SshClient client() {
            SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
            client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            client.setServerKeyVerifier((session, address, offered) -> {
                boolean known = verifier.verifyServerKey(session, address, offered);
                refused = known ? null : fingerprint(offered);
                return known;
            });
            return client;
        }

        private interface Preparation {
            void prepare(ClientSession session);
        }

        private <T> T run(SshClient client, Preparation preparation, Work<T> work) throws CommandFailure {
            root.terminal().status("connecting to " + server.host());
            client.start();
            try (ClientSession session = client.connect(server.user(), server.host(), server.port())
                    .verify(PATIENCE)
                    .getSession()) {
                preparation.prepare(session);
                session.auth().verify(PATIENCE);
                try (PublicKeySubsystemChannel channel =
                        PublicKeySubsystemChannel.open(session, SubsystemVersion.RFC7076, PATIENCE)) {
                    return work.run(channel.client());
                }
            } catch (IOException e) {
                throw failure(e);
            } finally {
                client.stop();
                root.terminal().clearStatus();
            }
        }

        private CommandFailure failure(IOException e) {
            String unknown = refused;
            if (unknown != null) {
                return new CommandFailure(
                        ExitCode.AUTHENTICATION,
                        "the host key of " + server.host() + ", " + unknown + ", is not known. If it is the right one,"
                                + " give it with --host-key " + unknown);
            }
            boolean loginRefused =
                    e instanceof SshException && String.valueOf(e.getMessage()).contains("authentication");
            return loginRefused
                    ? new CommandFailure(
                            ExitCode.AUTHENTICATION, server.host() + " refuses the login of " + server.user())
                    : new CommandFailure(ExitCode.UNAVAILABLE, server.host() + ": " + e.getMessage());
        }
    }
}
