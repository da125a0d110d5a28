package org.symbolon.tests.remote;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands what it gets on a socket to the server on another, and back, but for one reply: it cuts that short and hangs up. */
final class CuttingRelay implements AutoCloseable {
    private static final int BEFORE_THE_CUT = 40;

    private final Path behind;
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left = new AtomicInteger(BEFORE_THE_CUT);
    private final CountDownLatch cut = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cutting-relay");
        thread.setDaemon(true);
        return thread;
    });

    CuttingRelay(Path socket, Path behind) throws IOException {
        this.behind = behind;
        Files.deleteIfExists(socket);
        server.bind(UnixDomainSocketAddress.of(socket));
        threads.execute(this::accept);
    }

    /** Waits until it has cut a reply short. */
    void awaitCut() throws InterruptedException {
        if (!cut.await(90, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody came");
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(behind));
                open.add(client);
                open.add(peer);
                threads.execute(() -> pump(client, peer, false));
                threads.execute(() -> pump(peer, client, true));
            } catch (IOException e) {
                return; // the relay was closed
            }
        }
    }

    private void pump(SocketChannel from, SocketChannel to, boolean cuts) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try (from;
                to) {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                boolean last = cuts && buffer.limit() > 1 && left.decrementAndGet() == 0;
                if (last) {
                    buffer.limit(buffer.limit() / 2);
                }
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                if (last) {
                    cut.countDown();
                    return;
                }
            }
        } catch (IOException e) {
            return; // one side has gone, so the other is closed
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
        threads.shutdownNow();
    }
}
