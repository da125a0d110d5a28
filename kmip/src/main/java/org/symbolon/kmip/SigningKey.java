package org.symbolon.kmip;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.symbolon.KeyType;
import org.symbolon.kmip.object.UniqueIdentifier;

/**
 * A private key on a server, and what has to be known of it to sign with it.
 *
 * @param id which
 * @param type CKK_RSA, CKK_EC or CKK_EC_EDWARDS
 * @param fieldBytes the length of a coordinate of the curve: half of a raw ECDSA signature; 0 where there is no curve
 * @param usesAreCounted whether it has Usage Limits: then nothing is tried that may cost a use for nothing
 * @param publicKey what verifies its signatures; where it is not known, none is verified
 */
public record SigningKey(
        UniqueIdentifier id, KeyType type, int fieldBytes, boolean usesAreCounted, Optional<PublicKey> publicKey) {
    /**
     * Makes one.
     *
     * @throws IllegalArgumentException if a key of a curve has no length of a coordinate
     */
    public SigningKey {
        if (type.equals(KeyType.EC) && fieldBytes < 1) {
            throw new IllegalArgumentException("fieldBytes is " + fieldBytes + "; of a key on a curve it is 1 or more");
        }
    }

    /**
     * Returns a key whose public key is known, and whose uses are not counted.
     *
     * @param id which
     * @param publicKey of RSA, a Weierstrass curve or an Edwards curve
     * @return the key
     * @throws IllegalArgumentException if it is of something else
     */
    public static SigningKey of(UniqueIdentifier id, PublicKey publicKey) {
        if (publicKey instanceof ECPublicKey ec) {
            int bits = ec.getParams().getOrder().bitLength();
            return new SigningKey(id, KeyType.EC, (bits + Byte.SIZE - 1) / Byte.SIZE, false, Optional.of(publicKey));
        }
        if (publicKey instanceof RSAPublicKey || publicKey instanceof EdECPublicKey) {
            KeyType type = publicKey instanceof RSAPublicKey ? KeyType.RSA : KeyType.EC_EDWARDS;
            return new SigningKey(id, type, 0, false, Optional.of(publicKey));
        }
        throw new IllegalArgumentException("a key of " + publicKey.getAlgorithm() + " does not sign over KMIP");
    }

    /** {@return this key, with Usage Limits} */
    public SigningKey withUsesCounted() {
        return new SigningKey(id, type, fieldBytes, true, publicKey);
    }
}
