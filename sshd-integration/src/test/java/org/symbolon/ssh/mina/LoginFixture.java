package org.symbolon.ssh.mina;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignature;
import org.symbolon.ssh.SshSignatureAlgorithm;

/** A MINA server over {@link ListedKeys} and a MINA client, on loopback. */
final class LoginFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final ListedKeys keys = new ListedKeys();
    final SshServer server;
    final SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());

    LoginFixture() throws Exception {
        this(ServerLimits.ofDefaults());
    }

    LoginFixture(ServerLimits limits) throws Exception {
        server = TokenSsh.configure(SshServer.setUpDefaultServer(), limits);
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(
                KeyPairProvider.wrap(KeyFiles.secret("openssh-ecdsa-256").keyPair()));
        server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(keys));
        server.setCommandFactory((channel, line) -> new Report("exec " + line));
        server.setShellFactory(channel -> new Report("shell"));
        server.setSubsystemFactories(List.of(subsystem("sftp"), subsystem("other")));
        client.setServerKeyVerifier((session, address, key) -> true);
    }

    LoginFixture start() throws IOException {
        server.start();
        client.start();
        return this;
    }

    /** The client logs in by a key of the JDK. */
    SshPublicKey as(String file) throws GeneralSecurityException, IOException {
        KeyPair pair = KeyFiles.secret(file).keyPair();
        client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(pair));
        return SshPublicKey.of(pair.getPublic());
    }

    ClientSession logIn(String user) throws IOException {
        ClientSession session = client.connect(user, "127.0.0.1", server.getPort())
                .verify(PATIENCE)
                .getSession();
        try {
            session.auth().verify(PATIENCE);
            return session;
        } catch (IOException e) {
            session.close(true);
            throw e;
        }
    }

    /** What a channel prints until it ends. */
    static String output(ClientChannel channel) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (channel) {
            channel.setOut(out);
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    /** A signature blob by a key of the JDK. */
    static byte[] sign(String file, SshSignatureAlgorithm algorithm, String jca, byte[] message)
            throws GeneralSecurityException {
        Signature engine = Signature.getInstance(jca);
        engine.initSign(KeyFiles.secret(file).keyPair().getPrivate());
        engine.update(message);
        return SshSignature.ofJca(algorithm, engine.sign()).toBlob();
    }

    @Override
    public void close() throws IOException {
        client.stop();
        server.close(true).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static SubsystemFactory subsystem(String name) {
        return new SubsystemFactory() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public Command createSubsystem(ChannelSession channel) {
                return new Report("subsystem " + name);
            }
        };
    }

    /** Says what was run, and the variables that tests look at. */
    private static final class Report extends AbstractCommandSupport {
        Report(String what) {
            super(what, null);
        }

        @Override
        public void run() {
            Map<String, String> variables = getEnvironment().getEnv();
            StringBuilder report = new StringBuilder(getCommand());
            for (String name : List.of("SSH_ORIGINAL_COMMAND", "TEAM", "LANG", "TERM")) {
                if (variables.containsKey(name)) {
                    report.append("; ").append(name).append('=').append(variables.get(name));
                }
            }
            try {
                getOutputStream().write(report.toString().getBytes(StandardCharsets.UTF_8));
                getOutputStream().flush();
                onExit(0);
            } catch (IOException e) {
                onExit(1, "the client is gone");
            }
        }
    }
}
