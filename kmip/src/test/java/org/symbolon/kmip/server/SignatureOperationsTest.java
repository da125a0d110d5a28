package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.operation.SignatureVerify;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;

/** Signatures, of keys that OASIS's cases leave out too. */
class SignatureOperationsTest {
    private static final Bytes MESSAGE = Bytes.of("a message".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    private CryptoRig crypto;

    @BeforeEach
    void open() throws TokenException {
        crypto = new CryptoRig();
    }

    @AfterEach
    void close() {
        crypto.close();
    }

    static Stream<Arguments> versionsAndCurves() {
        return KmipVersion.SUPPORTED.stream()
                .filter(version -> version.isAtLeast(KmipVersion.V1_2))
                .flatMap(version -> Stream.of(256, 384, 521).map(bits -> Arguments.of(version, bits)));
    }

    @ParameterizedTest
    @MethodSource("versionsAndCurves")
    void sign_onEveryCurveInEveryVersion_isVerified(KmipVersion version, int bits) throws MalformedTtlvException {
        CreateKeyPair.Response pair = pair(version, CryptographicAlgorithm.EC, bits);
        CryptographicParameters parameters = CryptoRig.parameters(
                null,
                null,
                bits == 256
                        ? HashingAlgorithm.SHA_256
                        : bits == 384 ? HashingAlgorithm.SHA_384 : HashingAlgorithm.SHA_512,
                CryptographicAlgorithm.ECDSA,
                null);
        requireGood(version, pair, parameters);
    }

    static List<KmipVersion> cryptoVersions() {
        return KmipVersion.SUPPORTED.stream()
                .filter(version -> version.isAtLeast(KmipVersion.V1_2))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cryptoVersions")
    void sign_pkcs1_isVerified(KmipVersion version) throws MalformedTtlvException {
        requireGood(
                version,
                pair(version, CryptographicAlgorithm.RSA, 2048),
                CryptoRig.parameters(
                        null, PaddingMethod.PKCS1_V1_5, HashingAlgorithm.SHA_512, CryptographicAlgorithm.RSA, null));
    }

    @Test
    void sign_ed25519AndEd448_areVerified() throws MalformedTtlvException {
        requireGood(KmipVersion.V2_1, pair(KmipVersion.V2_1, CryptographicAlgorithm.ED25519, 256), null);
        requireGood(KmipVersion.V2_1, pair(KmipVersion.V2_1, CryptographicAlgorithm.ED448, 456), null);
    }

    private CreateKeyPair.Response pair(KmipVersion version, CryptographicAlgorithm algorithm, int bits)
            throws MalformedTtlvException {
        return crypto.pair(
                version,
                Attributes.NONE
                        .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, algorithm)
                        .with(AttributeType.CRYPTOGRAPHIC_LENGTH, bits),
                CryptographicUsageMask.SIGN,
                CryptographicUsageMask.VERIFY);
    }

    private void requireGood(
            KmipVersion version, CreateKeyPair.Response pair, @Nullable CryptographicParameters parameters)
            throws MalformedTtlvException {
        Bytes signature = crypto.rig()
                .call(
                        version,
                        new Sign.Request(
                                pair.privateKeyUniqueIdentifier(), parameters, MESSAGE, null, null, null, null),
                        Sign.Response.class)
                .signatureData();
        assertThat(verify(version, pair.publicKeyUniqueIdentifier(), parameters, MESSAGE, signature))
                .isEqualTo(ValidityIndicator.VALID);
        assertThat(verify(version, pair.publicKeyUniqueIdentifier(), parameters, Bytes.of((byte) 1), signature))
                .isEqualTo(ValidityIndicator.INVALID);
        assertThat(verify(version, pair.publicKeyUniqueIdentifier(), parameters, MESSAGE, Bytes.of((byte) 1)))
                .isEqualTo(ValidityIndicator.INVALID);
    }

    private @Nullable ValidityIndicator verify(
            KmipVersion version,
            UniqueIdentifier key,
            @Nullable CryptographicParameters parameters,
            Bytes data,
            @Nullable Bytes signature)
            throws MalformedTtlvException {
        return crypto.rig()
                .call(
                        version,
                        new SignatureVerify.Request(key, parameters, data, null, signature, null, null, null),
                        SignatureVerify.Response.class)
                .validityIndicator();
    }

    @Test
    void sign_inParts_isTheSignatureOfTheWhole() throws MalformedTtlvException {
        CreateKeyPair.Response pair = pair(KmipVersion.V2_1, CryptographicAlgorithm.EC, 256);
        UniqueIdentifier key = pair.privateKeyUniqueIdentifier();
        Bytes first = Bytes.of("a mes".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Bytes last = Bytes.of("sage".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Bytes correlation = crypto.call(new Sign.Request(key, null, first, null, null, true, null), Sign.Response.class)
                .correlationValue();
        Bytes signature = crypto.call(
                        new Sign.Request(key, null, last, null, correlation, null, true), Sign.Response.class)
                .signatureData();
        assertThat(verify(KmipVersion.V2_1, pair.publicKeyUniqueIdentifier(), null, MESSAGE, signature))
                .isEqualTo(ValidityIndicator.VALID);
        assertThat(crypto.refusal(new Sign.Request(key, null, last, null, correlation, null, true)))
                .isEqualTo(ResultReason.INVALID_CORRELATION_VALUE);
    }

    @Test
    void sign_inMorePartsThanAClientMayHave_isRefused() throws MalformedTtlvException {
        UniqueIdentifier key =
                pair(KmipVersion.V2_1, CryptographicAlgorithm.EC, 256).privateKeyUniqueIdentifier();
        Sign.Request begin = new Sign.Request(key, null, MESSAGE, null, null, true, null);
        for (int i = 0; i < 32; i++) {
            crypto.call(begin, Sign.Response.class);
        }
        assertThat(crypto.refusal(begin)).isEqualTo(ResultReason.GENERAL_FAILURE);
    }

    @Test
    void sign_withAKeyThatMayNot_isRefused() throws MalformedTtlvException {
        CreateKeyPair.Response pair = pair(KmipVersion.V2_1, CryptographicAlgorithm.EC, 256);
        assertThat(crypto.refusal(
                        new Sign.Request(pair.publicKeyUniqueIdentifier(), null, MESSAGE, null, null, null, null)))
                .isEqualTo(ResultReason.INCOMPATIBLE_CRYPTOGRAPHIC_USAGE_MASK);
    }
}
