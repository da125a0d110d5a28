package org.symbolon.tests.bench.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/**
 * {@code tests/bench remote}: signatures through sockets, each contender in a JVM of its own. The servers run for the whole
 * time, and the contenders take turns, so that what else the machine does meets all of them alike.
 */
public final class RemoteBenchProgram {
    static final Path CLIENT_LIBRARY = Peer.requireFile(
            "p11-kit-modules",
            Path.of("/usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/pkcs11/p11-kit-client.so"),
            Path.of("/usr/lib64/pkcs11/p11-kit-client.so"));

    private final Plan plan;
    private final RemoteReport report = new RemoteReport();
    private final PrintStream progress;

    /** How long and how often is measured. */
    private record Plan(int rounds, int warmUpMillis, int measureMillis, int idleClients) {}

    private RemoteBenchProgram(Plan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs.
     *
     * @param args {@code --quick}, {@code --json}; names of contenders, all of them if none is named
     */
    public static void main(String[] args) throws IOException, InterruptedException, GeneralSecurityException {
        Set<String> arguments = Arrays.stream(args).collect(Collectors.toSet());
        boolean json = arguments.remove("--json");
        Plan plan = arguments.remove("--quick") ? new Plan(1, 4000, 1500, 200) : new Plan(3, 10_000, 3000, 1000);
        List<RemoteContender> contenders = Arrays.stream(RemoteContender.values())
                .filter(each -> arguments.isEmpty() || arguments.contains(each.name()))
                .toList();
        Path folder = Files.createTempDirectory("remote");
        RemoteBenchProgram program = new RemoteBenchProgram(plan, System.err);
        try (RunningPeers peers = RunningPeers.start(folder)) {
            program.measure(contenders, peers.peers());
            program.report.roundTrips(peers.roundTrips());
            if (arguments.isEmpty()) {
                program.measureIdle(folder);
            }
        }
        System.out.println(
                json
                        ? new ObjectMapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(program.report.results())
                        : program.report.text());
    }

    private void measure(List<RemoteContender> contenders, BenchPeers peers) throws IOException, InterruptedException {
        for (int round = 1; round <= plan.rounds; round++) {
            for (int threads : List.of(1, 8)) {
                for (RemoteContender contender : contenders) {
                    measure(round, contender, threads, peers);
                }
            }
        }
    }

    private void measure(int round, RemoteContender contender, int threads, BenchPeers peers)
            throws IOException, InterruptedException {
        Path socket = contender == RemoteContender.SUN_SYMBOLON ? peers.symbolonSocket() : peers.p11KitSocket();
        Program client = Program.run(
                Path.of("").toAbsolutePath(),
                Map.of("P11_KIT_SERVER_ADDRESS", "unix:path=" + socket),
                RunningPeers.java(
                        RemoteClientProgram.class,
                        contender,
                        threads,
                        plan.warmUpMillis,
                        plan.measureMillis,
                        peers.folder()));
        Optional<String> result = client.output()
                .lines()
                .filter(line -> line.startsWith(RemoteClientProgram.RESULT))
                .findFirst();
        if (result.isEmpty()) {
            progress.printf("%d %-14s %d: failed%n%s%n", round, contender, threads, client.output());
            return;
        }
        double[] values = Stream.of(result.get().split(" ", -1))
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
        report.add(new RemoteResult(round, contender, threads, values[0], values[1], values[2], values[3]));
        progress.printf(
                Locale.ROOT,
                "%d %-14s %d: %,8.0f/s, p50 %6.1f µs, p99 %7.1f µs, CPU %6.1f µs%n",
                round,
                contender,
                threads,
                values[0],
                values[1],
                values[2],
                values[3]);
    }

    private void measureIdle(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path own = Files.createDirectory(folder.resolve("idle"));
        try (RunningPeers.Server server = RunningPeers.Server.start(own, true)) {
            double unix = IdleClients.growth(
                    server.pid(), plan.idleClients, IdleClients.unix(own.resolve(BenchServer.SOCKET)));
            report.idle("unix socket", plan.idleClients, unix);
        }
        Path other = Files.createDirectory(folder.resolve("idle-tls"));
        try (RunningPeers.Server server = RunningPeers.Server.start(other, true)) {
            double tls = IdleClients.growth(
                    server.pid(),
                    plan.idleClients,
                    IdleClients.tls(new org.symbolon.tests.remote.TlsKeys(other), server.tlsPort()));
            report.idle("TLS", plan.idleClients, tls);
        }
    }
}
