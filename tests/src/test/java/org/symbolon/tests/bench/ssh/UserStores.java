package org.symbolon.tests.bench.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Outcome;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.config.SshConfiguration;
import org.symbolon.key.PublicKeys;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;
import org.symbolon.spi.Request;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.CachedAuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.bench.kmip.ServerRig;
import org.symbolon.tests.soft.PostgresqlCluster;

/** The places of users' keys that are compared, each with many users beside the one who logs in. */
final class UserStores implements AutoCloseable {
    private static final int BATCH = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, AuthorizedKeys> stores = new LinkedHashMap<>();
    private final Map<String, Map<String, SshPublicKey>> users = new LinkedHashMap<>();
    private final Deque<Runnable> closing = new ArrayDeque<>();

    /**
     * Makes them.
     *
     * @param many how many users the soft token in SQLite has
     * @param some how many the others have
     */
    static UserStores make(Path folder, int many, int some, SshPublicKey key) throws Exception {
        UserStores stores = new UserStores();
        stores.add("in memory", new MemoryKeys());
        stores.add("soft token, SQLite", stores.token(SoftTokens.inDatabase(folder.resolve("users.db"))), many);
        Session database = stores.token(SoftModule.builder()
                .postgresql(PostgresqlCluster.shared().newDatabase())
                .kdf(KdfParameters.floor())
                .open());
        stores.add("soft token, PostgreSQL", database, some);
        ServerRig rig = ServerRig.start(Files.createDirectory(folder.resolve("kmip")));
        stores.closing.push(rig::close);
        TokenModule kmip = rig.module("ssh-users");
        stores.closing.push(kmip::close);
        Session onServer = kmip.slots().get(0).token().orElseThrow().open(Login.identity());
        TokenAuthorizedKeys byLabel = TokenAuthorizedKeys.builder(onServer)
                .lookup(TokenAuthorizedKeys.Lookup.BY_LABEL)
                .build();
        stores.add("KMIP server", byLabel);
        CachedAuthorizedKeys cached = CachedAuthorizedKeys.of(
                byLabel, onServer.token(), new SshConfiguration.Cache(Duration.ofMinutes(10), 100_000, Duration.ZERO));
        stores.closing.push(cached::close);
        stores.add("KMIP server, cached", cached);
        for (AuthorizedKeys each : stores.stores.values()) {
            each.add(Logins.USER, key);
        }
        return stores;
    }

    Map<String, AuthorizedKeys> all() {
        return stores;
    }

    /** For each store with many users a few thousand of them, and their keys. */
    Map<String, Map<String, SshPublicKey>> users() {
        return users;
    }

    private void add(String kind, Session session, int count) throws Exception {
        String name = kind + ", " + String.format(Locale.ROOT, "%,d", count).replace(',', ' ') + " users";
        users.put(name, fill(session, count));
        add(name, TokenAuthorizedKeys.in(session));
    }

    private void add(String name, AuthorizedKeys keys) {
        stores.put(name, keys);
    }

    private Session token(TokenModule module) throws Exception {
        closing.push(module::close);
        Session session = SoftTokens.newSession(module, "Users");
        closing.push(session::close);
        return session;
    }

    private static Map<String, SshPublicKey> fill(Session session, int users) throws Exception {
        Map<String, SshPublicKey> some = new LinkedHashMap<>();
        long start = System.nanoTime();
        for (int from = 0; from < users; from += BATCH) {
            List<Request<?>> requests = new ArrayList<>();
            for (int user = from; user < Math.min(users, from + BATCH); user++) {
                SshPublicKey key = newKey();
                String name = "user-" + user;
                if (user % (users / Math.min(users, 2000)) == 0) {
                    some.put(name, key);
                }
                requests.add(new Request.Create(PublicKeys.template(key.toPublicKey())
                        .and(Template.label(name))
                        .id(Bytes.wrap(key.id()))
                        .onToken()));
            }
            for (Outcome<?> outcome : session.performAll(requests)) {
                outcome.get();
            }
            if (from % 100_000 == 0) {
                System.err.printf("%,d users after %.0f s%n", from, (System.nanoTime() - start) / 1e9);
            }
        }
        return some;
    }

    private static SshPublicKey newKey() throws Exception {
        byte[] point =
                new Ed25519PrivateKeyParameters(RANDOM).generatePublicKey().getEncoded();
        return SshPublicKey.parse(
                new SshWriter().string("ssh-ed25519").string(point).toByteArray());
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
