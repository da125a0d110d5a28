package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.CredentialType;

/** Ticket Credential (KMIP 2.0 to 2.1). */
public record TicketCredential(Ticket ticket) implements Credential {
    @Override
    public CredentialType credentialType() {
        return CredentialType.TICKET;
    }
}
