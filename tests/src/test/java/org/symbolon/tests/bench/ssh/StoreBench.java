package org.symbolon.tests.bench.ssh;

import java.io.PrintStream;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.sshd.client.SshClient;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenSsh;

/** Logins with the users' keys in different places, and single look-ups among many users. */
final class StoreBench {
    private static final int LOOKUPS = 20_000;

    private StoreBench() {}

    /** A store, its server, and what was measured of them. */
    private record Contender(
            String name, TimedKeys keys, BenchSshServer server, Samples rates, Samples millis, Samples added) {}

    static void run(SshBenchProgram.Scale scale, PrintStream out) throws Exception {
        KeyPair user = BenchSshServer.newKey();
        try (UserStores stores = UserStores.make(
                        scale.folder(), scale.users(), scale.users() / 100, SshPublicKey.of(user.getPublic()));
                Logins logins = new Logins(TokenSsh.configure(SshClient.setUpDefaultClient()), user)) {
            logins(scale, stores.all(), SshPublicKey.of(user.getPublic()), logins, out);
            lookups(stores, out);
        }
    }

    private static void logins(
            SshBenchProgram.Scale scale,
            Map<String, AuthorizedKeys> stores,
            SshPublicKey key,
            Logins logins,
            PrintStream out)
            throws Exception {
        List<Contender> contenders = new ArrayList<>();
        for (Map.Entry<String, AuthorizedKeys> store : stores.entrySet()) {
            TimedKeys keys = new TimedKeys(store.getValue());
            contenders.add(new Contender(
                    store.getKey(), keys, BenchSshServer.over(keys), new Samples(), new Samples(), new Samples()));
        }
        for (Contender each : contenders) {
            logins.perSecond(each.server().port(), 4, 2 * scale.logins());
            for (int i = 0; i < 10 * scale.signatures(); i++) {
                each.keys().find(Logins.USER, key);
            }
            each.keys().nanosSinceLast();
        }
        for (int round = 0; round < scale.rounds(); round++) {
            double memory = Double.NaN;
            for (Contender each : contenders) {
                each.rates().add(logins.perSecond(each.server().port(), 1, scale.logins()));
                double millis = each.keys().nanosSinceLast() / 1e6 / scale.logins();
                memory = Double.isNaN(memory) ? millis : memory;
                each.millis().add(millis);
                each.added().add(millis - memory);
            }
        }
        out.println("| users' keys | logins /s, one at a time | look-ups of a login, ms | added over memory, ms |");
        out.println("|---|---:|---:|---:|");
        for (Contender each : contenders) {
            out.printf(
                    "| %s | %s | %s | %s |%n",
                    each.name(),
                    each.rates().text("%.0f"),
                    each.millis().text("%.3f"),
                    each.added().text("%.3f"));
            each.server().close();
        }
    }

    private static void lookups(UserStores stores, PrintStream out) throws Exception {
        out.println();
        out.println("| one look-up of a random user | p50, ms | p99, ms |");
        out.println("|---|---:|---:|");
        for (Map.Entry<String, Map<String, SshPublicKey>> users : stores.users().entrySet()) {
            AuthorizedKeys keys = Objects.requireNonNull(stores.all().get(users.getKey()));
            List<Map.Entry<String, SshPublicKey>> some =
                    new ArrayList<>(users.getValue().entrySet());
            Random random = new Random(1);
            Samples millis = new Samples();
            for (int i = 0; i < LOOKUPS; i++) {
                Map.Entry<String, SshPublicKey> user = some.get(random.nextInt(some.size()));
                long start = System.nanoTime();
                boolean found = keys.find(user.getKey(), user.getValue()).isPresent();
                double time = (System.nanoTime() - start) / 1e6;
                if (!found) {
                    throw new IllegalStateException(user.getKey() + " is not found");
                }
                millis.add(time);
            }
            out.printf(Locale.ROOT, "| %s | %.3f | %.3f |%n", users.getKey(), millis.median(), millis.quantile(0.99));
        }
    }
}
