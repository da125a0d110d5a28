package org.symbolon.jca;

import java.security.InvalidKeyException;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.key.TokenRsaPrivateKey;

/** What all RSA engines ask of a key. */
final class RsaKeys {
    private RsaKeys() {}

    /** Returns the length of the modulus, and so of every signature, in bytes. */
    static int modulusBytes(TokenPrivateKey key, String algorithm) throws InvalidKeyException {
        if (!(key instanceof TokenRsaPrivateKey rsa)) {
            throw new InvalidKeyException(key + " is no RSA key, so it cannot sign with " + algorithm);
        }
        return (rsa.getModulus().bitLength() + 7) / 8;
    }
}
