package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.enumeration.RevocationReasonCode;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.message.RequestHeader;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.PrivateKey;
import org.symbolon.kmip.object.RevocationReason;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.Destroy;
import org.symbolon.kmip.operation.DiscoverVersions;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Register;
import org.symbolon.kmip.operation.Revoke;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.operation.SignatureVerify;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** Requests to a soft token through the machine. */
class RequestMachineTest {
    private static final Bytes DATA = Bytes.of((byte) 1, (byte) 2, (byte) 3);

    private MachineRig rig;

    static List<KmipVersion> versions() {
        return KmipVersion.SUPPORTED;
    }

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
                .with(
                        AttributeType.CRYPTOGRAPHIC_USAGE_MASK,
                        CryptographicUsageMask.of(CryptographicUsageMask.ENCRYPT, CryptographicUsageMask.DECRYPT))
                .with(AttributeType.NAME, Name.of(name));
    }

    private UniqueIdentifier create(KmipVersion version, String name) throws MalformedTtlvException {
        return rig.call(version, new Create.Request(ObjectType.SYMMETRIC_KEY, aes(name), null), Create.Response.class)
                .uniqueIdentifier();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void lifeOfAKey_inEveryVersion_isAsTheStandardSays(KmipVersion version) throws MalformedTtlvException {
        UniqueIdentifier id = create(version, "one");
        Locate.Response located = rig.call(
                version,
                new Locate.Request(null, null, null, null, Attributes.NONE.with(AttributeType.NAME, Name.of("one"))),
                Locate.Response.class);
        assertThat(located.uniqueIdentifiers()).containsExactly(id);
        assertThat(state(version, id)).isEqualTo(State.PRE_ACTIVE);
        rig.call(version, new Activate.Request(id), Activate.Response.class);
        assertThat(state(version, id)).isEqualTo(State.ACTIVE);
        ResponseBatchItem refused = rig.ask(version, new Destroy.Request(id));
        assertThat(refused.resultReason())
                .isEqualTo(
                        version.isAtLeast(KmipVersion.V2_1)
                                ? ResultReason.WRONG_KEY_LIFECYCLE_STATE
                                : ResultReason.PERMISSION_DENIED);
        rig.call(
                version,
                new Revoke.Request(id, new RevocationReason(RevocationReasonCode.SUPERSEDED, "old"), null),
                Revoke.Response.class);
        assertThat(state(version, id)).isEqualTo(State.DEACTIVATED);
        rig.call(version, new Destroy.Request(id), Destroy.Response.class);
        assertThat(rig.ask(version, new Get.Request(id, null, null, null, null)).resultReason())
                .isEqualTo(
                        version.isAtLeast(KmipVersion.V2_0)
                                ? ResultReason.OBJECT_DESTROYED
                                : ResultReason.ITEM_NOT_FOUND);
    }

    private State state(KmipVersion version, UniqueIdentifier id) throws MalformedTtlvException {
        return rig.call(
                        version,
                        new GetAttributes.Request(id, List.of(AttributeType.STATE)),
                        GetAttributes.Response.class)
                .attributes()
                .get(AttributeType.STATE)
                .orElseThrow();
    }

    @Test
    void keyPair_onACurve_signsAndIsLinked() throws MalformedTtlvException {
        KmipVersion version = KmipVersion.V2_1;
        CreateKeyPair.Response pair = rig.call(
                version,
                new CreateKeyPair.Request(
                        Attributes.NONE
                                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.EC)
                                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256)
                                .with(AttributeType.ACTIVATION_DATE, MachineRig.NOW),
                        Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.SIGN),
                        Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.VERIFY),
                        null,
                        null,
                        null),
                CreateKeyPair.Response.class);
        Bytes signature = rig.call(
                        version,
                        new Sign.Request(pair.privateKeyUniqueIdentifier(), sha256(), DATA, null, null, null, null),
                        Sign.Response.class)
                .signatureData();
        assertThat(verify(version, pair.publicKeyUniqueIdentifier(), DATA, signature))
                .isEqualTo(ValidityIndicator.VALID);
        assertThat(verify(version, pair.publicKeyUniqueIdentifier(), Bytes.of((byte) 9), signature))
                .isEqualTo(ValidityIndicator.INVALID);
        assertThat(rig.call(
                                version,
                                new GetAttributes.Request(
                                        pair.privateKeyUniqueIdentifier(), List.of(AttributeType.LINK)),
                                GetAttributes.Response.class)
                        .attributes()
                        .all(AttributeType.LINK))
                .singleElement()
                .satisfies(
                        link -> assertThat(link.linkedObjectIdentifier()).isEqualTo(pair.publicKeyUniqueIdentifier()));
    }

    private static CryptographicParameters sha256() {
        return CryptographicParameters.builder()
                .paddingMethod(PaddingMethod.PKCS1_V1_5)
                .hashingAlgorithm(HashingAlgorithm.SHA_256)
                .build();
    }

    private @Nullable ValidityIndicator verify(
            KmipVersion version, UniqueIdentifier key, Bytes data, @Nullable Bytes signature)
            throws MalformedTtlvException {
        return rig.call(
                        version,
                        new SignatureVerify.Request(key, sha256(), data, null, signature, null, null, null),
                        SignatureVerify.Response.class)
                .validityIndicator();
    }

    @Test
    void registeredKey_isGivenInItsFormatAndInOthers()
            throws MalformedTtlvException, java.security.GeneralSecurityException {
        java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        Bytes pkcs8 = Bytes.wrap(generator.generateKeyPair().getPrivate().getEncoded());
        KmipVersion version = KmipVersion.V1_4;
        UniqueIdentifier id = rig.call(
                        version,
                        new Register.Request(
                                ObjectType.PRIVATE_KEY,
                                Attributes.NONE.with(
                                        AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.SIGN),
                                new PrivateKey(
                                        KeyBlock.of(KeyFormatType.PKCS_8, pkcs8, CryptographicAlgorithm.RSA, 2048)),
                                null),
                        Register.Response.class)
                .uniqueIdentifier();
        assertThat(key(version, id, null)).isEqualTo(pkcs8);
        assertThat(key(version, id, KeyFormatType.PKCS_1).length()).isLessThan(pkcs8.length());
        assertThat(rig.ask(version, new Get.Request(id, KeyFormatType.X_509, null, null, null))
                        .resultReason())
                .isEqualTo(ResultReason.KEY_FORMAT_TYPE_NOT_SUPPORTED);
    }

    private Bytes key(KmipVersion version, UniqueIdentifier id, @Nullable KeyFormatType format)
            throws MalformedTtlvException {
        Get.Response response = rig.call(version, new Get.Request(id, format, null, null, null), Get.Response.class);
        return Materials.block(response.object())
                .orElseThrow()
                .encoding()
                .map(bytes -> Bytes.of(bytes.toByteArray()))
                .orElseThrow();
    }

    @Test
    void keyOfAnAlgorithmThatTokensLack_isKeptAndGivenBack() throws MalformedTtlvException {
        Bytes value = Bytes.of(new byte[16]);
        UniqueIdentifier id = rig.call(
                        KmipVersion.V1_0,
                        new Register.Request(
                                ObjectType.SYMMETRIC_KEY,
                                Attributes.NONE,
                                new SymmetricKey(
                                        KeyBlock.of(KeyFormatType.RAW, value, CryptographicAlgorithm.BLOWFISH, 128)),
                                null),
                        Register.Response.class)
                .uniqueIdentifier();
        assertThat(key(KmipVersion.V2_1, id, null)).isEqualTo(value);
    }

    private static List<KmipRequest<?>> activatedTwice(String name) {
        return List.of(
                new Create.Request(ObjectType.SYMMETRIC_KEY, aes(name), null),
                new Activate.Request(null),
                new Activate.Request(null),
                new Get.Request(null, null, null, null, null));
    }

    @Test
    void batch_thatFails_stopsOrContinuesAsAsked() throws MalformedTtlvException {
        assertThat(statuses(BatchErrorContinuationOption.STOP, activatedTwice("two")))
                .containsExactly(ResultStatus.SUCCESS, ResultStatus.SUCCESS, ResultStatus.OPERATION_FAILED);
        assertThat(statuses(BatchErrorContinuationOption.CONTINUE, activatedTwice("three")))
                .containsExactly(
                        ResultStatus.SUCCESS,
                        ResultStatus.SUCCESS,
                        ResultStatus.OPERATION_FAILED,
                        ResultStatus.SUCCESS);
        assertThat(statuses(BatchErrorContinuationOption.UNDO, activatedTwice("four")))
                .containsExactly(
                        ResultStatus.OPERATION_UNDONE, ResultStatus.OPERATION_UNDONE, ResultStatus.OPERATION_FAILED);
    }

    private List<ResultStatus> statuses(BatchErrorContinuationOption option, List<KmipRequest<?>> requests)
            throws MalformedTtlvException {
        RequestHeader header = new RequestHeader(
                KmipVersion.V1_2, null, null, null, null, null, List.of(), null, option, null, null, requests.size());
        ResponseMessage response = rig.batch(KmipVersion.V1_2, header, requests);
        return response.items().stream().map(ResponseBatchItem::resultStatus).toList();
    }

    @Test
    void versions_areDiscoveredFromOneDotOneOn() throws MalformedTtlvException {
        DiscoverVersions.Request all = new DiscoverVersions.Request(List.of());
        assertThat(rig.call(KmipVersion.V1_1, all, DiscoverVersions.Response.class)
                        .protocolVersions())
                .isEqualTo(KmipVersion.SUPPORTED);
        assertThat(rig.ask(KmipVersion.V1_0, all).resultReason()).isEqualTo(ResultReason.OPERATION_NOT_SUPPORTED);
    }

    @Test
    void response_thatIsTooLong_isReplaced() throws MalformedTtlvException {
        RequestHeader header =
                new RequestHeader(KmipVersion.V1_4, 100, null, null, null, null, List.of(), null, null, null, null, 1);
        ResponseMessage response = rig.batch(
                KmipVersion.V1_4, header, List.of(new Create.Request(ObjectType.SYMMETRIC_KEY, aes("three"), null)));
        assertThat(response.items().get(0).resultReason()).isEqualTo(ResultReason.RESPONSE_TOO_LARGE);
    }

    @Test
    void bytesThatAreNoRequest_getAResponseAllTheSame() throws MalformedTtlvException {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] junk = new byte[random.nextInt(64)];
            random.nextBytes(junk);
            byte[] response = rig.machine().respond(junk, MachineRig.ALICE);
            assertThat(TtlvDecoder.decode(response, TtlvLimits.DEFAULT)).isNotNull();
        }
    }
}
