package org.symbolon.kmip.object;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.EncodingOption;
import org.symbolon.kmip.enumeration.WrappingMethod;

/** Key Wrapping Specification (KMIP 1.0 to 2.1). */
public record KeyWrappingSpecification(
        WrappingMethod wrappingMethod,
        @Nullable EncryptionKeyInformation encryptionKeyInformation,
        @Nullable MacSignatureKeyInformation macSignatureKeyInformation,
        List<String> attributeNames,
        @Nullable EncodingOption encodingOption) {
    public KeyWrappingSpecification {
        attributeNames = List.copyOf(attributeNames);
    }
}
