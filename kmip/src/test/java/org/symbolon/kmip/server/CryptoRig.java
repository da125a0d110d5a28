package org.symbolon.kmip.server;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Register;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;

/** A request machine and the requests that tests of its cryptography send again and again. */
final class CryptoRig implements AutoCloseable {
    static final KmipVersion VERSION = KmipVersion.V2_1;

    private final MachineRig rig;

    CryptoRig() throws TokenException {
        rig = new MachineRig();
    }

    MachineRig rig() {
        return rig;
    }

    <R extends KmipResponse> R call(KmipRequest<R> request, Class<R> type) throws MalformedTtlvException {
        return rig.call(VERSION, request, type);
    }

    @Nullable ResultReason refusal(KmipRequest<?> request) throws MalformedTtlvException {
        return rig.ask(VERSION, request).resultReason();
    }

    /** Returns attributes of an active key. */
    static Attributes active(CryptographicUsageMask... uses) {
        return Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.of(uses))
                .with(AttributeType.ACTIVATION_DATE, MachineRig.NOW);
    }

    /** Registers an active symmetric key. */
    UniqueIdentifier register(CryptographicAlgorithm algorithm, String hex, CryptographicUsageMask... uses)
            throws MalformedTtlvException {
        Bytes value = Bytes.ofHex(hex);
        return call(
                        new Register.Request(
                                ObjectType.SYMMETRIC_KEY,
                                active(uses),
                                new SymmetricKey(
                                        KeyBlock.of(KeyFormatType.RAW, value, algorithm, value.length() * Byte.SIZE)),
                                null),
                        Register.Response.class)
                .uniqueIdentifier();
    }

    /** Makes an active key pair. */
    CreateKeyPair.Response pair(
            KmipVersion version, Attributes common, CryptographicUsageMask ofPrivate, CryptographicUsageMask ofPublic)
            throws MalformedTtlvException {
        return rig.call(
                version,
                new CreateKeyPair.Request(
                        common.with(AttributeType.ACTIVATION_DATE, MachineRig.NOW),
                        Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, ofPrivate),
                        Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, ofPublic),
                        null,
                        null,
                        null),
                CreateKeyPair.Response.class);
    }

    /** Returns the bytes of an object that has a key block. */
    String value(UniqueIdentifier id) throws MalformedTtlvException {
        return Materials.block(call(new Get.Request(id, null, null, null, null), Get.Response.class)
                        .object())
                .orElseThrow()
                .encoding()
                .orElseThrow()
                .toHex();
    }

    static CryptographicParameters mode(BlockCipherMode mode) {
        return CipherMechanisms.withMode(null, mode);
    }

    static CryptographicParameters parameters(
            @Nullable BlockCipherMode mode,
            @Nullable PaddingMethod padding,
            @Nullable HashingAlgorithm hash,
            @Nullable CryptographicAlgorithm algorithm,
            @Nullable Integer tagBytes) {
        return CryptographicParameters.builder()
                .blockCipherMode(mode)
                .paddingMethod(padding)
                .hashingAlgorithm(hash)
                .cryptographicAlgorithm(algorithm)
                .tagLength(tagBytes)
                .build();
    }

    @Override
    public void close() {
        rig.close();
    }
}
