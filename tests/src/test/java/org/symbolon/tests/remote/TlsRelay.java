package org.symbolon.tests.remote;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS port that wants a client certificate and hands what it gets to {@code p11-kit remote}, one for each connection. */
final class TlsRelay implements AutoCloseable {
    private final SoftHsm softHsm;
    private final SSLServerSocket port;
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tls-relay");
        thread.setDaemon(true);
        return thread;
    });

    TlsRelay(SoftHsm softHsm, Path own, Path trusted, String password) throws IOException, GeneralSecurityException {
        this.softHsm = softHsm;
        this.port = (SSLServerSocket) context(own, trusted, password.toCharArray())
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port.setNeedClientAuth(true);
        threads.execute(this::accept);
    }

    private static SSLContext context(Path own, Path trusted, char[] password)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        KeyStore clients = KeyStore.getInstance("PKCS12");
        clients.load(null, null);
        try (InputStream store = new FileInputStream(own.toFile());
                InputStream pem = Files.newInputStream(trusted)) {
            keys.load(store, password);
            clients.setCertificateEntry(
                    "client", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, password);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(clients);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    int port() {
        return port.getLocalPort();
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) port.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // the port was closed
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            ProcessBuilder builder = new ProcessBuilder(
                    softHsm.p11Kit().toString(), "remote", softHsm.module().toString());
            builder.environment().put("SOFTHSM2_CONF", softHsm.configuration().toString());
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            processes.add(process);
            InputStream fromClient = socket.getInputStream();
            threads.execute(() -> pump(fromClient, process.getOutputStream()));
            pump(process.getInputStream(), socket.getOutputStream());
            process.destroy();
        } catch (IOException e) {
            return; // a client that is not let in
        }
    }

    private static void pump(InputStream in, OutputStream out) {
        byte[] buffer = new byte[8192];
        try (out) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            return; // one side has gone, so the other is closed
        }
    }

    @Override
    public void close() {
        try {
            port.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        processes.forEach(Process::destroyForcibly);
        threads.shutdownNow();
    }
}
