package org.symbolon.kmip.operation;

import org.symbolon.kmip.enumeration.EndpointRole;

/** The operation Set Endpoint Role (KMIP 2.0 to 2.1). */
public final class SetEndpointRole {
    private SetEndpointRole() {}

    /** What is asked. */
    public record Request(EndpointRole endpointRole) implements KmipRequest<Response> {}

    /** What comes back. */
    public record Response(EndpointRole endpointRole) implements KmipResponse {}
}
