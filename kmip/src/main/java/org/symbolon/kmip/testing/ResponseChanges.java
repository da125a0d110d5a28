package org.symbolon.kmip.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** What is done to answers, as items: so that they can become what no record holds. */
final class ResponseChanges {
    private static final Tag HEADER = Tag.named("ResponseHeader");
    private static final Tag VERSION = Tag.named("ProtocolVersion");
    private static final Tag MAJOR = Tag.named("ProtocolVersionMajor");
    private static final Tag MINOR = Tag.named("ProtocolVersionMinor");
    private static final Tag BATCH_COUNT = Tag.named("BatchCount");
    private static final Tag ITEM = Tag.named("BatchItem");
    private static final Tag ITEM_ID = Tag.named("UniqueBatchItemID");
    private static final Tag OPERATION = Tag.named("Operation");
    private static final Tag STATUS = Tag.named("ResultStatus");
    private static final Tag CORRELATION = Tag.named("AsynchronousCorrelationValue");
    private static final Tag PAYLOAD = Tag.named("ResponsePayload");
    private static final Tag UNIQUE_IDENTIFIER = Tag.named("UniqueIdentifier");
    private static final Tag ATTRIBUTE = Tag.named("Attribute");
    private static final Tag ATTRIBUTE_NAME = Tag.named("AttributeName");
    private static final Tag ATTRIBUTE_VALUE = Tag.named("AttributeValue");
    private static final Tag OF_A_LATER_VERSION = Tag.of(0x42FF01);

    private ResponseChanges() {}

    static Ttlv.Structure otherOrder(Ttlv.Structure structure) {
        Map<Tag, List<Ttlv>> groups = new LinkedHashMap<>();
        for (Ttlv field : structure.fields()) {
            Ttlv changed = field instanceof Ttlv.Structure inner ? otherOrder(inner) : field;
            groups.computeIfAbsent(field.tag(), tag -> new ArrayList<>()).add(changed);
        }
        List<List<Ttlv>> order = new ArrayList<>(groups.values());
        Collections.reverse(order);
        return new Ttlv.Structure(
                structure.tag(), order.stream().flatMap(List::stream).toList());
    }

    static Ttlv.Structure newerFields(Ttlv.Structure structure) {
        List<Ttlv> fields = new ArrayList<>();
        boolean hasNamedAttributes = false;
        for (Ttlv field : structure.fields()) {
            fields.add(field instanceof Ttlv.Structure inner ? newerFields(inner) : field);
            hasNamedAttributes |= field instanceof Ttlv.Structure inner
                    && inner.tag().equals(ATTRIBUTE)
                    && inner.field(ATTRIBUTE_NAME).isPresent();
        }
        if (hasNamedAttributes) {
            fields.add(Ttlv.Structure.of(
                    ATTRIBUTE, Ttlv.Text.of(ATTRIBUTE_NAME, "Of A Later Version"), new Ttlv.Int(ATTRIBUTE_VALUE, 1)));
        }
        fields.add(new Ttlv.Int(OF_A_LATER_VERSION, 1));
        return new Ttlv.Structure(structure.tag(), fields);
    }

    static Ttlv.Structure nested(Ttlv.Structure response, int depth) {
        Ttlv nest = new Ttlv.Int(OF_A_LATER_VERSION, 1);
        for (int i = 0; i < depth; i++) {
            nest = Ttlv.Structure.of(OF_A_LATER_VERSION, nest);
        }
        Ttlv added = nest;
        return inItems(response, item -> replace(item, PAYLOAD, payload -> plus((Ttlv.Structure) payload, added)));
    }

    static Ttlv.Structure wrongTypes(Ttlv.Structure response) {
        return inItems(response, item -> replace(item, PAYLOAD, ResponseChanges::otherType));
    }

