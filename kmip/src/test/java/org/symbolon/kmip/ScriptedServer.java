package org.symbolon.kmip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.symbolon.Pin;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.ttlv.MessageFrame;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.transport.OwnKey;
import org.symbolon.transport.TlsMaterial;

/** A server on the loopback that answers as a test says. */
final class ScriptedServer implements AutoCloseable {
    private static final String PASSWORD = "of the test";

    private final SSLServerSocket listener;
    private final Script script;
    private final Path folder;
    private final Set<SSLSocket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** What the server does with a request. */
    interface Script {
        /** Answers on {@code output}; false ends the connection. */
        boolean answer(Ttlv.Structure request, OutputStream output) throws IOException;
    }

    /** A script whose answers are whole messages. */
    interface Answers {
        Ttlv answer(Ttlv.Structure request) throws IOException;
    }

    private ScriptedServer(SSLServerSocket listener, Script script, Path folder) {
        this.listener = listener;
        this.script = script;
        this.folder = folder;
    }

    static ScriptedServer start(Path folder, Script script) throws Exception {
        return start(folder, "san=dns:localhost", script);
    }

    static ScriptedServer answering(Path folder, Answers answers) throws Exception {
        return start(folder, (request, output) -> {
            output.write(TtlvEncoder.encode(answers.answer(request)));
            output.flush();
            return true;
        });
    }

    static ScriptedServer start(Path folder, String names, Script script) throws Exception {
        makeKeys(folder, names);
        SSLContext context = TlsMaterial.ofClient(
                        Optional.of(folder.resolve("server.pem")),
                        Optional.of(OwnKey.of(folder.resolve("server.p12"), () -> Pin.of(PASSWORD.toCharArray()))))
                .context();
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("localhost"));
        listener.setNeedClientAuth(true);
        ScriptedServer server = new ScriptedServer(listener, script, folder);
        Thread accepting = new Thread(server::accept, "scripted-server");
        accepting.setDaemon(true);
        accepting.start();
        return server;
    }

    private static void makeKeys(Path folder, String names) throws IOException, InterruptedException {
        if (Files.exists(folder.resolve("server.pem"))) {
            return;
        }
        String store = folder.resolve("server.p12").toString();
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=server",
                "-ext",
                names,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass",
                PASSWORD,
                "-alias",
                "server");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                store,
                "-storepass",
                PASSWORD,
                "-file",
                folder.resolve("server.pem").toString());
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread serving = new Thread(() -> serve(socket), "scripted-connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            InputStream input = socket.getInputStream();
            while (true) {
                Optional<byte[]> message = MessageFrame.read(input, MessageCodec.REQUEST, TtlvLimits.DEFAULT);
                if (message.isEmpty()
                        || !script.answer(
                                (Ttlv.Structure) TtlvDecoder.decode(message.get(), TtlvLimits.DEFAULT),
                                socket.getOutputStream())) {
                    return;
                }
            }
        } catch (IOException e) {
            sockets.remove(socket); // the client went away, which is what many tests make it do
        }
    }

    /** A builder of clients that this server knows. */
    KmipClientBuilder client() {
        return KmipClient.builder("localhost")
                .port(listener.getLocalPort())
                .trust(folder.resolve("server.pem"))
                .clientKey(folder.resolve("server.p12"), Pin.of(PASSWORD.toCharArray()));
    }

    /** How many connections were made. */
    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SSLSocket socket : sockets) {
            socket.close();
        }
    }
}
