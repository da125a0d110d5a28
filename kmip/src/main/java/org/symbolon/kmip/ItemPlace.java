package org.symbolon.kmip;

import java.util.Optional;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;

/**
 * Where an item lies in a message that was decoded: what an error names, so that it can be found in a trace.
 *
 * @param path its tag after those above it
 * @param offset its first byte in the binary encoding
 */
record ItemPlace(String path, long offset) {
    private static final int HEADER_BYTES = 8;
    private static final int ALIGNMENT = 8;

    /** {@return what is wrong with a message, and where as far as that is known} */
    static String problem(MalformedTtlvException malformed, Ttlv message) {
        String problem = String.valueOf(malformed.getMessage());
        return malformed
                .item()
                .flatMap(item -> find(message, item, "", 0))
                .map(place -> place + ": " + problem)
                .orElse(problem);
    }

    private static Optional<ItemPlace> find(Ttlv in, Ttlv wanted, String above, long offset) {
        String path = above + in.tag();
        if (in == wanted) { // the same item, not an equal one, which may lie elsewhere
            return Optional.of(new ItemPlace(path, offset));
        }
        if (!(in instanceof Ttlv.Structure structure)) {
            return Optional.empty();
        }
        long at = offset + HEADER_BYTES;
        for (Ttlv field : structure.fields()) {
            Optional<ItemPlace> found = find(field, wanted, path + "/", at);
            if (found.isPresent()) {
                return found;
            }
            at += encodedBytes(field);
        }
        return Optional.empty();
    }

    private static long encodedBytes(Ttlv item) {
        long content;
        if (item instanceof Ttlv.Structure structure) {
            content = structure.fields().stream()
                    .mapToLong(ItemPlace::encodedBytes)
                    .sum();
        } else if (item instanceof Ttlv.Text text) {
            content = text.utf8().length();
        } else if (item instanceof Ttlv.Octets octets) {
            content = octets.value().length();
        } else if (item instanceof Ttlv.BigInt number) {
            content = number.content().length();
        } else {
            content = ALIGNMENT; // numbers of four bytes are padded to this
        }
        return HEADER_BYTES + (content + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    @Override
    public String toString() {
        return path + " at offset " + offset;
    }
}
