package org.symbolon.kmip.token;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.symbolon.Change;
import org.symbolon.ChangeListener;
import org.symbolon.Deadline;
import org.symbolon.KeyObject;
import org.symbolon.ObjectId;
import org.symbolon.TokenException;

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
        }
        ServedObject served = access.require(key, deadline);
        synchronized (facts) {
            facts.put(id, new Fact(served, now));
        }
        return served;
    }

    @Override
    public void changed(Change change) {
        synchronized (facts) {
            if (change.object().isPresent()) {
                facts.remove(change.object().map(ObjectId::toString).orElseThrow());
            } else {
                facts.clear();
            }
        }
    }
}
