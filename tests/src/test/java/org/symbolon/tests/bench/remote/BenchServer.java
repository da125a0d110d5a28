package org.symbolon.tests.bench.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.SecretReference;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.remote.server.RemoteTokenServerBuilder;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.remote.TlsKeys;

/** Symbolon's server in a process of its own, which ends with its standard input. */
public final class BenchServer {
    static final String SOCKET = "symbolon.sock";
    static final String TOKEN = "bench";
    static final String READY = "listens on port ";

    private static final int MAX_CLIENTS = 4096;

    private BenchServer() {}

    /**
     * Serves.
     *
     * @param args the folder for the sockets, perhaps with keys for TLS; the URI of a module to pass requests on to, else a soft
     *     token is made
     */
    public static void main(String[] args) throws IOException, TokenException {
        Path folder = Path.of(args[0]);
        try (TokenModule module = args.length > 1 ? TokenModule.open(args[1]) : newToken(folder);
                RemoteTokenServer server = start(folder, module)) {
            EchoServer.start(folder);
            System.out.println(READY + port(server));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Returns the port for TLS, 0 without. */
    private static int port(RemoteTokenServer server) {
        return server.addresses().stream()
                .filter(address -> address.startsWith("tls:"))
                .map(address -> address.substring(address.lastIndexOf(':') + 1))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }

    private static TokenModule newToken(Path folder) throws TokenException {
        TokenModule module = SoftTokens.inDatabase(folder.resolve("token.db"));
        SoftTokens.make(module, TOKEN);
        return module;
    }

    private static RemoteTokenServer start(Path folder, TokenModule module) throws IOException {
        RemoteTokenServerBuilder builder = RemoteTokenServer.builder()
                .module(module)
                .maxClients(MAX_CLIENTS)
                .unixSocket(folder.resolve(SOCKET));
        TlsKeys keys = new TlsKeys(folder);
        if (Files.exists(keys.keyStore("server"))) {
            builder.tls(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    keys.keyStore("server"),
                    SecretReference.parse("file:" + keys.password()),
                    keys.certificate("client"));
        }
        return builder.start();
    }
}
