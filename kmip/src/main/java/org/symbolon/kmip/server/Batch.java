package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;

/** What the operations of one request share: its version, who asks, and the identifiers that they brought (KMIP 2.1 section 6). */
final class Batch {
    private final KmipVersion version;
    private final Caller caller;
    private final List<String> issued = new ArrayList<>();
    private final Map<UniqueIdentifierReference, String> byOperation = new HashMap<>();
    private @Nullable String placeholder;

    Batch(KmipVersion version, Caller caller) {
        this.version = version;
        this.caller = caller;
    }

    KmipVersion version() {
        return version;
    }

    Caller caller() {
        return caller;
    }

    /** Makes an identifier the ID Placeholder. */
    UniqueIdentifier hold(String id, UniqueIdentifierReference... references) {
        placeholder = id;
        issued.add(id);
        for (UniqueIdentifierReference reference : references) {
            byOperation.put(reference, id);
        }
        return UniqueIdentifier.of(id);
    }

    /** Remembers an identifier that is not the ID Placeholder. */
    UniqueIdentifier remember(String id, UniqueIdentifierReference reference) {
        issued.add(id);
        byOperation.put(reference, id);
        return UniqueIdentifier.of(id);
    }

    /** Empties the ID Placeholder. */
    void release() {
        placeholder = null;
    }

    /** Returns the object that an operation is asked for: the one named, or the ID Placeholder where none is. */
    String id(@Nullable UniqueIdentifier asked) throws KmipFailure {
        if (asked instanceof UniqueIdentifier.Text text) {
            return text.text();
        }
        String id = placeholder;
        if (asked instanceof UniqueIdentifier.Position position) {
            int index = position.item() < 0 ? issued.size() + position.item() : position.item();
            id = index >= 0 && index < issued.size() ? issued.get(index) : null;
        } else if (asked instanceof UniqueIdentifier.Reference reference
                && !reference.operation().equals(UniqueIdentifierReference.ID_PLACEHOLDER)) {
            id = byOperation.get(reference.operation());
        }
        if (id == null) {
            throw new KmipFailure(
                    ResultReason.OBJECT_NOT_FOUND,
                    "no Unique Identifier was sent, and no operation before this one in the batch gave one");
        }
        return id;
    }
}
