package org.symbolon.kmip.ttlv;

/** A fuzz target: bytes of a peer that means harm, in the XML encoding. As {@link TtlvFuzz}. */
public final class XmlFuzz {
    private XmlFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        TtlvFuzz.tryDecode(TtlvXml::decode, data);
    }
}
