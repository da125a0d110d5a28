package org.symbolon.soft;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.symbolon.soft.seal.ManifestTree;

/**
 * The manifest's nodes as a transaction leaves them, written when it ends: the upper ones change with each object. Not
 * thread-safe.
 */
final class PendingNodes implements ManifestTree.Nodes {
    /** Bounds the memory that a large transaction takes: to some 5 MB. */
    private static final int MAX_PENDING = 8192;

    private final ManifestTree.Nodes stored;
    private final Map<Place, byte[]> pending = new LinkedHashMap<>();

    private record Place(int level, int prefix) {}

    PendingNodes(ManifestTree.Nodes stored) {
        this.stored = stored;
    }

    @Override
    public byte[] load(int level, int prefix) {
        byte[] content = pending.get(new Place(level, prefix));
        return content != null ? content : stored.load(level, prefix);
    }

    @Override
    public void save(int level, int prefix, byte[] content) {
        pending.put(new Place(level, prefix), content);
        if (pending.size() > MAX_PENDING) {
            flush();
        }
    }

    @Override
    public void expect(Collection<Integer> prefixes) {
        stored.expect(prefixes);
    }

    /** Writes what is pending. */
    void flush() {
        pending.forEach((place, content) -> stored.save(place.level, place.prefix, content));
        pending.clear();
    }
}
