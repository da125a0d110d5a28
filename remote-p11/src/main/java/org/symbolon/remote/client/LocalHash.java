package org.symbolon.remote.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;

/**
 * A hash that is computed here: many tokens offer CKM_ECDSA alone, and CKM_ECDSA_SHA256 and its like are that over a digest.
 *
 * @param hash the hash
 * @param maxBytes the length of the curve's order: of a longer digest the leftmost bytes count (FIPS 186-5 section 6.4.1)
 */
record LocalHash(HashAlgorithm hash, int maxBytes) {
    /** Returns the hash of a mechanism that a token does not offer and that can be hashed for here. */
    static Optional<HashAlgorithm> of(Mechanism mechanism, Collection<MechanismType> offered) {
        return offered.contains(mechanism.type()) || !offered.contains(Mechanism.ECDSA.type())
                ? Optional.empty()
                : ofEcdsa(mechanism.type());
    }

    /** Returns the hash of a mechanism that is ECDSA over a hash. */
    static Optional<HashAlgorithm> ofEcdsa(MechanismType type) {
        return type.name().startsWith("CKM_ECDSA_")
                ? MechanismTable.row(type)
                        .filter(row -> row.keyTypes().contains(KeyType.EC))
                        .flatMap(MechanismTable.Row::hash)
                : Optional.empty();
    }

    MessageDigest start() throws TokenException {
        try {
            return MessageDigest.getInstance(hash.jcaName());
        } catch (NoSuchAlgorithmException e) {
            throw new TokenOperationException(
                    Status.ckr("CKR_MECHANISM_INVALID"), "this JVM has no " + hash.jcaName(), e);
        }
    }

    /** Ends a digest. */
    byte[] finish(MessageDigest digest) {
        byte[] whole = digest.digest();
        return whole.length <= maxBytes ? whole : Arrays.copyOf(whole, maxBytes);
    }
}
