package org.symbolon.tests.bench.ssh;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.agent.TokenSshAgent;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.ssh.OpenSsh;

/** An ECDSA signature by our agent with a soft token beside one by OpenSSH's own agent, on one connection each. */
final class AgentBench {
    private static final int USERAUTH_REQUEST = 50;

    private AgentBench() {}

    static void run(SshBenchProgram.Scale scale, PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory(scale.folder(), "a");
        Path theirs = folder.resolve("openssh");
        SshPublicKey fileKey = new OpenSsh(folder).newKey("key", "ecdsa", 256);
        Process agent = new ProcessBuilder(
                        Peer.require("ssh-agent", "openssh-client").toString(), "-D", "-a", theirs.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (TokenModule module = SoftTokens.inMemory();
                Session session = SoftTokens.newSession(module, "Agent")) {
            SshPublicKey tokenKey = SshPublicKey.of(PublicKeys.of(session.generateKeyPair(
                            Mechanism.keyPairGen(NamedCurve.P256),
                            Template.label("key").onToken())
                    .publicKey()));
            load(folder, theirs);
            try (TokenSshAgent ours = TokenSshAgent.builder()
                            .token(session)
                            .socket(folder.resolve("ours"))
                            .start();
                    AgentClient toOurs = new AgentClient(ours.socket());
                    AgentClient toTheirs = new AgentClient(theirs)) {
                measure(scale, toOurs, tokenKey.blob(), toTheirs, fileKey.blob(), out);
            }
        } finally {
            agent.destroy();
        }
    }

    private static void load(Path folder, Path socket) throws Exception {
        while (!Files.exists(socket)) {
            Thread.onSpinWait();
        }
        Program add = Program.run(
                folder,
                Map.of("SSH_AUTH_SOCK", socket.toString()),
                List.of(Peer.require("ssh-add", "openssh-client"), "-q", folder.resolve("key")));
        if (add.exitCode() != 0) {
            throw new IllegalStateException(add.output());
        }
    }

    private static void measure(
            SshBenchProgram.Scale scale,
            AgentClient ours,
            byte[] tokenKey,
            AgentClient theirs,
            byte[] fileKey,
            PrintStream out)
            throws Exception {
        p50(ours, tokenKey, 5 * scale.signatures());
        p50(theirs, fileKey, scale.signatures());
        Samples own = new Samples();
        Samples other = new Samples();
        Samples difference = new Samples();
        for (int round = 0; round < scale.rounds(); round++) {
            double one = p50(ours, tokenKey, scale.signatures());
            double two = p50(theirs, fileKey, scale.signatures());
            own.add(one);
            other.add(two);
            difference.add(one - two);
        }
        out.println("| ECDSA P-256 signature by an agent, p50, µs | ours, soft token | ssh-agent | difference |");
        out.println("|---|---:|---:|---:|");
        out.printf(
                Locale.ROOT,
                "| one connection | %s | %s | %s |%n",
                own.text("%.0f"),
                other.text("%.0f"),
                difference.text("%.0f"));
    }

    /** What a login signs (RFC 4252 section 7); our agent signs nothing else unless it is told to. */
    private static byte[] login(byte[] key) {
        return new SshWriter()
                .string(new byte[32])
                .octet(USERAUTH_REQUEST)
                .string(Logins.USER)
                .string("ssh-connection")
                .string("publickey")
                .bool(true)
                .string("ecdsa-sha2-nistp256")
                .string(key)
                .toByteArray();
    }

    private static double p50(AgentClient agent, byte[] key, int signatures) throws Exception {
        byte[] data = login(key);
        Samples micros = new Samples();
        for (int i = 0; i < signatures; i++) {
            long start = System.nanoTime();
            agent.sign(key, data);
            micros.add((System.nanoTime() - start) / 1e3);
        }
        return micros.median();
    }
}
