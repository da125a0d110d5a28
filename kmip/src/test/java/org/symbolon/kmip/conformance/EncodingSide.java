package org.symbolon.kmip.conformance;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.kmip.reference.OasisCase;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvJson;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.kmip.ttlv.TtlvXml;

/** Writes and reads the messages of cases in each encoding. */
final class EncodingSide {
    private EncodingSide() {}

    /** Returns the messages of a case that are not the same after it. */
    static List<String> run(OasisCase each) {
        List<String> differences = new ArrayList<>();
        List<Ttlv.Structure> messages = each.decoded();
        for (int i = 0; i < messages.size(); i++) {
            try {
                if (!isSame(messages.get(i))) {
                    differences.add("message " + i + " is another after encoding and decoding");
                }
            } catch (MalformedTtlvException e) {
                differences.add("message " + i + ": " + e.getMessage());
            }
        }
        return differences;
    }

    private static boolean isSame(Ttlv message) throws MalformedTtlvException {
        byte[] binary = TtlvEncoder.encode(message);
        Ttlv xml = TtlvXml.decode(TtlvXml.encode(message), TtlvLimits.DEFAULT);
        Ttlv json = TtlvJson.decode(TtlvJson.encode(xml), TtlvLimits.DEFAULT);
        return TtlvDecoder.decode(binary, TtlvLimits.DEFAULT).equals(message)
                && json.equals(message)
                && java.util.Arrays.equals(TtlvEncoder.encode(json), binary);
    }
}
