package org.symbolon.ssh.x509;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers answers until they end, the newest of them. Thread-safe. */
final class Aging<K, V> {
    private final int maxEntries;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

    private record Entry<V>(V value, Instant end) {}

    Aging(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    synchronized Optional<V> get(K key, Instant now) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> now.isBefore(entry.end()))
                .map(Entry::value);
    }

    synchronized void put(K key, V value, Instant end) {
        entries.remove(key);
        entries.put(key, new Entry<>(value, end));
        if (entries.size() > maxEntries) {
            entries.remove(entries.keySet().iterator().next());
        }
    }
}
