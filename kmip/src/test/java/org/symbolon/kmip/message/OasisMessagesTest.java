package org.symbolon.kmip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.reference.OasisCase;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** Every message that OASIS published is read into records, and written again from them is the same message. */
class OasisMessagesTest {
    private static final List<String> ATTRIBUTE_LISTS = List.of(
            "TemplateAttribute",
            "CommonTemplateAttribute",
            "PrivateKeyTemplateAttribute",
            "PublicKeyTemplateAttribute",
            "Attributes",
            "CommonAttributes",
            "PrivateKeyAttributes",
            "PublicKeyAttributes");

    @TestFactory
    Stream<DynamicTest> messages_readAndWritten_areTheSame() {
        return DynamicTest.stream(
                OasisCase.VERSIONS.stream(),
                version -> version,
                version -> OasisCase.ofVersion(version).forEach(OasisMessagesTest::check));
    }

    private static void check(OasisCase each) {
        for (Ttlv.Structure message : each.decoded()) {
            try {
                Ttlv again = message.tag().equals(MessageCodec.REQUEST) ? request(message) : response(message);

                assertThat(withoutEmptyLists(again)).as(each.toString()).isEqualTo(withoutEmptyLists(message));
            } catch (MalformedTtlvException | NotInVersionException e) {
                throw new AssertionError(each + ": " + e.getMessage() + "\n" + message, e);
            }
        }
    }

    private static Ttlv request(Ttlv message) throws MalformedTtlvException {
        RequestMessage request = MessageCodec.decodeRequest(message);
        KmipVersion version = request.header().protocolVersion();
        List<RequestBatchItem> items = new ArrayList<>();
        for (RequestBatchItem item : request.items()) {
            KmipRequest<?> payload = MessageCodec.decodePayload(
                    item.requestPayload(), row(item.operation()).request(), version);
            assertThat(OperationTable.rowOf(payload).operation()).isEqualTo(item.operation());
            items.add(new RequestBatchItem(
                    item.operation(),
                    item.ephemeral(),
                    item.uniqueBatchItemId(),
                    MessageCodec.encodePayload(payload, version),
                    item.messageExtensions()));
        }
        return MessageCodec.encode(new RequestMessage(request.header(), items));
    }

    private static Ttlv response(Ttlv message) throws MalformedTtlvException {
        ResponseMessage response = MessageCodec.decodeResponse(message);
        KmipVersion version = response.header().protocolVersion();
        List<ResponseBatchItem> items = new ArrayList<>();
        for (ResponseBatchItem item : response.items()) {
            Optional<Ttlv> payload = Optional.ofNullable(item.responsePayload());
            Ttlv again = null;
            if (payload.isPresent()
                    && item.operation() != null
                    && !item.operation().equals(Operation.POLL)) {
                KmipResponse decoded = MessageCodec.decodePayload(
                        payload.get(), row(item.operation()).response(), version);
                again = MessageCodec.encodePayload(decoded, version);
            } else if (payload.isPresent()) {
                again = payload.get();
            }
            items.add(new ResponseBatchItem(
                    item.operation(),
                    item.uniqueBatchItemId(),
                    item.resultStatus(),
                    item.resultReason(),
                    item.resultMessage(),
                    item.asynchronousCorrelationValue(),
                    again,
                    item.messageExtension()));
        }
        return MessageCodec.encode(new ResponseMessage(response.header(), items));
    }

    private static OperationTable.Row row(@org.jspecify.annotations.Nullable Operation operation) {
        return Optional.ofNullable(operation).flatMap(OperationTable::row).orElseThrow();
    }

    /** Lists of attributes that are there and empty say what those say that are not there. */
    private static Ttlv withoutEmptyLists(Ttlv item) {
        if (!(item instanceof Ttlv.Structure structure)) {
            return item;
        }
        return new Ttlv.Structure(
                structure.tag(),
                structure.fields().stream()
                        .map(OasisMessagesTest::withoutEmptyLists)
                        .filter(field -> !isEmptyList(field))
                        .toList());
    }

    private static boolean isEmptyList(Ttlv field) {
        return field instanceof Ttlv.Structure structure
                && structure.fields().isEmpty()
                && ATTRIBUTE_LISTS.stream().map(Tag::named).anyMatch(field.tag()::equals);
    }
}
