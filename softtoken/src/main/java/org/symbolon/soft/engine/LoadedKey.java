package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Destroyable;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;

/**
 * A key that is ready for use: its attributes, its form in each engine that used it, and engines that wait for their next
 * use with it.
 *
 * <p><b>Security guarantees.</b> When it is closed and the last operation has left, the secret attributes are zeroed and
 * the engines' keys destroyed where their provider can; keys of the JDK and of Bouncy Castle are left to the collector.
 * Thread-safe.
 */
public final class LoadedKey implements AutoCloseable {
    private static final int MAX_PURPOSES = 16;
    private static final int MAX_IDLE_OF_ONE_PURPOSE = Runtime.getRuntime().availableProcessors();

    private final Attributes attributes;
    private final boolean verified;
    /** By identity, since the hash code of a provider is that of everything it offers. */
    private final IdentityHashMap<Provider, Key> keys = new IdentityHashMap<>();

    private final Map<Object, Queue<Object>> idle = new ConcurrentHashMap<>();
    private @Nullable AsymmetricKeyParameter postQuantum;
    private int users;
    private boolean closed;
    private boolean wiped;

    /**
     * Makes a key of the attributes of an object.
     *
     * @param attributes all its attributes; the secret ones are taken over
     * @param verified whether the token vouches for them
     */
    public LoadedKey(Attributes attributes, boolean verified) {
        this.attributes = attributes;
        this.verified = verified;
    }

    /** {@return the attributes, the secret ones among them as long as this is in use} */
    public Attributes attributes() {
        return attributes;
    }

    /** {@return whether the token vouches for the attributes} */
    public boolean verified() {
        return verified;
    }

    /**
     * Begins to use the key.
     *
     * @return false if it was closed: read it anew
     */
    public synchronized boolean enter() {
        if (closed) {
            return false;
        }
        users++;
        return true;
    }

    /** Ends a use. */
    public synchronized void leave() {
        users--;
        wipeIfUnused();
    }

    synchronized Key key(Provider engine) throws TokenException {
        Key known = keys.get(engine);
        if (known != null) {
            return known;
        }
        try {
            Key made = make(engine);
            keys.put(engine, made);
            return made;
        } catch (GeneralSecurityException e) {
            throw Failures.engine(e);
        }
    }

    /**
     * Returns the key as Bouncy Castle has it, of ML-DSA, ML-KEM or SLH-DSA.
     *
     * @param isPrivate whether the private key is wanted
     */
    synchronized AsymmetricKeyParameter postQuantum(boolean isPrivate) throws TokenException {
        AsymmetricKeyParameter known = postQuantum;
        if (known == null) {
            known = isPrivate ? PostQuantumKeys.privateKey(attributes) : PostQuantumKeys.publicKey(attributes);
            postQuantum = known;
        }
        return known;
    }

    private Key make(Provider engine) throws GeneralSecurityException {
        ObjectClass objectClass = attributes.get(Attribute.CLASS);
        if (objectClass.equals(ObjectClass.PRIVATE_KEY)) {
            return KeyEncoding.privateKey(attributes, engine);
        } else if (objectClass.equals(ObjectClass.PUBLIC_KEY)) {
            return KeyEncoding.publicKey(attributes, engine);
        }
        return new SecretKeySpec(
                attributes.get(Attribute.VALUE).sharedArray(),
                KeyEncoding.secretKeyAlgorithm(attributes.get(Attribute.KEY_TYPE)));
    }

    /**
     * Returns an engine that waits, initialised with this key, or null if none does.
     *
     * @param purpose what it is for: engines of one purpose are alike
     */
    <E> @Nullable E takeIdle(Object purpose, Class<E> engineClass) {
        Queue<Object> waiting = idle.get(purpose);
        return waiting == null ? null : engineClass.cast(waiting.poll());
    }

    /** Keeps an engine for its next use, unless enough wait. */
    void giveBack(Object purpose, Object engine) {
        Queue<Object> waiting = idle.get(purpose);
        if (waiting == null && idle.size() < MAX_PURPOSES) {
            waiting = idle.computeIfAbsent(purpose, p -> new ConcurrentLinkedQueue<>());
        }
        if (waiting != null && waiting.size() < MAX_IDLE_OF_ONE_PURPOSE) {
            waiting.add(engine);
        }
    }

    /** Forgets the key as soon as nobody uses it. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        wipeIfUnused();
    }

    private void wipeIfUnused() {
        if (!closed || users > 0 || wiped) {
            return;
        }
        wiped = true;
        idle.clear();
        for (Attribute<?> attribute : attributes.present()) {
            if (attributes.find(attribute).orElse(null) instanceof SecretBytes secret) {
                secret.close();
            }
        }
        keys.values().forEach(LoadedKey::destroy);
        if (postQuantum instanceof Destroyable destroyable) {
            destroy(destroyable);
        }
        postQuantum = null;
        keys.clear();
    }

    private static void destroy(Object key) {
        if (key instanceof Destroyable destroyable && !destroyable.isDestroyed()) {
            try {
                destroyable.destroy();
            } catch (DestroyFailedException e) {
                // The JDK's keys say so: they cannot be wiped, only forgotten.
                org.slf4j.LoggerFactory.getLogger(LoadedKey.class).trace("{} cannot be wiped", key.getClass());
            }
        }
    }
}
