package org.symbolon.ssh;

import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.ObjectQuery;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/**
 * The private keys of a token that match a query, kept in memory and up to date by the token's change feed. Keys, not
 * secrets: only names and public halves.
 *
 * <p>Each key signs once before it is offered. {@link #keys} never waits for the token. A destroyed key is dropped as soon as
 * the feed tells; a new one appears after it was read and tested on a thread of this object. Where the feed cannot be had, the
 * keys stay as they were at the start. Thread-safe.
 */
public final class TokenSshKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenSshKeys.class);
    private static final int MAX_KEYS = 1000;

    private final Session session;
    private final List<ObjectQuery> queries;
    private final TokenSigner signer;
    private final AtomicBoolean stale = new AtomicBoolean();
    private final ThreadPoolExecutor reader;
    private volatile List<TokenSshKey> keys;
    private volatile Optional<ChangeSubscription> subscription = Optional.empty();

    private TokenSshKeys(Session session, List<ObjectQuery> queries, TokenSigner signer, List<TokenSshKey> keys) {
        this.session = session;
        this.queries = queries;
        this.signer = signer;
        this.keys = keys;
        this.reader =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), TokenSshKeys::thread);
        this.reader.allowCoreThreadTimeOut(true);
    }

    /**
     * Reads and tests the keys of some labels, and follows the token's changes.
     *
     * @param session the session to read and sign with; it stays the caller's, open for longer than this
     * @param signer the signer that will be used
     * @param labels the labels of private keys; each must have one
     * @return the keys, to be closed
     * @throws InvalidKeyException if a label has no key, or a key cannot be used for SSH or cannot sign; the message names it,
     *     its type and the cause
     * @throws TokenException if the token cannot tell
     */
    public static TokenSshKeys labelled(Session session, TokenSigner signer, List<String> labels)
            throws InvalidKeyException, TokenException {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("labels is empty; it must name at least one private key");
        }
        List<ObjectQuery> queries = labels.stream()
                .map(label -> ObjectQuery.privateKeys().label(label))
                .toList();
        List<TokenSshKey> keys = new ArrayList<>();
        for (String label : labels) {
            List<PrivateKeyObject> objects =
                    find(session, ObjectQuery.privateKeys().label(label));
            if (objects.isEmpty()) {
                throw new InvalidKeyException("No private key is labelled \"" + label + "\" in token \""
                        + session.info().token().label() + "\", or the session may not see it");
            }
            for (PrivateKeyObject object : objects) {
                TokenSshKey key = TokenSshKey.of(session, object);
                key.test(signer);
                keys.add(key);
            }
        }
        return new TokenSshKeys(session, queries, signer, List.copyOf(keys)).followed();
    }

    /**
     * Reads and tests all private keys that match a query and that SSH can use, and follows the token's changes. Others are
     * left out with a line in the log.
     *
     * @param session the session to read and sign with; it stays the caller's, open for longer than this
     * @param signer the signer that will be used
     * @param query what must match
     * @return the keys, perhaps none, to be closed
     * @throws TokenException if the token cannot tell
     */
    public static TokenSshKeys matching(Session session, TokenSigner signer, ObjectQuery query) throws TokenException {
        TokenSshKeys keys = new TokenSshKeys(session, List.of(query), signer, List.of());
        keys.keys = keys.read();
        return keys.followed();
    }

    /**
     * The keys as they are now.
     *
     * @return an unmodifiable list; the same one until something changes
     */
    public List<TokenSshKey> keys() {
        return keys;
    }

    /**
     * What the keys were tested with, and should be used with: it knows what their token lacks.
     *
     * @return the signer
     */
    public TokenSigner signer() {
        return signer;
    }

    /** Ends to follow the token. Idempotent. */
    @Override
    public void close() {
        subscription.ifPresent(ChangeSubscription::close);
        reader.shutdownNow();
    }

    private TokenSshKeys followed() {
        try {
            subscription = Optional.of(session.token().changes(this::changed));
        } catch (TokenException e) {
            LOG.warn(
                    "SSH keys of token \"{}\" are not refreshed: {}",
                    session.info().token().label(),
                    e.getMessage());
        }
        return this;
    }

    private void changed(Change change) {
        if (change.kind() == Change.Kind.DESTROYED) {
            change.object()
                    .ifPresent(gone -> keys = keys.stream()
                            .filter(key -> !key.object().id().equals(gone))
                            .toList());
        }
        if (stale.compareAndSet(false, true)) {
            try {
                reader.execute(this::refresh);
            } catch (RejectedExecutionException e) {
                LOG.trace("A change after the end", e);
            }
        }
    }

    private void refresh() {
        stale.set(false);
        try {
            List<TokenSshKey> now = read();
            if (!now.equals(keys)) {
                keys = now;
            }
        } catch (TokenException e) {
            if (!reader.isShutdown()) {
                String token = session.info().token().label();
                LOG.warn("SSH keys of token \"{}\" stay as they were: {}", token, e.getMessage());
            }
        } catch (IllegalStateException e) {
            LOG.debug("The session of SSH keys was closed", e);
        }
    }

    private List<TokenSshKey> read() throws TokenException {
        List<TokenSshKey> found = new ArrayList<>();
        for (ObjectQuery query : queries) {
            for (PrivateKeyObject object : find(session, query)) {
                usable(object).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private Optional<TokenSshKey> usable(PrivateKeyObject object) throws TokenException {
        try {
            TokenSshKey key = TokenSshKey.of(session, object);
            if (!keys.contains(key)) {
                key.test(signer);
            }
            return Optional.of(key);
        } catch (InvalidKeyException e) {
            LOG.warn("Not offered to SSH: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static List<PrivateKeyObject> find(Session session, ObjectQuery query) throws TokenException {
        return session.findAll(query.limit(MAX_KEYS)).stream()
                .filter(PrivateKeyObject.class::isInstance)
                .map((TokenObject object) -> (PrivateKeyObject) object)
                .toList();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "symbolon-ssh-keys");
        thread.setDaemon(true);
        return thread;
    }
}
