package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.AdjustmentType;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.enumeration.StorageStatusMask;
import org.symbolon.kmip.enumeration.UsageLimitsUnit;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.object.UsageLimits;
import org.symbolon.kmip.operation.AddAttribute;
import org.symbolon.kmip.operation.AdjustAttribute;
import org.symbolon.kmip.operation.Archive;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.Destroy;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.GetUsageAllocation;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Recover;
import org.symbolon.kmip.operation.RngRetrieve;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** Objects that are destroyed, archived, counted and found, and batches that are undone. */
class ServerSemanticsTest {
    private static final KmipVersion VERSION = KmipVersion.V2_1;

    private MachineRig rig;

    @BeforeEach
    void open() throws TokenException {
        rig = new MachineRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Attributes aes(String name) {
        return Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256)
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT)
                .with(AttributeType.NAME, Name.of(name));
    }

    private UniqueIdentifier created(Attributes attributes) throws MalformedTtlvException {
        Create.Request request = new Create.Request(ObjectType.SYMMETRIC_KEY, attributes, null);
        return rig.call(VERSION, request, Create.Response.class).uniqueIdentifier();
    }

    private Attributes attributes(UniqueIdentifier id) throws MalformedTtlvException {
        return rig.call(VERSION, new GetAttributes.Request(id, List.of()), GetAttributes.Response.class)
                .attributes();
    }

    private List<UniqueIdentifier> located(StorageStatusMask storage, Attributes filters)
            throws MalformedTtlvException {
        return rig.call(VERSION, new Locate.Request(null, null, storage, null, filters), Locate.Response.class)
                .uniqueIdentifiers();
    }

    @Test
    void destroyed_leavesItsAttributesAndNothingElse() throws MalformedTtlvException {
        UniqueIdentifier id = created(aes("gone"));
        rig.call(VERSION, new Destroy.Request(id), Destroy.Response.class);

        assertThat(attributes(id).get(AttributeType.STATE)).contains(State.DESTROYED);
        assertThat(attributes(id).get(AttributeType.DESTROY_DATE)).contains(MachineRig.NOW);
        assertThat(rig.ask(VERSION, new Get.Request(id, null, null, null, null)).resultReason())
                .isEqualTo(ResultReason.OBJECT_DESTROYED);
        assertThat(located(StorageStatusMask.DESTROYED_STORAGE, Attributes.NONE))
                .containsExactly(id);
        assertThat(located(StorageStatusMask.ON_LINE_STORAGE, Attributes.NONE)).isEmpty();
        assertThat(created(aes("gone"))).as("its Name is free again").isNotEqualTo(id);
    }

    @Test
    void archived_isLocatedOnlyWhereItIsAskedFor_andRecovered() throws MalformedTtlvException {
        UniqueIdentifier id = created(aes("old"));
        rig.call(VERSION, new Archive.Request(id), Archive.Response.class);

        assertThat(located(StorageStatusMask.ON_LINE_STORAGE, Attributes.NONE)).isEmpty();
        assertThat(located(StorageStatusMask.ARCHIVAL_STORAGE, Attributes.NONE)).containsExactly(id);
        assertThat(rig.ask(VERSION, new Get.Request(id, null, null, null, null)).resultReason())
                .isEqualTo(ResultReason.OBJECT_ARCHIVED);
        rig.call(VERSION, new Recover.Request(id), Recover.Response.class);
        assertThat(rig.ask(VERSION, new Get.Request(id, null, null, null, null)).resultStatus())
                .isEqualTo(ResultStatus.SUCCESS);
    }

    @Test
    void name_thatAnotherObjectHas_isRefused() throws MalformedTtlvException {
        created(aes("taken"));
        UniqueIdentifier other = created(aes("free"));

        assertThat(rig.ask(VERSION, new Create.Request(ObjectType.SYMMETRIC_KEY, aes("taken"), null))
                        .resultReason())
                .isEqualTo(ResultReason.NON_UNIQUE_NAME_ATTRIBUTE);
        Attribute<Name> name = Attribute.of(AttributeType.NAME, Name.of("taken"));
        assertThat(rig.ask(VERSION, new AddAttribute.Request(other, name)).resultReason())
                .isEqualTo(ResultReason.NON_UNIQUE_NAME_ATTRIBUTE);
    }

    @Test
    void usageLimits_takenByManyAtOnce_areNeverGivenTwice() throws Exception {
        UniqueIdentifier id = created(
                aes("counted").with(AttributeType.USAGE_LIMITS, new UsageLimits(20L, null, UsageLimitsUnit.OBJECT)));
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            Callable<ResponseBatchItem> take = () -> rig.ask(VERSION, new GetUsageAllocation.Request(id, 1L));
            int granted = 0;
            for (Future<ResponseBatchItem> each : clients.invokeAll(java.util.Collections.nCopies(30, take))) {
                granted += each.get().resultStatus().equals(ResultStatus.SUCCESS) ? 1 : 0;
            }
            assertThat(granted).isEqualTo(20);
        } finally {
            clients.shutdown();
        }
        assertThat(attributes(id).get(AttributeType.USAGE_LIMITS))
                .contains(new UsageLimits(20L, 0L, UsageLimitsUnit.OBJECT));
    }

    @Test
    void adjusted_isMoreOrLess_andKeepsToItsType() throws MalformedTtlvException {
        AttributeType<Ttlv> level = AttributeType.ofVendor("x", "level");
        Tag value = Tag.named("AttributeValue");
        UniqueIdentifier id = created(aes("adjusted").with(level, new Ttlv.Int(value, Integer.MAX_VALUE - 1)));
        AdjustAttribute.Request more = new AdjustAttribute.Request(id, level, AdjustmentType.INCREMENT, null);

        rig.call(VERSION, more, AdjustAttribute.Response.class);
        assertThat(attributes(id).get(level)).contains(new Ttlv.Int(value, Integer.MAX_VALUE));
        assertThat(rig.ask(VERSION, more).resultReason()).isEqualTo(ResultReason.NUMERIC_RANGE);
    }

    @Test
    void undone_leavesNothingOfTheBatch() throws MalformedTtlvException {
        UniqueIdentifier kept = created(aes("kept"));
        RequestHeader header = new RequestHeader(
                VERSION,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                BatchErrorContinuationOption.UNDO,
                null,
                null,
                4);
        ResponseMessage answer = rig.batch(
                VERSION,
                header,
                List.of(
                        new Create.Request(ObjectType.SYMMETRIC_KEY, aes("new"), null),
                        new AddAttribute.Request(kept, Attribute.of(AttributeType.OBJECT_GROUP, "group")),
                        new Destroy.Request(kept),
                        new Get.Request(UniqueIdentifier.of("nothing"), null, null, null, null)));

        assertThat(answer.items())
                .extracting(ResponseBatchItem::resultStatus)
                .containsExactly(
                        ResultStatus.OPERATION_UNDONE,
                        ResultStatus.OPERATION_UNDONE,
                        ResultStatus.OPERATION_UNDONE,
                        ResultStatus.OPERATION_FAILED);
        assertThat(located(StorageStatusMask.ON_LINE_STORAGE, Attributes.NONE)).containsExactly(kept);
        assertThat(attributes(kept).get(AttributeType.OBJECT_GROUP)).isEmpty();
        assertThat(attributes(kept).get(AttributeType.STATE)).contains(State.PRE_ACTIVE);
    }

    @Test
    void located_inVersion2_isNewestFirst_alsoWithinASecond() throws MalformedTtlvException {
        UniqueIdentifier first = created(aes("first"));
        UniqueIdentifier second = created(aes("second"));
        UniqueIdentifier third = created(aes("third"));

        assertThat(located(StorageStatusMask.ON_LINE_STORAGE, Attributes.NONE)).containsExactly(third, second, first);
    }

    @Test
    void adjusted_beyondAllYears_isRefused() throws MalformedTtlvException {
        UniqueIdentifier id = created(aes("late").with(AttributeType.PROTECT_STOP_DATE, Instant.ofEpochSecond(1)));

        assertThat(rig.ask(
                                VERSION,
                                new AdjustAttribute.Request(
                                        id,
                                        AttributeType.PROTECT_STOP_DATE,
                                        AdjustmentType.INCREMENT,
                                        new Ttlv.LongInt(Tag.named("AdjustmentValue"), Long.MAX_VALUE / 2)))
                        .resultReason())
                .isEqualTo(ResultReason.NUMERIC_RANGE);
    }

    @Test
    void batch_whoseAnswersAreTooLong_isNotGoneOnWith() throws MalformedTtlvException {
        RequestBatchItem random = new RequestBatchItem(
                Operation.RNG_RETRIEVE,
                null,
                null,
                MessageCodec.encodePayload(new RngRetrieve.Request(1 << 16), VERSION),
                List.of());
        RequestMessage batch = new RequestMessage(MachineRig.header(VERSION, 300), Collections.nCopies(300, random));
        byte[] response = rig.machine().respond(TtlvEncoder.encode(MessageCodec.encode(batch)), MachineRig.ALICE);
        List<ResponseBatchItem> items = MessageCodec.decodeResponse(
                        TtlvDecoder.decode(response, TtlvLimits.DEFAULT.withMaxBytes(16 << 20)))
                .items();

        assertThat(items).hasSizeLessThan(300);
        assertThat(items.get(items.size() - 1).resultReason()).isEqualTo(ResultReason.RESPONSE_TOO_LARGE);
    }
}
