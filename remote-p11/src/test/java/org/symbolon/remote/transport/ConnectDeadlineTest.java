package org.symbolon.remote.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Deadline;
import org.symbolon.transport.CallWatch;

/** Servers at which connecting takes for ever. */
@Timeout(60)
class ConnectDeadlineTest {
    @TempDir
    private Path folder;

    private final CallWatch watch = new CallWatch();

    @AfterEach
    void stop() {
        watch.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMillis(200));
    }

    @Test
    void unix_aServerWhoseQueueIsFull_endsWithTheDeadline() throws Exception {
        List<Transport> queued = new ArrayList<>();
        try (ServerSocketChannel server = fullServer(queued)) {
            assertThat(server.isOpen()).isTrue();
            assertThatThrownBy(() -> endpoint().connect(watch, soon())).isInstanceOf(IOException.class);
        } finally {
            queued.forEach(Transport::close);
        }
    }

    @Test
    void unix_onAThreadThatIsInterrupted_ends() throws Exception {
        List<Transport> queued = new ArrayList<>();
        try (ServerSocketChannel server = fullServer(queued)) {
            assertThat(server.isOpen()).isTrue();
            Thread caller = Thread.currentThread();
            Thread other = new Thread(caller::interrupt);
            other.start();
            assertThatThrownBy(() -> endpoint().connect(watch, Deadline.after(Duration.ofMinutes(5))))
                    .isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            other.join();
        } finally {
            queued.forEach(Transport::close);
        }
    }

    private UnixEndpoint endpoint() {
        return new UnixEndpoint(folder.resolve("p11.sock"));
    }

    /** Makes a server that accepts nobody, and connections to it until its queue is full. */
    private ServerSocketChannel fullServer(List<Transport> queued) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(folder.resolve("p11.sock")), 1);
        for (int i = 0; i < 8; i++) {
            try {
                queued.add(endpoint().connect(watch, soon()));
            } catch (IOException e) {
                return server;
            }
        }
        server.close();
        throw new AssertionError("the queue has no end");
    }

    @Test
    void tls_aServerThatSaysNothing_endsWithTheDeadline() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            TlsEndpoint endpoint = new TlsEndpoint("127.0.0.1", server.getLocalPort(), sockets());
            assertThatThrownBy(() -> endpoint.connect(watch, soon())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tls_aServerThatSaysABitNowAndThen_endsWithTheDeadline() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread drip = new Thread(() -> drip(server), "dripping");
            drip.start();
            TlsEndpoint endpoint = new TlsEndpoint("127.0.0.1", server.getLocalPort(), sockets());
            assertThatThrownBy(() -> endpoint.connect(watch, soon())).isInstanceOf(IOException.class);
            drip.join(); // it ends when the connection does
        }
    }

    /** Begins a record of 16 KiB of a handshake, and sends the rest byte by byte, in its own time. */
    private static void drip(ServerSocket server) {
        try (Socket client = server.accept();
                OutputStream out = client.getOutputStream()) {
            out.write(new byte[] {22, 3, 3, 0x40, 0, 2, 0, 0x3f, -4});
            while (true) {
                out.write(0);
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        } catch (IOException e) {
            assertThat(e).isNotNull(); // the client has gone, as it should
        }
    }

    private static SSLSocketFactory sockets() throws Exception {
        return SSLContext.getDefault().getSocketFactory();
    }

    @Test
    void exec_aProgramThatIsNotThere_saysSo() {
        ExecEndpoint endpoint = new ExecEndpoint(List.of("/no/such/program"));
        assertThatThrownBy(() -> endpoint.connect(watch, Deadline.after(Duration.ofSeconds(30))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/program");
    }
}
