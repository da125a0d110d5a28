package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Ttlv;

/** What the operations of one request share: its version, who asks, and the identifiers that they brought (KMIP 2.1 section 6). */
final class Batch {
    private static final int MOST_BYTES = 8 << 20;
    private static final long ITEM_BYTES = 16;

    private final KmipVersion version;
    private final Caller caller;
    private final List<String> issued = new ArrayList<>();
    private final Map<UniqueIdentifierReference, String> byOperation = new HashMap<>();
    private final Set<String> given = new HashSet<>();
    private @Nullable Served served;
    private @Nullable String placeholder;
    private long answered;

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

    /** Refuses to go on with a request whose response is as long as one may be: each item costs a few bytes, its answer may be long. */
    void requireRoom() throws KmipFailure {
        if (answered >= MOST_BYTES) {
            throw new KmipFailure(
                    ResultReason.RESPONSE_TOO_LARGE,
                    "the items before this one are answered by " + answered + " bytes; send the others by themselves");
        }
    }

    /** Notes what an item is answered by. */
    void answered(Ttlv payload) {
        answered += bytes(payload);
    }

    private static long bytes(Ttlv item) {
        if (item instanceof Ttlv.Structure structure) {
            return ITEM_BYTES
                    + structure.fields().stream().mapToLong(Batch::bytes).sum();
        } else if (item instanceof Ttlv.Octets octets) {
            return ITEM_BYTES + octets.value().length();
        } else if (item instanceof Ttlv.Text text) {
            return ITEM_BYTES + text.utf8().length();
        }
        return item instanceof Ttlv.BigInt number
                ? ITEM_BYTES + number.content().length()
                : ITEM_BYTES;
    }

    /** Gives an object out that was Fresh. */
    void give(String id, Served keeper) {
        served = keeper;
        if (given.add(id)) {
            keeper.give(id);
        }
    }

    /** Keeps what was given out, before the answer leaves. */
    void settle() throws KmipFailure {
        if (served != null) {
            Set<String> ids = Set.copyOf(given);
            given.clear();
            served.settle(ids);
        }
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
