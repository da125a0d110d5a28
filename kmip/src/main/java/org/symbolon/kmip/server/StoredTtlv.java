package org.symbolon.kmip.server;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.NotInVersionException;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/**
 * KMIP's values as a token keeps them: sections, each the version (its numbers in one byte, 0x21 for 2.1), a length of four bytes,
 * and TTLV as that version writes it. What 2.1 does not have any more is in a section of 1.4.
 */
final class StoredTtlv {
    private static final UniqueIdentifier NOBODY = UniqueIdentifier.of("");
    private static final int HEADER_BYTES = 5;
    private static final TtlvLimits LIMITS = TtlvLimits.DEFAULT.withMaxBytes(16 << 20);

    private StoredTtlv() {}

    /** Returns what is stored for attributes. */
    static Bytes of(Attributes attributes) {
        List<Attribute<?>> newer = new ArrayList<>();
        List<Attribute<?>> older = new ArrayList<>();
        for (Attribute<?> attribute : attributes.list()) {
            (AttributeRules.isIn(attribute.type(), KmipVersion.V2_1) ? newer : older).add(unnumbered(attribute));
        }
        byte[] first = section(answer(newer), KmipVersion.V2_1);
        byte[] second = older.isEmpty() ? new byte[0] : section(answer(older), KmipVersion.V1_4);
        return Bytes.wrap(ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array());
    }

    private static <T> Attribute<T> unnumbered(Attribute<T> attribute) {
        return Attribute.of(attribute.type(), attribute.value());
    }

    private static GetAttributes.Response answer(List<Attribute<?>> attributes) {
        return new GetAttributes.Response(NOBODY, new Attributes(attributes, List.of()));
    }

    /** Returns what is stored for an object that the token has no class for; to be closed. */
    static SecretBytes of(ManagedObject object) {
        Get.Response response = new Get.Response(object.objectType(), NOBODY, object);
        try {
            return SecretBytes.takeOver(section(response, KmipVersion.V2_1));
        } catch (NotInVersionException e) {
            return SecretBytes.takeOver(section(response, KmipVersion.V1_4)); // what ended with 1.4
        }
    }

    private static byte[] section(KmipResponse response, KmipVersion version) {
        Ttlv payload = MessageCodec.encodePayload(response, version);
        byte[] ttlv = TtlvEncoder.encode(payload);
        payload.release();
        return ByteBuffer.allocate(HEADER_BYTES + ttlv.length)
                .put((byte) ((version.major() << 4) | version.minor()))
                .putInt(ttlv.length)
                .put(ttlv)
                .array();
    }

    /** Returns the attributes that are stored. */
    static Attributes attributes(Bytes stored) throws KmipFailure {
        List<Attribute<?>> all = new ArrayList<>();
        for (GetAttributes.Response section : sections(stored, GetAttributes.Response.class)) {
            section.attributes().list().forEach(each -> all.add(unnumbered(each)));
        }
        return new Attributes(all, List.of());
    }

    /** Returns the object that is stored. */
    static ManagedObject object(Bytes stored) throws KmipFailure {
        List<Get.Response> sections = sections(stored, Get.Response.class);
        if (sections.size() != 1) {
            throw damaged(null);
        }
        return sections.get(0).object();
    }

    private static <T> List<T> sections(Bytes stored, Class<T> type) throws KmipFailure {
        List<T> sections = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(stored.sharedArray());
        while (rest.hasRemaining()) {
            if (rest.remaining() < HEADER_BYTES) {
                throw damaged(null);
            }
            int version = Byte.toUnsignedInt(rest.get());
            int length = rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                throw damaged(null);
            }
            byte[] ttlv = new byte[length];
            rest.get(ttlv);
            sections.add(section(ttlv, type, new KmipVersion(version >> 4, version & 0xF)));
        }
        return sections;
    }

    private static <T> T section(byte[] ttlv, Class<T> type, KmipVersion version) throws KmipFailure {
        try {
            Ttlv payload = TtlvDecoder.decode(ttlv, LIMITS);
            try {
                return MessageCodec.decodePayload(payload, type, version);
            } finally {
                payload.release();
            }
        } catch (MalformedTtlvException e) {
            throw damaged(e);
        }
    }

    private static KmipFailure damaged(@org.jspecify.annotations.Nullable Throwable cause) {
        return new KmipFailure(
                ResultReason.GENERAL_FAILURE, "what the token keeps of the object for KMIP is damaged", cause);
    }
}
