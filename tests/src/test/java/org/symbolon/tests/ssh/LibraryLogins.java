package org.symbolon.tests.ssh;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.UnknownCommand;
import org.symbolon.Login;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.examples.client.ConnectBotClient;
import org.symbolon.examples.client.Destination;
import org.symbolon.examples.client.JschClient;
import org.symbolon.examples.client.MinaClient;
import org.symbolon.examples.client.SshjClient;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenHostKeyProvider;
import org.symbolon.ssh.mina.TokenSsh;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/**
 * A program that tries every library with every kind of key of a remote token: clients log in to OpenSSH's server, OpenSSH's
 * client logs in to servers. It needs no Bouncy Castle, so that it can run without.
 */
final class LibraryLogins {
    /** The labels of the keys in the token, one of each kind; the last ones are let in by their certificates alone. */
    static final List<String> LABELS =
            List.of("RSA", "P-256", "P-384", "P-521", "Ed25519", "certified RSA", "certified P-256");

    /** How many of them are let in by themselves. */
    static final int PLAIN = 5;

    static final String WORKS = "yes";

    private static final int SSH_FAILED = 255;

    private final Session session;
    private final Path folder;
    private final PrintStream reasons;

    private LibraryLogins(Session session, Path folder, PrintStream reasons) {
        this.session = session;
        this.folder = folder;
        this.reasons = reasons;
    }

    /** A use of the key with a label; it throws if the key does not work. */
    @FunctionalInterface
    private interface Use {
        void of(String label) throws Exception;
    }

    /**
     * Writes a line that says whether Bouncy Castle is there, and one for each library: its name and, for each label, {@value
     * #WORKS} or nothing, with semicolons between.
     *
     * @param arguments the remote token's URI; the label of the token; the port of OpenSSH's server; its host key; a folder
     *     with a key of OpenSSH's named {@code user}; the file to write
     */
    @SuppressWarnings("ClosingStandardOutputStreams") // reasons go there
    public static void main(String[] arguments) throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("Bouncy Castle;"
                + (ClassLoader.getSystemResource("org/bouncycastle/jce/provider/BouncyCastleProvider.class") != null));
        Path folder = Path.of(arguments[4]);
        Destination sshd = new Destination(
                OpenSshServer.USER, Integer.parseInt(arguments[2]), SshPublicKey.parseOpenSshLine(arguments[3]));
        try (TokenModule module = TokenModule.open(arguments[0]);
                Session session = module.token(arguments[1]).open(Login.user(SoftTokens.PIN))) {
            LibraryLogins logins = new LibraryLogins(session, folder, System.err);
            logins.uses(sshd).forEach((library, use) -> lines.add(logins.line(library, use)));
        }
        Files.write(Path.of(arguments[5]), lines);
        System.exit(0); // libraries leave threads behind
    }

    private Map<String, Use> uses(Destination sshd) {
        Map<String, Use> uses = new LinkedHashMap<>();
        uses.put("MINA server", this::serve);
        uses.put("MINA client", label -> MinaClient.login(session, label, sshd));
        uses.put("sshj client", label -> SshjClient.login(session, label, sshd));
        uses.put("JSch client", label -> JschClient.login(session, label, sshd));
        uses.put("ConnectBot sshlib client", label -> ConnectBotClient.login(session, label, sshd));
        return uses;
    }

    @SuppressWarnings("IllegalCatch") // any way to fail is an answer
    private String line(String library, Use use) {
        StringBuilder line = new StringBuilder(library);
        for (String label : LABELS) {
            line.append(';');
            try {
                use.of(label);
                line.append(WORKS);
            } catch (Exception e) {
                reasons.println(library + ", " + label + ":");
                e.printStackTrace(reasons);
            }
        }
        return line.toString();
    }

    private void serve(String label) throws Exception {
        SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
        try (TokenHostKeyProvider hostKeys = TokenHostKeyProvider.of(session, label)) {
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(hostKeys);
            server.setPublickeyAuthenticator((user, key, connection) -> true);
            server.setCommandFactory((channel, command) -> new UnknownCommand(command));
            server.start();
            OpenSsh client = new OpenSsh(folder);
            client.trust(server.getPort(), List.of(SshPublicKey.of(PublicKeys.of(session.publicKey(label)))));
            Program ssh = client.logIn(server.getPort(), "alice", "user");
            if (ssh.exitCode() == SSH_FAILED) {
                throw new IllegalStateException(ssh.output());
            }
        } finally {
            server.stop(true);
        }
    }
}
