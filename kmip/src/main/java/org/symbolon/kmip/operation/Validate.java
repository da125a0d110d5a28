package org.symbolon.kmip.operation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Validate (KMIP 1.0 to 2.1). */
public final class Validate {
    private Validate() {}

    /** What is asked. */
    public record Request(
            List<Certificate> certificates,
            List<UniqueIdentifier> uniqueIdentifiers,
            @Nullable Instant validityDate) implements KmipRequest<Response> {
        public Request {
            certificates = List.copyOf(certificates);
            uniqueIdentifiers = List.copyOf(uniqueIdentifiers);
        }
    }

    /** What comes back. */
    public record Response(ValidityIndicator validityIndicator) implements KmipResponse {}
}
