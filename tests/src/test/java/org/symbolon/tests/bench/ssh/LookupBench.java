package org.symbolon.tests.bench.ssh;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.lookup.SshLookup;
import org.symbolon.ssh.lookup.SshLookupServer;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.ssh.OpenSsh;
import org.symbolon.tests.ssh.OpenSshServer;

/** What sshd waits for at AuthorizedKeysCommand: the shipped script, from fork to exit, beside a program that does nothing. */
final class LookupBench {
    private static final Path SCRIPT = Path.of("cli/src/main/resources/org/symbolon/cli/symbolon-sshd");
    private static final FileAttribute<?> FOR_ALL =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    /** Microseconds from fork to exit, one a line; bash reads the clock without a fork of its own. */
    private static final String CLOCK = "n=$1; shift; for ((i = 0; i < n; i++)); do a=$EPOCHREALTIME;"
            + " \"$@\" >/dev/null || exit 1; b=$EPOCHREALTIME; echo $((${b/./} - ${a/./})); done";

    private LookupBench() {}

    static void run(SshBenchProgram.Scale scale, PrintStream out) throws Exception {
        Peer.require("nc", "netcat-openbsd");
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "ssh-lookup", FOR_ALL); // where nobody may go
        Path script = Files.copy(Peer.root().resolve(SCRIPT), folder.resolve("lookup"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        SshPublicKey key = new OpenSsh(Files.createDirectory(folder.resolve("k"))).newKey("key", "ed25519", 256);
        try (TokenModule module = SoftTokens.inMemory();
                Session session = SoftTokens.newSession(module, "Users")) {
            TokenAuthorizedKeys keys = TokenAuthorizedKeys.in(session);
            keys.add(Logins.USER, key);
            Path socket = folder.resolve("socket");
            try (SshLookupServer server =
                    SshLookupServer.start(socket, isRoot() ? Set.of("nobody") : Set.of(), new SshLookup(keys), 64)) {
                String offered = Base64.getEncoder().encodeToString(key.blob());
                List<String> question = List.of(script.toString(), socket.toString(), "keys", Logins.USER, offered);
                requireAnswer(Program.run(question.toArray()), key);
                measure(scale, question, out);
                if (!server.health().isGood()) {
                    throw new IllegalStateException(server.health().toString());
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void requireAnswer(Program program, SshPublicKey key) {
        if (program.exitCode() != 0 || !program.output().contains(key.toOpenSshLine(""))) {
            throw new IllegalStateException(program.toString());
        }
    }

    private static void measure(SshBenchProgram.Scale scale, List<String> question, PrintStream out) throws Exception {
        int calls = scale.signatures();
        List<String> nothing = List.of("/bin/true");
        timed(calls, question);
        Samples script = new Samples();
        Samples slow = new Samples();
        Samples fork = new Samples();
        for (int round = 0; round < scale.rounds(); round++) {
            Samples one = timed(calls, question);
            script.add(one.median());
            slow.add(one.quantile(0.95));
            fork.add(timed(calls, nothing).median());
        }
        out.println("| AuthorizedKeysCommand, fork to exit, ms | p50 | p95 | /bin/true, p50 |");
        out.println("|---|---:|---:|---:|");
        out.printf(
                Locale.ROOT,
                "| the script as %s, soft token in memory | %s | %s | %s |%n",
                isRoot() ? "nobody" : OpenSshServer.USER,
                script.text("%.1f"),
                slow.text("%.1f"),
                fork.text("%.1f"));
    }

    private static Samples timed(int calls, List<String> command) throws Exception {
        List<Object> line = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "nobody", "--") : List.of());
        line.addAll(List.of("bash", "-c", CLOCK, "clock", String.valueOf(calls)));
        line.addAll(command);
        Program program = Program.run(Path.of("/"), Map.of("LC_ALL", "C"), line);
        if (program.exitCode() != 0) {
            throw new IllegalStateException(program.output());
        }
        Samples millis = new Samples();
        program.output().lines().forEach(micros -> millis.add(Long.parseLong(micros) / 1e3));
        return millis;
    }

    private static boolean isRoot() {
        return OpenSshServer.USER.equals("root");
    }
}
