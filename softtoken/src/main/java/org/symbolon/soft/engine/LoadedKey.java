package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Destroyable;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.NamedCurve;
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
    private static final int CLOSED = 1 << 30;

    private final Attributes attributes;
    private final boolean verified;
    private final EngineChoice choice;
    private final Optional<NamedCurve> curve;
    private final boolean alwaysAuthenticates;
    private final Set<Object> permissions = ConcurrentHashMap.newKeySet();
    /** By identity, since the hash code of a provider is that of everything it offers. */
    private final IdentityHashMap<Provider, Key> keys = new IdentityHashMap<>();

    private final Map<Object, IdleEngines> idle = new ConcurrentHashMap<>();
    /** How many use it, and the bit {@link #CLOSED}: nobody enters any more. */
    private final AtomicInteger users = new AtomicInteger();

    private @Nullable AsymmetricKeyParameter postQuantum;

    /**
     * Makes a key of the attributes of an object.
     *
     * @param attributes all its attributes; the secret ones are taken over
     * @param verified whether the token vouches for them
     * @param choice which engines it is used by
     */
    public LoadedKey(Attributes attributes, boolean verified, EngineChoice choice) {
        this.attributes = attributes;
        this.verified = verified;
        this.choice = choice;
        this.curve = attributes.find(Attribute.EC_PARAMS).flatMap(NamedCurve::ofEcParams);
        this.alwaysAuthenticates = attributes.isTrue(Attribute.ALWAYS_AUTHENTICATE);
    }

    /** {@return the attributes, the secret ones among them as long as this is in use} */
    public Attributes attributes() {
        return attributes;
    }

    /** {@return whether the token vouches for the attributes} */
    public boolean verified() {
        return verified;
    }

    /** {@return whether each use wants the user's PIN} */
    public boolean alwaysAuthenticates() {
        return alwaysAuthenticates;
    }

    /**
     * Returns whether a use was found to be permitted before, by what does not change while this key lives.
     *
     * @param use the use
     */
    public boolean isPermitted(Object use) {
        return permissions.contains(use);
    }

    /**
     * Notes that a use is permitted.
     *
     * @param use the use
     */
    public void permit(Object use) {
        if (permissions.size() < MAX_PURPOSES) {
            permissions.add(use);
        }
    }

    EngineChoice choice() {
        return choice;
    }

    /** Returns the curve that the key is on. */
    NamedCurve curve() {
        return curve.orElseThrow();
    }

    /**
     * Begins to use the key.
     *
     * @return false if it was closed: read it anew
     */
    public boolean enter() {
        int before = users.get();
        while ((before & CLOSED) == 0) {
            if (users.compareAndSet(before, before + 1)) {
                return true;
            }
            before = users.get();
        }
        return false;
    }

    /** Ends a use. */
    public void leave() {
        if (users.decrementAndGet() == CLOSED) {
            wipe();
        }
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
    @Nullable ReadyEngine takeIdle(Object purpose) {
        IdleEngines waiting = idle.get(purpose);
        ReadyEngine engine = waiting == null ? null : waiting.take();
        return engine == null || engine.isOutdated() ? null : engine;
    }

    /** Keeps an engine for its next use, unless enough wait. When it has had many, looks whether another is faster. */
    void giveBack(Object purpose, ReadyEngine engine) {
        IdleEngines waiting = idle.get(purpose);
        if (waiting == null && idle.size() < MAX_PURPOSES) {
            waiting = idle.computeIfAbsent(purpose, p -> new IdleEngines());
        }
        if (waiting != null) {
            waiting.give(engine);
        }
        if (engine.isUsedMuchNow()) {
            EngineTrials.compare(this);
        }
    }

    /** Forgets the key as soon as nobody uses it. Idempotent. */
    @Override
    public void close() {
        if (users.getAndUpdate(count -> count | CLOSED) == 0) {
            wipe();
        }
    }

    /** Runs once: when it is closed and nobody is in it, or the last one leaves. */
    private synchronized void wipe() {
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
