package org.symbolon.kmip.operation;

import org.symbolon.Bytes;

/** The operation Process (KMIP 2.1). */
@SuppressWarnings("JavaLangClash") // the name of the standard
public final class Process {
    private Process() {}

    /** What is asked. */
    public record Request(Bytes asynchronousCorrelationValue) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
