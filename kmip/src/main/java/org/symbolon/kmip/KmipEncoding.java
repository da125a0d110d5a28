package org.symbolon.kmip;

import java.io.IOException;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvJson;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.kmip.ttlv.TtlvXml;

/** How messages are written where they travel by HTTPS (Additional Message Encodings 1.0, sections 2 to 4). */
public enum KmipEncoding {
    /** Binary, as on TLS sockets. */
    TTLV("application/octet-stream") {
        @Override
        byte[] encode(Ttlv message) {
            return TtlvEncoder.encode(message);
        }

        @Override
        Ttlv decode(byte[] message, TtlvLimits limits) throws MalformedTtlvException {
            return TtlvDecoder.decode(message, limits);
        }
    },
    /** XML. */
    XML("text/xml") {
        @Override
        byte[] encode(Ttlv message) {
            return TtlvXml.encode(message);
        }

        @Override
        Ttlv decode(byte[] message, TtlvLimits limits) throws MalformedTtlvException {
            return TtlvXml.decode(message, limits);
        }
    },
    /** JSON. */
    JSON("application/json") {
        @Override
        byte[] encode(Ttlv message) {
            return TtlvJson.encode(message);
        }

        @Override
        Ttlv decode(byte[] message, TtlvLimits limits) throws MalformedTtlvException {
            return TtlvJson.decode(message, limits);
        }
    };

    private final String mediaType;

    KmipEncoding(String mediaType) {
        this.mediaType = mediaType;
    }

    /** {@return the Content-Type of messages} */
    public String mediaType() {
        return mediaType;
    }

    abstract byte[] encode(Ttlv message);

    abstract Ttlv decode(byte[] message, TtlvLimits limits) throws IOException;
}
