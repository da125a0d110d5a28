package org.symbolon.kmip.operation;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.Pkcs11Function;
import org.symbolon.kmip.enumeration.Pkcs11ReturnCode;

/** The operation Pkcs11 (KMIP 2.0 to 2.1). */
public final class Pkcs11 {
    private Pkcs11() {}

    /** What is asked. */
    public record Request(
            @Nullable String pkcs11Interface,
            Pkcs11Function pkcs11Function,
            @Nullable Bytes correlationValue,
            @Nullable Bytes pkcs11InputParameters)
            implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(
            @Nullable String pkcs11Interface,
            Pkcs11Function pkcs11Function,
            @Nullable Bytes correlationValue,
            @Nullable Bytes pkcs11OutputParameters,
            Pkcs11ReturnCode pkcs11ReturnCode)
            implements KmipResponse {}
}
