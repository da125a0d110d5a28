package org.symbolon.ssh.x509;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.symbolon.ssh.DerReader;
import org.symbolon.ssh.SshFormatException;

/** A web server on a loopback port that answers as a test wants it. */
public final class HttpAnswers implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();

    /** Answers a request body. */
    public interface Answer {
        byte[] to(byte[] request) throws IOException, GeneralSecurityException;
    }

    public HttpAnswers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    public String at(String path, Answer answer) {
        server.createContext(path, exchange -> send(exchange, answer));
        return uri(path);
    }

    public String redirecting(String path, String to) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        return uri(path);
    }

    /** Sends headers and a byte, and then nothing more. */
    public String hanging(String path) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        return uri(path);
    }

    public int requests() {
        return requests.get();
    }

    /** The nonce in an OCSP request of ours. */
    public static byte[] nonceOf(byte[] request) throws SshFormatException {
        DerReader tbs = new DerReader(request, "request")
                .enter(DerReader.SEQUENCE, "request")
                .enter(DerReader.SEQUENCE, "tbs");
        tbs.skip("requests");
        DerReader extension = tbs.enter(0xa2, "extensions")
                .enter(DerReader.SEQUENCE, "extensions")
                .enter(DerReader.SEQUENCE, "extension");
        extension.oid("name");
        byte[] value = extension.content(DerReader.OCTET_STRING, "value");
        return new DerReader(value, "nonce").content(DerReader.OCTET_STRING, "nonce");
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String uri(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            byte[] body = answer.to(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
