package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.EncodingOption;
import org.symbolon.kmip.enumeration.WrappingMethod;

/** Key Wrapping Data (KMIP 1.0 to 2.1). */
public record KeyWrappingData(
        WrappingMethod wrappingMethod,
        @Nullable EncryptionKeyInformation encryptionKeyInformation,
        @Nullable MacSignatureKeyInformation macSignatureKeyInformation,
        @Nullable Bytes macSignature,
        @Nullable Bytes ivCounterNonce,
        @Nullable EncodingOption encodingOption) {}
