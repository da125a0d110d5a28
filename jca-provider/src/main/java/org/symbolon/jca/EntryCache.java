package org.symbolon.jca;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ChangeSubscription;
import org.symbolon.ObjectId;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.key.TokenPrivateKey;

/**
 * The last listing of a provider's token, for all its key stores that show the same: dropped when the token's change feed tells of anything,
 * and otherwise served without a round trip. Without a feed it serves for a second. Thread-safe.
 */
final class EntryCache implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EntryCache.class);
    private static final Duration WITHOUT_FEED = Duration.ofSeconds(1);

    private final SymbolonProvider provider;
    private final TokenLink link;
    private final ListingOptions options;
    private final Map<ObjectId, Optional<X509Certificate>> selfSigned = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicReference<@Nullable Subscribed> subscribed = new AtomicReference<>();
    private volatile @Nullable Cached cached;

    private record Cached(KeyStoreEntries entries, Session session, long change, boolean fed, long readAt) {
        boolean serves(Session now, long changeNow) {
            return session.equals(now)
                    && change == changeNow
                    && (fed || System.nanoTime() - readAt < WITHOUT_FEED.toNanos());
        }
    }

    EntryCache(SymbolonProvider provider, ListingOptions options) {
        this.provider = provider;
        this.link = provider.link();
        this.options = options;
    }

    /**
     * Returns the entries as they are now.
     *
     * @throws GeneralSecurityException if the token must be asked and does not answer
     */
    KeyStoreEntries entries() throws GeneralSecurityException {
        Session session = link.session();
        Cached last = cached;
        if (last != null && last.serves(session, changes.get())) {
            return last.entries();
        }
        boolean fed = subscribe(session.token());
        long change = changes.get();
        KeyStoreEntries entries = KeyStoreEntries.of(
                session.info().token(),
                KeyStoreListing.read(session),
                CertificateFolder.read(certificates()),
                (key, publicKey) -> options.selfSigned() ? certificate(session, key, publicKey) : Optional.empty());
        cached = new Cached(entries, session, change, fed, System.nanoTime());
        return entries;
    }

    /** Returns what key stores were told, and what the configuration says. */
    private List<Path> certificates() {
        return Stream.concat(options.certificates().stream(), link.certificates().stream())
                .distinct()
                .toList();
    }

    /** Signs once with each key, so that the certificate stays the same. */
    private Optional<X509Certificate> certificate(Session session, PrivateKeyObject key, PublicKey publicKey) {
        Optional<X509Certificate> known = selfSigned.get(key.id());
        if (known != null) {
            return known;
        }
        try {
            Optional<X509Certificate> made = SelfSigned.of(TokenPrivateKey.of(session, key, publicKey), provider);
            selfSigned.put(key.id(), made);
            return made;
        } catch (GeneralSecurityException | ProviderException e) {
            LOG.warn("{} gets no certificate, it does not sign: {}", key.describe(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Forgets the listing, so that the next question reads it anew. Does not block. */
    void refresh() {
        changes.incrementAndGet();
    }

    private boolean subscribe(Token token) {
        Subscribed before = subscribed.get();
        if (before != null && before.token().equals(token)) {
            return before.isFed();
        }
        Subscribed fresh = new Subscribed(token, changesOf(token));
        if (!subscribed.compareAndSet(before, fresh)) {
            fresh.close();
            return false;
        }
        if (before != null) {
            before.close();
        }
        return fresh.isFed();
    }

    private @Nullable ChangeSubscription changesOf(Token token) {
        try {
            return token.changes(change -> refresh());
        } catch (TokenException e) {
            LOG.debug("Token without change feed, its key store is read anew each second: {}", e.getMessage());
            return null;
        }
    }

    /** A place in a token's change feed, or that it has none. */
    private record Subscribed(Token token, @Nullable ChangeSubscription feed) {
        boolean isFed() {
            return feed != null;
        }

        void close() {
            if (feed != null) {
                feed.close();
            }
        }
    }

    /** Leaves the change feed. Idempotent. */
    @Override
    public void close() {
        Subscribed last = subscribed.getAndSet(null);
        if (last != null) {
            last.close();
        }
        cached = null;
    }
}
