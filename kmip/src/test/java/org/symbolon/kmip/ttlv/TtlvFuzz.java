package org.symbolon.kmip.ttlv;

import java.util.Arrays;

/**
 * A fuzz target: bytes of a peer that means harm, read in each of the three encodings. What decodes has to survive being
 * encoded and decoded again. Jazzer finds the method by its name; {@link HostileTtlvTest} calls it in every build.
 */
public final class TtlvFuzz {
    private TtlvFuzz() {}

    private interface Decoder {
        Ttlv decode(byte[] data, TtlvLimits limits) throws MalformedTtlvException;
    }

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        for (Decoder decoder : new Decoder[] {TtlvDecoder::decode, TtlvXml::decode, TtlvJson::decode}) {
            try {
                check(decoder.decode(data, TtlvLimits.DEFAULT));
            } catch (MalformedTtlvException e) {
                if (e.getMessage() == null) {
                    throw new AssertionError("no reason is given", e);
                }
            }
        }
    }

    private static void check(Ttlv item) {
        byte[] encoding = TtlvEncoder.encode(item);
        try {
            if (!Arrays.equals(TtlvEncoder.encode(TtlvDecoder.decode(encoding, TtlvLimits.DEFAULT)), encoding)) {
                throw new AssertionError(item + " changed");
            }
        } catch (MalformedTtlvException e) {
            throw new AssertionError(item + " is not read again", e);
        }
    }
}
