package org.symbolon.kmip.server;

import java.util.Optional;
import org.symbolon.Bytes;

/**
 * What an authenticator found.
 *
 * @param identity who the client is
 * @param serverHashedPassword how the server proves itself where a Hashed Password was sent (KMIP 2.1 section 9.20)
 */
public record KmipProof(KmipIdentity identity, Optional<Bytes> serverHashedPassword) {
    /**
     * Returns a proof of nothing but an identity.
     *
     * @param name the identity's name
     * @return the proof
     */
    public static KmipProof of(String name) {
        return new KmipProof(new KmipIdentity(name), Optional.empty());
    }
}
