package org.symbolon.kmip.ttlv;

import java.util.Arrays;
import org.symbolon.kmip.message.MessageCodec;

/**
 * A fuzz target: bytes of a peer that means harm, in the binary encoding. What decodes has to survive being encoded and decoded
 * again, and is a message or refused as none. Jazzer finds the method by its name; {@link HostileTtlvTest} calls it in every build.
 */
public final class TtlvFuzz {
    private TtlvFuzz() {}

    /** Reads an item in one of the encodings. */
    interface Decoder {
        Ttlv decode(byte[] data, TtlvLimits limits) throws MalformedTtlvException;
    }

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        tryDecode(TtlvDecoder::decode, data.clone());
    }

    /** Returns whether the bytes are an item in an encoding. */
    static boolean tryDecode(Decoder decoder, byte[] data) {
        try {
            Ttlv item = decoder.decode(data, TtlvLimits.DEFAULT);
            check(item);
            tryMessage(item);
            return true;
        } catch (MalformedTtlvException e) {
            requireReason(e);
            return false;
        }
    }

    private static void tryMessage(Ttlv item) {
        try {
            if (item.tag().equals(MessageCodec.REQUEST)) {
                MessageCodec.decodeRequest(item);
            } else if (item.tag().equals(MessageCodec.RESPONSE)) {
                MessageCodec.decodeResponse(item);
            }
        } catch (MalformedTtlvException e) {
            requireReason(e);
        }
    }

    private static void requireReason(MalformedTtlvException e) {
        if (e.getMessage() == null) {
            throw new AssertionError("no reason is given", e);
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
