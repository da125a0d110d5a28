package org.symbolon.tests.kmip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A TCP port before a server, which can lose all packets as a network does: nothing comes through, and nobody is told. */
final class DroppingRelay implements AutoCloseable {
    private static final int BUFFER = 8192;

    private final ServerSocket listener;
    private final int behind;
    private final AtomicLong bytes = new AtomicLong();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "dropping-relay");
        thread.setDaemon(true);
        return thread;
    });
    private boolean dropping;

    DroppingRelay(int behind) throws IOException {
        this.behind = behind;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns how many bytes went to the server. */
    long bytes() {
        return bytes.get();
    }

    void drop(boolean packets) {
        lock.lock();
        try {
            dropping = packets;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitPassage() throws InterruptedException {
        lock.lock();
        try {
            while (dropping) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                return; // the relay was closed
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitPassage();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
            sockets.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            threads.execute(() -> pump(client, server, bytes));
            pump(server, client, new AtomicLong());
        } catch (IOException e) {
            close(client); // the server is not there
        } catch (InterruptedException e) {
            close(client); // the relay is closed
        }
    }

    private void pump(Socket from, Socket to, AtomicLong count) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitPassage();
                out.write(buffer, 0, read);
                count.addAndGet(read);
            }
        } catch (IOException e) {
            return; // one side has gone, so the other is closed
        } catch (InterruptedException e) {
            return; // the relay is closed
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(DroppingRelay::close);
        threads.shutdownNow();
    }
}
