package org.symbolon.kmip.operation;

/** The operation Ping (KMIP 2.1). */
public final class Ping {
    private Ping() {}

    /** What is asked. */
    public record Request() implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
