package org.symbolon.ssh.mina;

import java.security.GeneralSecurityException;

/** Verifies the signature that logs a user in. Thread-safe. */
@FunctionalInterface
public interface SignatureCheck {
    /**
     * Whether the key made this signature, by the algorithm that the client had named, and as it is wanted of it.
     *
     * @param message what was to be signed (RFC 4252 section 7); not modified
     * @param signature the signature blob, {@code string name, string signature}; not modified
     * @return whether it did
     * @throws GeneralSecurityException if the signature is malformed; the message says how
     */
    boolean verify(byte[] message, byte[] signature) throws GeneralSecurityException;
}
