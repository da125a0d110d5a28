package org.symbolon.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET of {@code /metrics} and {@code /health} over HTTP/1.1 (RFC 9112), one request a connection: what a load balancer and
 * Prometheus ask. Who is slow, many or does not speak HTTP gets nothing and costs at most two threads and some queue.
 */
public final class MonitoringPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonitoringPort.class);
    private static final int THREADS = 2;
    private static final int WAITING = 32;
    private static final int MAX_REQUEST_BYTES = 8192;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ServerSocket server;
    private final Monitored monitored;
    private final HealthWatch health;
    private final ThreadPoolExecutor workers;

    private MonitoringPort(ServerSocket server, Monitored monitored) {
        this.server = server;
        this.monitored = monitored;
        this.health = new HealthWatch(monitored::health);
        this.workers = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING),
                ClientThreads.platformThreads("symbolon-monitoring-"));
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins to listen.
     *
     * @param address where; port 0 takes one that is free
     * @param monitored what is asked
     * @return the port
     * @throws IOException if it cannot listen there
     */
    public static MonitoringPort open(InetSocketAddress address, Monitored monitored) throws IOException {
        ServerSocket server = new ServerSocket();
        boolean good = false;
        try {
            server.setReuseAddress(true);
            server.bind(address);
            good = true;
        } finally {
            if (!good) {
                server.close();
            }
        }
        MonitoringPort port = new MonitoringPort(server, monitored);
        Thread thread = new Thread(port::listen, "symbolon-monitoring");
        thread.setDaemon(true);
        thread.start();
        return port;
    }

    /** {@return where it listens} */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void listen() {
        Accepting.untilClosed(() -> !server.isClosed(), "http://" + address(), () -> handOn(server.accept()));
    }

    private void handOn(Socket client) throws IOException {
        try {
            workers.execute(() -> answer(client));
        } catch (RejectedExecutionException e) {
            LOG.debug("too many ask for metrics at a time", e);
            client.close();
        }
    }

    private void answer(Socket client) {
        try (client) {
            String[] request = request(client).split(" ", 3);
            byte[] reply = request.length < 3
                    ? reply("400 Bad Request", "no request of HTTP")
                    : answer(request[0], request[1]);
            client.getOutputStream().write(reply);
            client.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("somebody who asked for metrics got none: {}", e.getMessage());
        }
    }

    /** Returns the request's first line, after the request has come whole. */
    private static String request(Socket client) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        InputStream in = client.getInputStream();
        byte[] bytes = new byte[MAX_REQUEST_BYTES];
        int length = 0;
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("the request did not come in time");
            }
            client.setSoTimeout((int) left);
            int read = in.read(bytes, length, bytes.length - length);
            if (read <= 0) {
                throw new EOFException("the request has no end, or is longer than " + MAX_REQUEST_BYTES + " bytes");
            }
            length += read;
            String text = new String(bytes, 0, length, US_ASCII);
            if (text.contains("\r\n\r\n")) {
                return text.substring(0, text.indexOf("\r\n"));
            }
        }
    }

    private byte[] answer(String method, String target) {
        if (!method.equals("GET")) {
            return reply("405 Method Not Allowed\r\nAllow: GET", "only GET is answered");
        }
        return switch (target) {
            case "/metrics" -> reply("200 OK", PrometheusText.CONTENT_TYPE, metrics());
            case "/health" -> health(health.latest(System.nanoTime()));
            default -> reply("404 Not Found", "there are /metrics and /health");
        };
    }

    private String metrics() {
        PrometheusText text = new PrometheusText();
        monitored.writeTo(text);
        text.family("symbolon_healthy", "gauge", "Whether /health has found nothing wrong.");
        text.sample("symbolon_healthy", health.latest(System.nanoTime()).isGood() ? 1 : 0);
        return text.toString();
    }

    private static byte[] health(ServerHealth health) {
        return health.isGood()
                ? reply("200 OK", "ok")
                : reply("503 Service Unavailable", String.join("\n", health.problems()));
    }

    private static byte[] reply(String status, String body) {
        return reply(status, "text/plain; charset=utf-8", body + "\n");
    }

    private static byte[] reply(String status, String contentType, String body) {
        int length = body.getBytes(UTF_8).length;
        return ("HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + length
                        + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    /** Stops listening. Idempotent. */
    @Override
    public void close() {
        workers.shutdownNow();
        health.close();
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("the port of the metrics did not close: {}", e.getMessage());
        }
    }
}
