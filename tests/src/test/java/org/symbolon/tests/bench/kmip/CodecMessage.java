package org.symbolon.tests.bench.kmip;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.DigitalSignatureAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.MessageCodec;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseHeader;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.PublicKey;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** The messages whose encoding and decoding is measured, each in KMIP 1.4, which PyKMIP speaks too. */
public enum CodecMessage {
    /** A request for a signature over 64 bytes. */
    SIGN("Sign request") {
        @Override
        Ttlv.Structure build() {
            return request(new Sign.Request(
                    IDENTIFIER,
                    ecdsa(DigitalSignatureAlgorithm.ECDSA_WITH_SHA256),
                    Bytes.wrap(new byte[64]),
                    null,
                    null,
                    null,
                    null));
        }
    },
    /** A request for an object. */
    GET("Get request") {
        @Override
        Ttlv.Structure build() {
            return request(new Get.Request(IDENTIFIER, null, null, null, null));
        }
    },
    /** A request for the objects of a group that have a name. */
    LOCATE("Locate request") {
        @Override
        Ttlv.Structure build() {
            Attributes wanted = Attributes.NONE
                    .with(AttributeType.OBJECT_TYPE, ObjectType.PUBLIC_KEY)
                    .with(AttributeType.OBJECT_GROUP, "ssh-users")
                    .with(AttributeType.NAME, Name.of("alice"));
            return request(new Locate.Request(100, null, null, null, wanted));
        }
    },
    /** 100 RSA public keys of 2048 bits in one response. */
    OBJECTS("response of 100 objects") {
        @Override
        Ttlv.Structure build() {
            return objects();
        }
    };

    private static final KmipVersion VERSION = KmipVersion.V1_4;
    private static final UniqueIdentifier IDENTIFIER = UniqueIdentifier.of("3c1c6a8e-6a4b-4d5f-9f5e-7d3f2a1b0c9d");
    private static final int OBJECT_COUNT = 100;
    private static final int RSA_2048_BYTES = 294;
    private static final List<UniqueIdentifier> IDENTIFIERS = IntStream.range(0, OBJECT_COUNT)
            .mapToObj(i -> UniqueIdentifier.of(String.format(Locale.ROOT, "3c1c6a8e-6a4b-4d5f-9f5e-%012d", i)))
            .toList();

    private final String title;

    CodecMessage(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Makes the message. */
    abstract Ttlv.Structure build();

    /** Returns the bytes of the message. */
    byte[] bytes() {
        return TtlvEncoder.encode(build());
    }

    /** Returns parameters that say only this. */
    static CryptographicParameters ecdsa(DigitalSignatureAlgorithm algorithm) {
        return CryptographicParameters.builder()
                .digitalSignatureAlgorithm(algorithm)
                .build();
    }

    private static Ttlv.Structure request(KmipRequest<?> request) {
        RequestHeader header =
                new RequestHeader(VERSION, null, null, null, null, null, List.of(), null, null, null, null, 1);
        RequestBatchItem item = new RequestBatchItem(
                OperationTable.rowOf(request).operation(),
                null,
                null,
                MessageCodec.encodePayload(request, VERSION),
                List.of());
        return MessageCodec.encode(new RequestMessage(header, List.of(item)));
    }

    private static Ttlv.Structure objects() {
        List<ResponseBatchItem> items = new ArrayList<>();
        for (int i = 0; i < OBJECT_COUNT; i++) {
            KeyBlock block = KeyBlock.of(
                    KeyFormatType.X_509, Bytes.wrap(new byte[RSA_2048_BYTES]), CryptographicAlgorithm.RSA, 2048);
            UniqueIdentifier identifier = IDENTIFIERS.get(i);
            Get.Response response = new Get.Response(ObjectType.PUBLIC_KEY, identifier, new PublicKey(block));
            items.add(new ResponseBatchItem(
                    OperationTable.rowOf(new Get.Request(identifier, null, null, null, null))
                            .operation(),
                    Bytes.of((byte) i),
                    ResultStatus.SUCCESS,
                    null,
                    null,
                    null,
                    MessageCodec.encodePayload(response, VERSION),
                    null));
        }
        ResponseHeader header =
                new ResponseHeader(VERSION, Instant.EPOCH, null, null, List.of(), null, null, OBJECT_COUNT);
        return MessageCodec.encode(new ResponseMessage(header, items));
    }

    /** Decodes the message to records, payloads too. */
    Object decode(byte[] bytes) throws MalformedTtlvException {
        Ttlv message = TtlvDecoder.decode(bytes, TtlvLimits.DEFAULT);
        Object last = message;
        if (this == OBJECTS) {
            for (ResponseBatchItem item : MessageCodec.decodeResponse(message).items()) {
                last = MessageCodec.decodePayload(
                        Objects.requireNonNull(item.responsePayload()), Get.Response.class, VERSION);
            }
            return last;
        }
        for (RequestBatchItem item : MessageCodec.decodeRequest(message).items()) {
            OperationTable.Row row = OperationTable.row(item.operation()).orElseThrow();
            last = MessageCodec.decodePayload(item.requestPayload(), row.request(), VERSION);
        }
        return last;
    }
}
