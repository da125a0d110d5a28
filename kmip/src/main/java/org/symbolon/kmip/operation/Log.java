package org.symbolon.kmip.operation;

/** The operation Log (KMIP 2.0 to 2.1). */
public final class Log {
    private Log() {}

    /** What is asked. */
    public record Request(String logMessage) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
