package org.symbolon.kmip.message;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/**
 * Messages and payloads as items, and items as messages and payloads. Written in the order of the standard; read in any order.
 * Thread-safe.
 */
public final class MessageCodec {
    /** The tag of requests. */
    public static final Tag REQUEST = Tag.named("RequestMessage");

    /** The tag of responses. */
    public static final Tag RESPONSE = Tag.named("ResponseMessage");

    private static final Tag REQUEST_HEADER = Tag.named("RequestHeader");
    private static final Tag RESPONSE_HEADER = Tag.named("ResponseHeader");
    private static final Tag VERSION = Tag.named("ProtocolVersion");
    private static final Tag ITEM = Tag.named("BatchItem");
    private static final Tag REQUEST_PAYLOAD = Tag.named("RequestPayload");
    private static final Tag RESPONSE_PAYLOAD = Tag.named("ResponsePayload");

    private MessageCodec() {}

    /**
     * Makes an item of a request.
     *
     * @param message the request
     * @return the item
     * @throws NotInVersionException if it holds what its version does not have
     */
    public static Ttlv.Structure encode(RequestMessage message) {
        return encode(
                REQUEST,
                REQUEST_HEADER,
                message.header(),
                message.items(),
                message.header().protocolVersion());
    }

    /**
     * Makes an item of a response.
     *
     * @param message the response
     * @return the item
     * @throws NotInVersionException if it holds what its version does not have
     */
    public static Ttlv.Structure encode(ResponseMessage message) {
        return encode(
                RESPONSE,
                RESPONSE_HEADER,
                message.header(),
                message.items(),
                message.header().protocolVersion());
    }

    private static Ttlv.Structure encode(Tag tag, Tag headerTag, Object header, List<?> items, KmipVersion version) {
        List<Ttlv> fields = new ArrayList<>();
        fields.add(ValueForms.of(header.getClass()).write(headerTag, header, version));
        for (Object item : items) {
            fields.add(ValueForms.of(item.getClass()).write(ITEM, item, version));
        }
        return new Ttlv.Structure(tag, fields);
    }

    /**
     * Makes a request of an item.
     *
     * @param message the item
     * @return the request
     * @throws MalformedTtlvException if it is none
     */
    public static RequestMessage decodeRequest(Ttlv message) throws MalformedTtlvException {
        Ttlv header = header(message, REQUEST, REQUEST_HEADER);
        ReadContext context = ReadContext.of(version(header));
        return new RequestMessage(
                (RequestHeader) ValueForms.of(RequestHeader.class).read(header, context),
                items(message, RequestBatchItem.class, context));
    }

    /**
     * Makes a response of an item.
     *
     * @param message the item
     * @return the response
     * @throws MalformedTtlvException if it is none
     */
    public static ResponseMessage decodeResponse(Ttlv message) throws MalformedTtlvException {
        Ttlv header = header(message, RESPONSE, RESPONSE_HEADER);
        ReadContext context = ReadContext.of(version(header));
        return new ResponseMessage(
                (ResponseHeader) ValueForms.of(ResponseHeader.class).read(header, context),
                items(message, ResponseBatchItem.class, context));
    }

    private static Ttlv header(Ttlv message, Tag tag, Tag headerTag) throws MalformedTtlvException {
        if (!message.tag().equals(tag)) {
            throw new MalformedTtlvException(message.tag() + " came, where a " + tag + " belongs");
        }
        return ValueForms.as(Ttlv.Structure.class, message)
                .field(headerTag)
                .orElseThrow(() -> new MalformedTtlvException(tag + " has no " + headerTag));
    }

    private static KmipVersion version(Ttlv header) throws MalformedTtlvException {
        Ttlv version = ValueForms.as(Ttlv.Structure.class, header)
                .field(VERSION)
                .orElseThrow(() -> new MalformedTtlvException(header.tag() + " has no " + VERSION));
        return (KmipVersion) ValueForms.of(KmipVersion.class).read(version, ReadContext.of(KmipVersion.V1_0));
    }

    private static <T> List<T> items(Ttlv message, Class<T> type, ReadContext context) throws MalformedTtlvException {
        List<T> items = new ArrayList<>();
        for (Ttlv item : ((Ttlv.Structure) message).fields(ITEM)) {
            items.add(type.cast(ValueForms.of(type).read(item, context)));
        }
        return items;
    }

    /**
     * Makes a payload of a request.
     *
     * @param request what is asked
     * @param version the version of the message
     * @return the payload
     * @throws NotInVersionException if it holds what the version does not have
     */
    public static Ttlv encodePayload(KmipRequest<?> request, KmipVersion version) {
        return ValueForms.of(request.getClass()).write(REQUEST_PAYLOAD, request, version);
    }

    /**
     * Makes a payload of a response.
     *
     * @param response what comes back
     * @param version the version of the message
     * @return the payload
     * @throws NotInVersionException if it holds what the version does not have
     */
    public static Ttlv encodePayload(KmipResponse response, KmipVersion version) {
        return ValueForms.of(response.getClass()).write(RESPONSE_PAYLOAD, response, version);
    }

    /**
     * Makes a request or response of a payload.
     *
     * @param payload the payload
     * @param type the class of the request or response
     * @param version the version of the message
     * @param <T> the type of the request or response
     * @return the request or response
     * @throws MalformedTtlvException if the payload is none
     */
    public static <T> T decodePayload(Ttlv payload, Class<T> type, KmipVersion version) throws MalformedTtlvException {
        return type.cast(ValueForms.of(type).read(payload, ReadContext.of(version)));
    }
}
