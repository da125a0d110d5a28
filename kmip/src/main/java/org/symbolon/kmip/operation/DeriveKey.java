package org.symbolon.kmip.operation;

import java.util.List;
import org.symbolon.kmip.enumeration.DerivationMethod;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.DerivationParameters;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The operation Derive Key (KMIP 1.0 to 2.1). */
public final class DeriveKey {
    private DeriveKey() {}

    /** What is asked. */
    public record Request(
            ObjectType objectType,
            List<UniqueIdentifier> uniqueIdentifiers,
            DerivationMethod derivationMethod,
            DerivationParameters derivationParameters,
            Attributes attributes)
            implements KmipRequest<Response> {
        public Request {
            uniqueIdentifiers = List.copyOf(uniqueIdentifiers);
        }
    }

    /** What comes back. */
    public record Response(UniqueIdentifier uniqueIdentifier, Attributes attributes) implements KmipResponse {}
}
