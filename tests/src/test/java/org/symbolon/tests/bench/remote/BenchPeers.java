package org.symbolon.tests.bench.remote;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbolon.tests.remote.TlsKeys;

/**
 * Where the servers of a run are: told to the processes that sign in a file.
 *
 * @param folder where sockets, keys and the file are
 * @param tlsPort the port of Symbolon's server
 * @param requestBytes what the client sends for a signature
 * @param replyBytes what it gets for one
 * @param pids the servers' processes
 */
record BenchPeers(Path folder, int tlsPort, int requestBytes, int replyBytes, List<Long> pids) {
    BenchPeers {
        pids = List.copyOf(pids);
    }

    private static final String FILE = "peers.properties";

    Path p11KitSocket() {
        return folder.resolve("p11-kit.sock");
    }

    Path symbolonSocket() {
        return folder.resolve(BenchServer.SOCKET);
    }

    Path echoSocket() {
        return folder.resolve(EchoServer.SOCKET);
    }

    /** The folder of the server that passes on to p11-kit's. */
    Path relay() {
        return folder.resolve("relay");
    }

    TlsKeys tlsKeys() {
        return new TlsKeys(folder);
    }

    /** Returns the CPU time that the servers and the processes that they started have used. */
    Duration cpuTime() {
        return pids.stream()
                .map(ProcessHandle::of)
                .flatMap(Optional::stream)
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    void save() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("tlsPort", Integer.toString(tlsPort));
        properties.setProperty("requestBytes", Integer.toString(requestBytes));
        properties.setProperty("replyBytes", Integer.toString(replyBytes));
        properties.setProperty("pids", pids.stream().map(String::valueOf).collect(Collectors.joining(",")));
        try (Writer out = Files.newBufferedWriter(folder.resolve(FILE))) {
            properties.store(out, null);
        }
    }

    static BenchPeers load(Path folder) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(folder.resolve(FILE))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BenchPeers(
                folder,
                Integer.parseInt(properties.getProperty("tlsPort")),
                Integer.parseInt(properties.getProperty("requestBytes")),
                Integer.parseInt(properties.getProperty("replyBytes")),
                Stream.of(properties.getProperty("pids").split(",", -1))
                        .map(Long::valueOf)
                        .toList());
    }
}
