package org.symbolon.tests.bench.kmip;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.tests.bench.CpuTimeProfiler;
import org.symbolon.tests.kmip.PykmipServer;

/** {@code tests/bench kmip}: the codec beside PyKMIP's, and clients at our server and at PyKMIP's; prints tables. */
public final class KmipBenchProgram {
    private static final int USERS = 10_000;

    private final boolean quick;
    private final PrintStream out;
    private final PrintStream progress;
    private final Path folder;

    private KmipBenchProgram(boolean quick, PrintStream out, PrintStream progress, Path folder) {
        this.quick = quick;
        this.out = out;
        this.progress = progress;
        this.folder = folder;
    }

    /**
     * Runs.
     *
     * @param args {@code --quick}; {@code codec}, {@code server}, {@code pykmip}, all of them if none is named
     */
    public static void main(String[] args)
            throws IOException, InterruptedException, RunnerException, GeneralSecurityException, ExecutionException {
        List<String> arguments = List.of(args);
        boolean quick = arguments.contains("--quick");
        boolean all = arguments.stream().allMatch(each -> each.startsWith("--"));
        Path folder = Files.createTempDirectory("kmip");
        KmipBenchProgram program = new KmipBenchProgram(quick, System.out, System.err, folder);
        if (all || arguments.contains("codec")) {
            program.codec();
        }
        if (all || arguments.contains("server")) {
            program.server();
        }
        if (all || arguments.contains("pykmip")) {
            program.pykmip();
        }
    }

    private void codec() throws RunnerException, IOException, InterruptedException {
        out.println("| message | bytes | decoded /CPU s | MB/CPU s | allocated | encoded /CPU s | allocated "
                + "| PyKMIP decodes /CPU s | encodes |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (CodecMessage message : CodecMessage.values()) {
            RunResult decoded = measure("decode", message);
            RunResult encoded = measure("encode", message);
            Optional<PykmipCodec.Rates> python = PykmipCodec.of(message, folder);
            int bytes = message.bytes().length;
            out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,.0f | %,.0f | %,.0f B | %,.0f | %,.0f B | %s | %s |%n",
                    message.title(),
                    bytes,
                    perCpuSecond(decoded),
                    perCpuSecond(decoded) * bytes / 1e6,
                    allocated(decoded),
                    perCpuSecond(encoded),
                    allocated(encoded),
                    python.map(rates -> number(rates.decode())).orElse("-"),
                    python.map(rates -> number(rates.encode())).orElse("-"));
        }
        out.println();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private RunResult measure(String method, CodecMessage message) throws RunnerException {
        progress.printf("%s %s%n", method, message);
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(CodecBenchmark.class.getName() + "." + method + "$")
                        .param("message", message.name())
                        .forks(1)
                        .warmupIterations(quick ? 1 : 3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(quick ? 1 : 3)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuTimeProfiler.class)
                        .jvmArgsAppend("-Xms256m", "-Xmx256m")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        return results.iterator().next();
    }

    private static double perCpuSecond(RunResult result) {
        return 1e9 / secondary(result, CpuTimeProfiler.CPU_NANOS);
    }

    private static double allocated(RunResult result) {
        String name = result.getSecondaryResults().keySet().stream()
                .filter(each -> each.endsWith("gc.alloc.rate.norm"))
                .findFirst()
                .orElseThrow();
        return secondary(result, name);
    }

    private static double secondary(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name)).getScore();
    }

    private EndToEnd load() {
        return new EndToEnd(Duration.ofSeconds(quick ? 2 : 10), Duration.ofSeconds(quick ? 1 : 4));
    }

    private void server() throws IOException, InterruptedException, GeneralSecurityException, ExecutionException {
        EndToEnd load = load();
        out.println("| our client and server, TLS on loopback | /s | p50 | p99 | CPU |");
        out.println("|---|---:|---:|---:|---:|");
        Path own = Files.createDirectory(folder.resolve("ours"));
        try (ServerRig rig = ServerRig.start(own);
                KmipClient one = rig.client(1);
                KmipClient eight = rig.client(8)) {
            CreateKeyPair.Response pair = EndToEnd.pair(one);
            UniqueIdentifier open = pair.publicKeyUniqueIdentifier();
            UniqueIdentifier hidden = pair.privateKeyUniqueIdentifier();
            row("Get, 1 thread", load.get(one, open, 1));
            row("Get, 8 threads", load.get(eight, open, 8));
            row("Get, 1 thread, 10 in a batch", load.getBatched(one, open));
            row("Sign ECDSA P-256, 1 thread", load.sign(one, hidden, 1));
            row("Sign ECDSA P-256, 8 threads", load.sign(eight, hidden, 8));
            progress.println("users");
            int users = quick ? USERS / 10 : USERS;
            EndToEnd.registerUsers(eight, one.get(open), users);
            // In the first listing every key is Fresh, and that it is no longer is written before the answer leaves.
            double first = EndToEnd.listUsers(one);
            for (int i = 0; i < 3; i++) {
                EndToEnd.listUsers(one);
            }
            row("Locate by Name among " + users, load.locate(one));
            out.printf(
                    Locale.ROOT,
                    "%n%,d users' keys listed (Locate by Object Group, Get in batches of %d): the first time %.2f s,"
                            + " then %.2f s%n%n",
                    users,
                    EndToEnd.BATCH,
                    first,
                    EndToEnd.listUsers(one));
        }
    }

    private void pykmip() throws IOException, InterruptedException, GeneralSecurityException, ExecutionException {
        EndToEnd load = load();
        Path own = Files.createDirectory(folder.resolve("pykmip"));
        try (PykmipServer server = PykmipServer.start(own);
                KmipClient client = server.client().open()) {
            UniqueIdentifier key = client.create(
                    ObjectType.SYMMETRIC_KEY,
                    Attributes.NONE
                            .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                            .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256)
                            .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT));
            out.println("| our client at PyKMIP's server | /s | p50 | p99 | CPU of the client |");
            out.println("|---|---:|---:|---:|---:|");
            Load single = load.get(client, key, 1);
            row("Get, 1 thread", single);
            Load batched = load.getBatched(client, key);
            row("Get, 1 thread, 10 in a batch", batched);
            out.printf(Locale.ROOT, "%nbatched over one by one: %.2f%n%n", batched.perSecond() / single.perSecond());
        }
    }

    private void row(String what, Load load) {
        out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %.0f µs | %.0f µs | %.0f µs |%n",
                what,
                load.perSecond(),
                load.p50Micros(),
                load.p99Micros(),
                load.cpuMicros());
        out.flush();
    }
}
