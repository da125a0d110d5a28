package org.symbolon.tests.bench.remote;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.symbolon.tests.Peer;
import org.symbolon.tests.remote.CountingRelay;
import org.symbolon.tests.remote.TlsKeys;

/** The servers of a run: p11-kit's over SoftHSM 2, Symbolon's with a soft token and an echo, and one that passes on. */
final class RunningPeers implements Closeable {
    private static final int COUNTED = 200;
    private static final int PATIENCE_STEPS = 300;

    private final BenchPeers peers;
    private final Map<String, CountingRelay.Count> roundTrips;
    private final List<Closeable> closing;

    private RunningPeers(BenchPeers peers, Map<String, CountingRelay.Count> roundTrips, List<Closeable> closing) {
        this.peers = peers;
        this.roundTrips = roundTrips;
        this.closing = closing;
    }

    BenchPeers peers() {
        return peers;
    }

    /** Returns what {@value #COUNTED} signatures sent, by contender. */
    Map<String, CountingRelay.Count> roundTrips() {
        return roundTrips;
    }

    static RunningPeers start(Path folder) throws IOException, InterruptedException {
        List<Closeable> closing = new ArrayList<>();
        Path p11Kit = folder.resolve("p11-kit.sock");
        Process kit = startP11Kit(p11Kit);
        closing.add(() -> end(kit));
        Server symbolon = Server.start(folder, true);
        closing.add(symbolon);
        Path relay = Files.createDirectory(folder.resolve("relay"));
        Server passing = Server.start(relay, false, "p11:unix:path=" + p11Kit);
        closing.add(passing);
        List<Long> pids = List.of(kit.pid(), symbolon.pid(), passing.pid());
        new BenchPeers(folder, symbolon.tlsPort(), 1, 1, pids).save();
        Map<String, CountingRelay.Count> counts = new TreeMap<>();
        counts.put("p11-kit", count(folder, RemoteContender.SYMBOLON_P11KIT, p11Kit));
        CountingRelay.Count ours = count(folder, RemoteContender.SYMBOLON, folder.resolve(BenchServer.SOCKET));
        counts.put("Symbolon", ours);
        BenchPeers peers = new BenchPeers(
                folder,
                symbolon.tlsPort(),
                (int) (ours.requestBytes() / COUNTED),
                (int) (ours.replyBytes() / COUNTED),
                pids);
        peers.save();
        return new RunningPeers(peers, counts, closing);
    }

    private static Process startP11Kit(Path socket) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Peer.require("p11-kit", "p11-kit").toString(),
                        "server",
                        "--foreground",
                        "--name",
                        socket.toString(),
                        "--provider",
                        Peer.requireFile(
                                        "softhsm2",
                                        Path.of("/usr/lib/softhsm/libsofthsm2.so"),
                                        Path.of("/usr/lib64/pkcs11/libsofthsm2.so"))
                                .toString(),
                        "pkcs11:")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        for (int i = 0; i < PATIENCE_STEPS && !Files.exists(socket); i++) {
            Thread.sleep(100);
        }
        return process;
    }

    /** Counts what signatures send, through a relay that takes the place of a socket for the time. */
    private static CountingRelay.Count count(Path folder, RemoteContender contender, Path socket) throws IOException {
        Path counted = Files.createTempDirectory(folder, "counted");
        BenchPeers peers = BenchPeers.load(folder);
        BenchPeers there = new BenchPeers(counted, 0, 1, 1, peers.pids());
        try (CountingRelay relay = new CountingRelay(counted.resolve(socket.getFileName()), socket);
                SigningClient client = new SigningClient(contender, there)) {
            RemoteSigner signer = client.signer();
            repeat(signer, COUNTED);
            CountingRelay.Count before = relay.count();
            repeat(signer, COUNTED);
            return relay.count().minus(before);
        } catch (java.security.GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void repeat(RemoteSigner signer, int times) throws java.security.GeneralSecurityException {
        for (int i = 0; i < times; i++) {
            signer.sign();
        }
    }

    /** Returns the command that runs a program of the benchmark in a JVM like this one. */
    static List<String> java(Class<?> program, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms256m",
                "-Xmx256m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }

    /** A {@link BenchServer} in a JVM of its own. */
    static final class Server implements Closeable {
        private final Process process;
        private final int tlsPort;

        private Server(Process process, int tlsPort) {
            this.process = process;
            this.tlsPort = tlsPort;
        }

        static Server start(Path folder, boolean tls, Object... arguments) throws IOException, InterruptedException {
            if (tls) {
                TlsKeys.make(folder, "server", "client");
            }
            List<Object> all = new ArrayList<>(List.of(folder));
            all.addAll(List.of(arguments));
            Process process = new ProcessBuilder(java(BenchServer.class, all.toArray()))
                    .redirectError(folder.resolve("server.log").toFile())
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(BenchServer.READY)) {
                    return new Server(process, Integer.parseInt(line.substring(BenchServer.READY.length())));
                }
            }
            end(process);
            throw new IOException("the server did not start: " + Files.readString(folder.resolve("server.log")));
        }

        long pid() {
            return process.pid();
        }

        int tlsPort() {
            return tlsPort;
        }

        @Override
        public void close() {
            end(process);
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : closing) {
            each.close();
        }
    }
}
