package org.symbolon.kmip.message;

import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** The TTLV of a Key Value by itself, which is what is encrypted when a key is wrapped with TTLV Encoding (KMIP 2.1 section 3.1). */
public final class KeyValueCodec {
    private static final Tag KEY_VALUE = Tag.named("KeyValue");

    private KeyValueCodec() {}

    /**
     * Encodes.
     *
     * @param value the key with its attributes
     * @param version the version to write
     * @return the bytes, a new array, which hold the key
     */
    public static byte[] encode(KeyValue.Plain value, KmipVersion version) {
        TtlvEncoder out = new TtlvEncoder();
        ValueForms.of(KeyValue.class).write(KEY_VALUE, value, version, out);
        Ttlv item = out.structure(KEY_VALUE);
        try {
            return TtlvEncoder.encode(item);
        } finally {
            item.wipe();
        }
    }

    /**
     * Decodes.
     *
     * @param ttlv the bytes
     * @param format the format of the key in them
     * @param version the version to read
     * @return the key with its attributes
     * @throws MalformedTtlvException if they are no Key Value
     */
    public static KeyValue.Plain decode(byte[] ttlv, KeyFormatType format, KmipVersion version)
            throws MalformedTtlvException {
        Ttlv item = TtlvDecoder.decode(ttlv, TtlvLimits.DEFAULT);
        if (item instanceof Ttlv.Structure
                && item.tag().equals(KEY_VALUE)
                && ValueForms.of(KeyValue.class).read(TtlvCursor.at(item), new ReadContext(version, format))
                        instanceof KeyValue.Plain plain) {
            return plain;
        }
        throw new MalformedTtlvException(item.tag() + " came, where a structure " + KEY_VALUE + " belongs");
    }
}
