package org.symbolon.kmip.ttlv;

/** A fuzz target: bytes of a peer that means harm, in the JSON encoding. As {@link TtlvFuzz}. */
public final class JsonFuzz {
    private JsonFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        TtlvFuzz.tryDecode(TtlvJson::decode, data);
    }
}
