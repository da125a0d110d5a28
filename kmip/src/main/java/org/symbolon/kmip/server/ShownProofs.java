package org.symbolon.kmip.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.symbolon.Bytes;

/**
 * Which client showed a Hashed Password first: while it is good, it is that client's, who may show it with many requests, and nobody
 * else's who has read it somewhere. Of so many; the eldest are forgotten. Thread-safe.
 */
final class ShownProofs {
    private static final int MOST = 65_536;

    private final Map<Bytes, String> sources = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, String> eldest) {
            return size() > MOST;
        }
    };

    /** Returns whether a proof is one that nobody else has shown. */
    boolean isOf(Bytes proof, String source) {
        Bytes own = Bytes.wrap(proof.toByteArray()); // what a request brought is wiped after it
        synchronized (sources) {
            String first = sources.putIfAbsent(own, source);
            return first == null || first.equals(source);
        }
    }
}
