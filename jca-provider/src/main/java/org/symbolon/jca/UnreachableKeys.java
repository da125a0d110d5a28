package org.symbolon.jca;

import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.KeyObject;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;

/**
 * Destroys the session objects that engines made, once the Java keys that the engines returned are collected: they would stay until
 * their session ends, which may be months. Token objects are never destroyed.
 *
 * <p>The key's object is watched and not the key, since a call holds it until the token has answered. One thread of its own works
 * through at most {@value #MAX_WAITING} objects; what does not fit in, or is left when the token does not answer, goes with its
 * session. Thread-safe; makes its thread with the first object and ends it when there is nothing to do.
 */
final class UnreachableKeys {
    private static final Logger LOG = LoggerFactory.getLogger(UnreachableKeys.class);
    private static final int MAX_WAITING = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            UnreachableKeys::daemon,
            (task, pool) -> LOG.debug("An object without key is left to its session: too many others wait"));

    UnreachableKeys() {
        worker.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "symbolon-unreachable-keys");
        thread.setDaemon(true);
        return thread;
    }

    /** The JVM's notice of what became unreachable, started when it is first wanted. */
    private static final class Notice {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /**
     * Returns a key object of the session, to be destroyed when nobody has this reference to it any more; as it is, if it is an
     * object of the token.
     *
     * @param companions what goes with it, such as its public half
     */
    <K extends KeyObject> K watched(Session session, K key, KeyObject... companions) {
        List<TokenObject> doomed = new ArrayList<>();
        ofSession(key).ifPresent(doomed::add);
        for (KeyObject companion : companions) {
            ofSession(companion).ifPresent(doomed::add);
        }
        if (ofSession(key).isPresent()) {
            Notice.CLEANER.register(key, () -> worker.execute(() -> destroy(session, doomed)));
        }
        return key;
    }

    /** Returns another reference to an object of the session, as one to the object itself would keep it. */
    private static Optional<TokenObject> ofSession(KeyObject key) {
        Attributes attributes = Attributes.none()
                .with(Attribute.CLASS, key.objectClass())
                .with(Attribute.KEY_TYPE, key.keyType())
                .with(Attribute.LABEL, key.label());
        return key.attributes().find(Attribute.TOKEN).equals(Optional.of(false))
                ? Optional.of(TokenObject.of(key.id(), attributes, false))
                : Optional.empty();
    }

    private void destroy(Session session, List<TokenObject> doomed) {
        for (TokenObject object : doomed) {
            try {
                session.within(PATIENCE).destroy(object);
            } catch (TokenUnavailableException e) {
                worker.getQueue().clear();
                LOG.debug("Objects without keys are left to their session: {}", e.getMessage());
                return;
            } catch (TokenException | IllegalStateException e) {
                LOG.debug("An object without key is gone already, or goes with its session: {}", e.getMessage());
            }
        }
    }
}
