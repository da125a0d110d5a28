package org.symbolon.kmip.object;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ValidationAuthorityType;
import org.symbolon.kmip.enumeration.ValidationType;

/** Validation Information (KMIP 1.3 to 2.1). */
public record ValidationInformation(
        ValidationAuthorityType validationAuthorityType,
        @Nullable String validationAuthorityCountry,
        @Nullable String validationAuthorityUri,
        Integer validationVersionMajor,
        @Nullable Integer validationVersionMinor,
        ValidationType validationType,
        Integer validationLevel,
        @Nullable String validationCertificateIdentifier,
        @Nullable String validationCertificateUri,
        @Nullable String validationVendorUri,
        List<String> validationProfiles) {
    public ValidationInformation {
        validationProfiles = List.copyOf(validationProfiles);
    }
}
