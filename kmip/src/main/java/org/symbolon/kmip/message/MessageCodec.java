package org.symbolon.kmip.message;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

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
        TtlvEncoder out = new TtlvEncoder();
        int begun = out.begin(tag);
        ValueForms.of(header.getClass()).write(headerTag, header, version, out);
        for (Object item : items) {
            ValueForms.of(item.getClass()).write(ITEM, item, version, out);
        }
        out.end(begun);
        return out.structure(tag);
    }

    /**
     * Makes a request of an item.
     *
     * @param message the item
     * @return the request
     * @throws MalformedTtlvException if it is none
     */
    public static RequestMessage decodeRequest(Ttlv message) throws MalformedTtlvException {
        TtlvCursor cursor = at(message, REQUEST);
        TtlvCursor header = cursor.require(REQUEST_HEADER);
        ReadContext context = ReadContext.of(VersionForm.read(header.require(VERSION)));
        return new RequestMessage(
                (RequestHeader) ValueForms.of(RequestHeader.class).read(header, context),
                items(cursor, RequestBatchItem.class, context));
    }

    /**
     * Makes a response of an item.
     *
     * @param message the item
     * @return the response
     * @throws MalformedTtlvException if it is none
     */
    public static ResponseMessage decodeResponse(Ttlv message) throws MalformedTtlvException {
        TtlvCursor cursor = at(message, RESPONSE);
        TtlvCursor header = cursor.require(RESPONSE_HEADER);
        ReadContext context = ReadContext.of(VersionForm.read(header.require(VERSION)));
        return new ResponseMessage(
                (ResponseHeader) ValueForms.of(ResponseHeader.class).read(header, context),
                items(cursor, ResponseBatchItem.class, context));
    }

    private static TtlvCursor at(Ttlv message, Tag tag) throws MalformedTtlvException {
        if (!message.tag().equals(tag)) {
            throw new MalformedTtlvException(message.tag() + " came, where a " + tag + " belongs");
        }
        return TtlvCursor.at(message);
    }

    private static <T> List<T> items(TtlvCursor message, Class<T> type, ReadContext context)
            throws MalformedTtlvException {
        List<T> items = List.of();
        ValueForm form = ValueForms.of(type);
        message.enter();
        while (message.next()) {
            if (message.tagCode() == ITEM.code()) {
                T item = type.cast(form.read(message, context));
                if (items.isEmpty()) {
                    items = List.of(item); // nearly all messages have one
                } else {
                    items = items.size() == 1 ? new ArrayList<>(items) : items;
                    items.add(item);
                }
            }
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
        return encode(REQUEST_PAYLOAD, request, version);
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
        return encode(RESPONSE_PAYLOAD, response, version);
    }

    private static Ttlv encode(Tag tag, Object payload, KmipVersion version) {
        TtlvEncoder out = new TtlvEncoder();
        ValueForms.of(payload.getClass()).write(tag, payload, version, out);
        return out.structure(tag);
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
        return type.cast(ValueForms.of(type).read(TtlvCursor.at(payload), ReadContext.of(version)));
    }
}
