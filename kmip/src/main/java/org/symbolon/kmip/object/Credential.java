package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.CredentialType;

/** Who asks, beside the client's certificate (KMIP 2.1 section 5.6). */
public sealed interface Credential
        permits UsernameAndPassword, Device, Attestation, OneTimePassword, HashedPassword, TicketCredential {
    /** {@return its type} */
    CredentialType credentialType();
}
