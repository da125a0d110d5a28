package org.symbolon.kmip.operation;

import org.symbolon.kmip.object.Ticket;

/** The operation Logout (KMIP 2.0 to 2.1). */
public final class Logout {
    private Logout() {}

    /** What is asked. */
    public record Request(Ticket ticket) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response() implements KmipResponse {}
}
