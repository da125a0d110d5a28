package org.symbolon.tests.bench.ssh;

import java.io.IOException;
import java.io.PrintStream;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.SshClient;
import org.symbolon.TokenException;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenSsh;

/** Logins by keys that are remembered while the store of all others hangs and 16 clients keep asking for those. */
final class HangBench {
    private static final int HANGING = 16;

    private HangBench() {}

    static void run(SshBenchProgram.Scale scale, PrintStream out) throws Exception {
        KeyPair user = BenchSshServer.newKey();
        CountDownLatch end = new CountDownLatch(1);
        MemoryKeys remembered = new MemoryKeys();
        remembered.add(Logins.USER, SshPublicKey.of(user.getPublic()));
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        try (BenchSshServer server = BenchSshServer.over(new HangingStore(remembered, end));
                Logins logins = new Logins(TokenSsh.configure(SshClient.setUpDefaultClient()), user);
                Logins others = new Logins(TokenSsh.configure(SshClient.setUpDefaultClient()), user)) {
            logins.perSecond(server.port(), 4, 4 * scale.logins());
            Samples before = new Samples();
            for (int round = 0; round < scale.rounds(); round++) {
                before.add(logins.perSecond(server.port(), 4, 2 * scale.logins()));
            }
            for (int i = 0; i < HANGING; i++) {
                Thread thread = new Thread(() -> askInVain(others, server.port(), over), "hangs");
                thread.setDaemon(true);
                thread.start();
                clients.add(thread);
            }
            Samples during = new Samples();
            for (int round = 0; round < scale.rounds(); round++) {
                during.add(logins.perSecond(server.port(), 4, 2 * scale.logins()));
            }
            over.set(true);
            end.countDown();
            out.println("| remembered logins, four at a time /s | store answers | store hangs, 16 clients ask it | rate"
                    + " kept |");
            out.println("|---|---:|---:|---:|");
            out.printf(
                    Locale.ROOT,
                    "| deadline 2 s | %s | %s | %.0f %% |%n",
                    before.text("%.0f"),
                    during.text("%.0f"),
                    100 * during.median() / before.median());
            for (Thread thread : clients) {
                thread.join();
            }
        }
    }

    private static void askInVain(Logins logins, int port, AtomicBoolean over) {
        while (!over.get()) {
            try {
                logins.once("hangs", port);
            } catch (IOException e) {
                Thread.onSpinWait(); // it is refused, which is what it came for
            }
        }
    }

    /** Remembers some users; asked for others, it does not answer. */
    private record HangingStore(MemoryKeys remembered, CountDownLatch end) implements AuthorizedKeys {
        @Override
        public Optional<AuthorizedKey> recall(String user, SshPublicKey offered) {
            return remembered.find(user, offered);
        }

        @Override
        public Optional<AuthorizedKey> find(String user, SshPublicKey offered) {
            if (user.equals(Logins.USER)) {
                return remembered.find(user, offered);
            }
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }

        @Override
        public List<AuthorizedKey> list(String user) {
            return remembered.list(user);
        }

        @Override
        public AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment)
                throws TokenException {
            return remembered.add(user, key, options, comment);
        }

        @Override
        public boolean remove(String user, SshPublicKey key) {
            return remembered.remove(user, key);
        }
    }
}
