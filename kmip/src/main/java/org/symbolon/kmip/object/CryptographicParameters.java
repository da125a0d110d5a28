package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.DigitalSignatureAlgorithm;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.KeyRoleType;
import org.symbolon.kmip.enumeration.MaskGenerator;
import org.symbolon.kmip.enumeration.PaddingMethod;

/** Cryptographic Parameters (KMIP 1.0 to 2.1), made by a {@link CryptographicParametersBuilder}; what is not said is null. */
public record CryptographicParameters(
        @Nullable BlockCipherMode blockCipherMode,
        @Nullable PaddingMethod paddingMethod,
        @Nullable HashingAlgorithm hashingAlgorithm,
        @Nullable KeyRoleType keyRoleType,
        @Nullable DigitalSignatureAlgorithm digitalSignatureAlgorithm,
        @Nullable CryptographicAlgorithm cryptographicAlgorithm,
        @Nullable Boolean randomIv,
        @Nullable Integer ivLength,
        @Nullable Integer tagLength,
        @Nullable Integer fixedFieldLength,
        @Nullable Integer invocationFieldLength,
        @Nullable Integer counterLength,
        @Nullable Integer initialCounterValue,
        @Nullable Integer saltLength,
        @Nullable MaskGenerator maskGenerator,
        @Nullable HashingAlgorithm maskGeneratorHashingAlgorithm,
        @Nullable Bytes pSource,
        @Nullable Integer trailerField) {

    /** {@return a builder of parameters that say nothing yet} */
    public static CryptographicParametersBuilder builder() {
        return new CryptographicParametersBuilder();
    }

    /** {@return a builder of parameters that say what these do} */
    public CryptographicParametersBuilder toBuilder() {
        return new CryptographicParametersBuilder()
                .blockCipherMode(blockCipherMode)
                .paddingMethod(paddingMethod)
                .hashingAlgorithm(hashingAlgorithm)
                .keyRoleType(keyRoleType)
                .digitalSignatureAlgorithm(digitalSignatureAlgorithm)
                .cryptographicAlgorithm(cryptographicAlgorithm)
                .randomIv(randomIv)
                .ivLength(ivLength)
                .tagLength(tagLength)
                .fixedFieldLength(fixedFieldLength)
                .invocationFieldLength(invocationFieldLength)
                .counterLength(counterLength)
                .initialCounterValue(initialCounterValue)
                .saltLength(saltLength)
                .maskGenerator(maskGenerator)
                .maskGeneratorHashingAlgorithm(maskGeneratorHashingAlgorithm)
                .pSource(pSource)
                .trailerField(trailerField);
    }
}
