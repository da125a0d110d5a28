package org.symbolon.tests.bench.ssh;

import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** Logs in again and again: connect, exchange keys, authenticate, close. */
final class Logins implements AutoCloseable {
    static final String USER = "bench";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SshClient client;

    Logins(SshClient client, KeyIdentityProvider identities) {
        this.client = client;
        client.setKeyIdentityProvider(identities);
        client.setServerKeyVerifier((session, address, key) -> true);
        client.start();
    }

    Logins(SshClient client, KeyPair keys) {
        this(client, KeyIdentityProvider.wrapKeyPairs(keys));
    }

    /** Logs in so often on so many threads, and returns how often in a second. */
    double perSecond(int port, int threads, int logins) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < logins; i++) {
                tasks.add(() -> {
                    once(USER, port);
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(tasks)) {
                done.get();
            }
            return logins * 1e9 / (System.nanoTime() - start);
        } finally {
            pool.shutdown();
        }
    }

    void once(String user, int port) throws IOException {
        try (ClientSession session =
                client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession()) {
            session.auth().verify(PATIENCE);
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
