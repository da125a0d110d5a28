package org.symbolon.kmip.operation;

import org.symbolon.kmip.enumeration.InteropFunction;

/** The operation Interop (KMIP 2.0 to 2.1). */
public final class Interop {
    private Interop() {}

    /** What is asked. */
    public record Request(InteropFunction interopFunction, String interopIdentifier) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
