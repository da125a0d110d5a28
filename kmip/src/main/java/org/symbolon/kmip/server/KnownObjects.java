package org.symbolon.kmip.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.object.Name;

/**
 * The token's objects: from the index where it has them, else from the token. Who asks for a Name never waits for the index to be
 * filled, since the token finds a Name by itself. Thread-safe.
 */
final class KnownObjects implements AutoCloseable {
    /** As many as are read at once by who asks. */
    private static final int FEW = 8;

    private final ObjectIndex index;
    private final TokenReader reader;
    private final IndexUpkeep upkeep;
    private final boolean claimed;

    /** Makes them of an index and what fills it; where Names are claimed, the token finds each of them. */
    KnownObjects(ObjectIndex index, TokenReader reader, boolean claimed) {
        this.index = index;
        this.reader = reader;
        this.upkeep = new IndexUpkeep(index, reader);
        this.claimed = claimed;
    }

    /** Returns the object of a Unique Identifier. */
    Optional<Managed> find(String id) throws KmipFailure, TokenException {
        Optional<Managed> known = index.find(id);
        if (known.isEmpty()) {
            long mark = index.mark();
            known = reader.find(id);
            known.ifPresent(object -> index.put(object, mark));
        }
        return known;
    }

    /** Returns objects among which are those that have a Name or an Object Group. */
    List<Managed> candidates(@Nullable Object value) throws KmipFailure, TokenException {
        boolean behind = !index.isComplete() || index.changes() > FEW;
        if (behind && claimed && value instanceof Name name) {
            upkeep.begin();
            return reader.named(name);
        } else if (behind) {
            upkeep.await();
        }
        if (!index.isComplete()) {
            return reader.all();
        }
        for (Map.Entry<String, Long> change : index.changed()) {
            index.put(change, reader.find(change.getKey()));
        }
        List<Managed> candidates = index.candidates(value);
        return index.isComplete() ? candidates : reader.all();
    }

    @Override
    public void close() {
        upkeep.close();
    }
}