    private static Ttlv otherType(Ttlv field) {
        if (field instanceof Ttlv.Structure structure) {
            return new Ttlv.Structure(
                    structure.tag(),
                    structure.fields().stream().map(ResponseChanges::otherType).toList());
        }
        return field instanceof Ttlv.Text ? new Ttlv.Int(field.tag(), 1) : Ttlv.Text.of(field.tag(), "of another type");
    }

    static Ttlv.Structure otherItemIds(Ttlv.Structure response) {
        return inItems(response, item -> with(item, new Ttlv.Octets(ITEM_ID, Bytes.of(new byte[] {-1, -1, -1, -1}))));
    }

    static Ttlv.Structure otherOperation(Ttlv.Structure response, Operation operation) {
        return inItems(response, item -> with(item, new Ttlv.Enumerated(OPERATION, operation.value())));
    }

    static Ttlv.Structure otherObject(Ttlv.Structure response, UniqueIdentifier id) {
        Ttlv other = Ttlv.Text.of(UNIQUE_IDENTIFIER, id.text());
        return inItems(
                response,
                item -> replace(
                        item,
                        PAYLOAD,
                        payload -> replace((Ttlv.Structure) payload, UNIQUE_IDENTIFIER, field -> other)));
    }

    static Ttlv.Structure headerOf(Ttlv.Structure response, KmipVersion version) {
        Ttlv other =
                Ttlv.Structure.of(VERSION, new Ttlv.Int(MAJOR, version.major()), new Ttlv.Int(MINOR, version.minor()));
        return replace(response, HEADER, header -> replace((Ttlv.Structure) header, VERSION, field -> other));
    }

    static Ttlv.Structure fewerItems(Ttlv.Structure response, int count) {
        List<Ttlv> kept = response.fields(ITEM).stream().limit(count).toList();
        Ttlv.Structure fewer = new Ttlv.Structure(
                response.tag(),
                response.fields().stream()
                        .filter(field ->
                                !field.tag().equals(ITEM) || kept.stream().anyMatch(item -> item == field))
                        .toList());
        return replace(
                fewer,
                HEADER,
                header ->
                        replace((Ttlv.Structure) header, BATCH_COUNT, field -> new Ttlv.Int(BATCH_COUNT, kept.size())));
    }

    static Ttlv.Structure pending(Ttlv.Structure response, Bytes correlation) {
        return inItems(response, item -> {
            Ttlv.Structure bare = new Ttlv.Structure(
                    item.tag(),
                    item.fields().stream()
                            .filter(field -> !field.tag().equals(PAYLOAD))
                            .toList());
            return plus(
                    with(bare, new Ttlv.Enumerated(STATUS, ResultStatus.OPERATION_PENDING.value())),
                    new Ttlv.Octets(CORRELATION, correlation));
        });
    }

    private static Ttlv.Structure inItems(Ttlv.Structure response, UnaryOperator<Ttlv.Structure> change) {
        if (!response.tag().equals(MessageCodec.RESPONSE)) {
            throw new IllegalArgumentException(response.tag() + " is no response");
        }
        return replace(response, ITEM, item -> change.apply((Ttlv.Structure) item));
    }

    private static Ttlv.Structure replace(Ttlv.Structure in, Tag tag, UnaryOperator<Ttlv> change) {
        return new Ttlv.Structure(
                in.tag(),
                in.fields().stream()
                        .map(field -> field.tag().equals(tag) ? change.apply(field) : field)
                        .toList());
    }

    /** A structure whose field is another, or that has it in addition. */
    private static Ttlv.Structure with(Ttlv.Structure in, Ttlv field) {
        return in.field(field.tag()).isPresent() ? replace(in, field.tag(), old -> field) : plus(in, field);
    }

    private static Ttlv.Structure plus(Ttlv.Structure in, Ttlv field) {
        List<Ttlv> fields = new ArrayList<>(in.fields());
        fields.add(field);
        return new Ttlv.Structure(in.tag(), fields);
    }
}
