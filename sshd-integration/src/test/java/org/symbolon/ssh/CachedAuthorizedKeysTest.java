package org.symbolon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.SshConfiguration;
import org.symbolon.serve.PrometheusText;

class CachedAuthorizedKeysTest {
    private static final Duration AGE = Duration.ofSeconds(10);
    private static final Duration OUTAGE = Duration.ofMinutes(10);

    private final TestToken token = new TestToken();
    private final AtomicLong now = new AtomicLong(-5);
    private Session session;
    private TokenAuthorizedKeys store;
    private SshPublicKey rsa;
    private SshPublicKey ed25519;

    @BeforeEach
    void open() throws Exception {
        session = token.open();
        store = TokenAuthorizedKeys.in(session);
        rsa = KeyFiles.open("openssh-rsa.pub");
        ed25519 = KeyFiles.open("openssh-ed25519.pub");
        store.add("alice", rsa);
    }

    private CachedAuthorizedKeys cached(Duration outage) {
        return new CachedAuthorizedKeys(store, session.token(), new SshConfiguration.Cache(AGE, 100, outage), now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void find_again_asksTheStoreOnceAnAge() throws Exception {
        try (CachedAuthorizedKeys keys = cached(Duration.ZERO)) {
            assertThat(keys.recall("alice", rsa)).isEmpty();
            int before = token.finds();
            for (int i = 0; i < 5; i++) {
                assertThat(keys.find("alice", rsa)).isPresent();
                assertThat(keys.find("alice", ed25519)).isEmpty();
                assertThat(keys.find("mallory", rsa)).isEmpty();
                assertThat(keys.recall("alice", rsa)).isPresent();
            }
            assertThat(token.finds() - before).isEqualTo(4);

            pass(AGE);
            assertThat(keys.recall("alice", rsa)).isEmpty();
            assertThat(keys.find("alice", rsa)).isPresent();
            assertThat(token.finds() - before).isEqualTo(6);
            assertThat(metrics(keys))
                    .contains("symbolon_ssh_key_store_reads_total 3\n", "symbolon_ssh_key_cache_keys 1\n");
        }
    }

    @Test
    void find_withNothingRemembered_asksEachTime() throws Exception {
        CachedAuthorizedKeys keys = CachedAuthorizedKeys.of(store, session.token(), SshConfiguration.Cache.NONE);
        int before = token.finds();

        assertThat(keys.find("alice", rsa)).isPresent();
        assertThat(keys.find("alice", rsa)).isPresent();
        assertThat(keys.recall("alice", rsa)).isEmpty();

        assertThat(token.finds() - before).isEqualTo(4);
    }

    @Test
    void find_keyThatSomebodyElseRemoves_isRefusedAtOnce() throws Exception {
        try (CachedAuthorizedKeys keys = cached(OUTAGE)) {
            assertThat(keys.find("alice", rsa)).isPresent();

            store.remove("alice", rsa);

            assertThat(keys.recall("alice", rsa)).isEmpty();
            assertThat(keys.find("alice", rsa)).isEmpty();
        }
    }

    @Test
    void find_keyThatIsAddedOrRestricted_isKnownAtOnce() throws Exception {
        try (CachedAuthorizedKeys keys = cached(OUTAGE)) {
            assertThat(keys.find("alice", ed25519)).isEmpty();
            store.add("alice", ed25519);
            assertThat(keys.find("alice", ed25519)).isPresent();

            AuthorizedKeyOptions ca = new AuthorizedKeyOptions(LoginRestrictions.UNRESTRICTED, true, List.of());
            keys.add("alice", ed25519, ca, "");
            assertThat(keys.find("alice", ed25519)).isEmpty();
            assertThat(keys.findAuthority("alice", ed25519)).isPresent();
            assertThat(keys.remove("alice", ed25519)).isTrue();
            assertThat(keys.findAuthority("alice", ed25519)).isEmpty();
        }
    }

    @Test
    void find_storeThatFails_isRefusedByDefault() throws Exception {
        try (CachedAuthorizedKeys keys = cached(Duration.ZERO)) {
            assertThat(keys.find("alice", rsa)).isPresent();
            token.answering(false);
            assertThat(keys.find("alice", rsa)).isPresent();

            pass(AGE);
            assertThatThrownBy(() -> keys.find("alice", rsa)).isInstanceOf(TokenUnavailableException.class);
            assertThat(keys.health().problems()).containsExactly("the store of the users' SSH keys cannot be reached");

            token.answering(true);
            assertThat(keys.find("alice", rsa)).isPresent();
            assertThat(keys.health().isGood()).isTrue();
        }
    }

    @Test
    void find_storeThatFails_servesWhatWasReadForTheOutageTimeAndNeverLonger() throws Exception {
        try (CachedAuthorizedKeys keys = cached(OUTAGE)) {
            assertThat(keys.find("alice", rsa)).isPresent();
            token.answering(false);

            pass(OUTAGE.minusSeconds(2));
            assertThat(keys.find("alice", rsa)).isPresent();
            assertThat(keys.recall("alice", rsa)).isPresent();
            assertThat(keys.find("alice", ed25519)).isEmpty();
            assertThatThrownBy(() -> keys.find("bob", rsa)).isInstanceOf(TokenUnavailableException.class);
            assertThat(metrics(keys)).contains("symbolon_ssh_key_outage_answers_total 3\n");

            pass(Duration.ofSeconds(2));
            assertThat(keys.recall("alice", rsa)).isEmpty();
            assertThatThrownBy(() -> keys.find("alice", rsa)).isInstanceOf(TokenUnavailableException.class);
        }
    }

    @Test
    void find_keyThatWasRemovedBeforeTheStoreFailed_isNotServed() throws Exception {
        try (CachedAuthorizedKeys keys = cached(OUTAGE)) {
            assertThat(keys.find("alice", rsa)).isPresent();
            store.remove("alice", rsa);
            token.answering(false);

            assertThatThrownBy(() -> keys.find("alice", rsa)).isInstanceOf(TokenUnavailableException.class);
            assertThat(keys.recall("alice", rsa)).isEmpty();
        }
    }

    @Test
    void find_manyNames_pushOutNobodyWhoHasKeys() throws Exception {
        try (CachedAuthorizedKeys keys = cached(Duration.ZERO)) {
            keys.find("alice", rsa);
            for (int i = 0; i < 3000; i++) {
                keys.find("nobody" + i, rsa);
            }
            assertThat(keys.recall("alice", rsa)).isPresent();
        }
    }

    @Test
    void find_moreKeysThanFit_forgetsTheLeastRecentlyUsed() throws Exception {
        CachedAuthorizedKeys keys = new CachedAuthorizedKeys(
                store, session.token(), new SshConfiguration.Cache(AGE, 1, Duration.ZERO), now::get);
        store.add("bob", rsa);

        keys.find("alice", rsa);
        keys.find("bob", rsa);

        assertThat(keys.recall("alice", rsa)).isEmpty();
        assertThat(keys.recall("bob", rsa)).isPresent();
    }

    @Test
    void find_manyAtOnce_shareOneRead() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicLong reads = new AtomicLong();
        AuthorizedKeys slow = new SlowKeys(store, () -> {
            reads.incrementAndGet();
            asked.countDown();
            answer.await();
        });
        CachedAuthorizedKeys keys =
                CachedAuthorizedKeys.of(slow, session.token(), new SshConfiguration.Cache(AGE, 100, Duration.ZERO));

        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(CompletableFuture.supplyAsync(() -> present(keys), task -> new Thread(task).start()));
        }
        asked.await();
        answer.countDown();

        for (CompletableFuture<Boolean> each : all) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void find_changeDuringARead_isNotRememberedFromBefore() throws Exception {
        AuthorizedKeys removing = new SlowKeys(store, () -> {}) {
            @Override
            public List<AuthorizedKey> list(String user) throws TokenException {
                List<AuthorizedKey> before = super.list(user);
                store.remove("alice", rsa);
                return before;
            }
        };
        CachedAuthorizedKeys keys = new CachedAuthorizedKeys(
                removing, session.token(), new SshConfiguration.Cache(AGE, 100, OUTAGE), now::get);

        keys.find("alice", rsa);
        token.answering(false);

        assertThatThrownBy(() -> keys.find("alice", rsa)).isInstanceOf(TokenUnavailableException.class);
    }

    private boolean present(AuthorizedKeys keys) {
        try {
            return keys.find("alice", rsa).isPresent();
        } catch (TokenException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String metrics(CachedAuthorizedKeys keys) {
        PrometheusText text = new PrometheusText();
        keys.writeTo(text);
        return text.toString();
    }

    private interface Pause {
        void take() throws InterruptedException;
    }

    /** A store that does something before each list. */
    private static class SlowKeys implements AuthorizedKeys {
        private final AuthorizedKeys store;
        private final Pause before;

        SlowKeys(AuthorizedKeys store, Pause before) {
            this.store = store;
            this.before = before;
        }

        @Override
        public Optional<AuthorizedKey> find(String user, SshPublicKey offered) throws TokenException {
            return store.find(user, offered);
        }

        @Override
        public List<AuthorizedKey> list(String user) throws TokenException {
            try {
                before.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return store.list(user);
        }

        @Override
        public AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment)
                throws TokenException {
            return store.add(user, key, options, comment);
        }

        @Override
        public boolean remove(String user, SshPublicKey key) throws TokenException {
            return store.remove(user, key);
        }
    }
}
