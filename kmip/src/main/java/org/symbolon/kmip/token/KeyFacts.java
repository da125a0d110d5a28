package org.symbolon.kmip.token;

import java.security.PublicKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.Attribute;
import org.symbolon.Change;
import org.symbolon.ChangeListener;
import org.symbolon.Deadline;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectId;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.kmip.SigningKey;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.UniqueIdentifier;

/**
 * What is known of the keys that are in use: no signature waits for the server to say again what its key is. Forgotten when the key
 * changes here, or after the time in which changes elsewhere are noticed. Thread-safe.
 */
final class KeyFacts implements ChangeListener {
    private static final int MAX_KEYS = 1024;

    private final SessionAccess access;
    private final long maxAgeNanos;
    private final Map<String, Fact> facts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Fact> eldest) {
            return size() > MAX_KEYS;
        }
    };

    private final Map<UniqueIdentifier, SigningKey> signing = new ConcurrentHashMap<>();

    private record Fact(ServedObject key, long since) {}

    KeyFacts(SessionAccess access, Duration maxAge) {
        this.access = access;
        this.maxAgeNanos = maxAge.toNanos();
    }

    ServedObject of(KeyObject key, Deadline deadline) throws TokenException {
        String id = key.id().toString();
        long now = System.nanoTime();
        synchronized (facts) {
            Fact known = facts.get(id);
            if (known != null && now - known.since() < maxAgeNanos) {
                return known.key();
            }
            if (facts.size() == MAX_KEYS) {
                signing.clear();
            }
        }
        ServedObject served = access.require(key, deadline);
        synchronized (facts) {
            facts.put(id, new Fact(served, now));
        }
        return served;
    }

    /** Returns what has to be known of a private key to sign with it; empty of its public key where that is not known. */
    SigningKey signingKey(ServedObject key) throws TokenException {
        SigningKey known = signing.get(key.id());
        if (known != null) {
            return known;
        }
        int fieldBytes = key.shown()
                .find(Attribute.EC_PARAMS)
                .flatMap(NamedCurve::ofEcParams)
                .map(NamedCurve::fieldBytes)
                .orElse(0);
        KeyType type = key.shown().get(Attribute.KEY_TYPE);
        if (type.equals(KeyType.EC) && fieldBytes == 0) {
            throw Refusals.mechanism(
                    "the server does not say on which curve the key is: it has no public key linked to it");
        }
        Optional<PublicKey> publicKey = PublicKeys.find(key.toTokenObject("", Set.of(Attribute.PUBLIC_KEY_INFO)));
        SigningKey made = new SigningKey(
                key.id(),
                type,
                fieldBytes,
                key.said().get(AttributeType.USAGE_LIMITS).isPresent(),
                publicKey);
        signing.put(key.id(), made);
        return made;
    }

    @Override
    public void changed(Change change) {
        signing.clear();
        synchronized (facts) {
            if (change.object().isPresent()) {
                facts.remove(change.object().map(ObjectId::toString).orElseThrow());
            } else {
                facts.clear();
            }
        }
    }
}
