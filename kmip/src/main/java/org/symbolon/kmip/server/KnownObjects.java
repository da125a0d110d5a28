package org.symbolon.kmip.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;

/** The token's objects: from the index where it has them, else from the token. Thread-safe. */
final class KnownObjects {
    private final ObjectIndex index;
    private final TokenReader reader;

    KnownObjects(ObjectIndex index, TokenReader reader) {
        this.index = index;
        this.reader = reader;
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
        if (!index.isComplete()) {
            return index.follow() ? followed() : reader.all();
        }
        for (Map.Entry<String, Long> change : index.changed()) {
            index.put(change, reader.find(change.getKey()));
        }
        List<Managed> candidates = index.candidates(value);
        return index.isComplete() ? candidates : reader.all();
    }

    private List<Managed> followed() throws KmipFailure, TokenException {
        boolean good = false;
        try {
            List<Managed> all = reader.all();
            index.complete(all);
            good = true;
            return all;
        } finally {
            if (!good) {
                index.forgetAll();
            }
        }
    }
}
