package org.symbolon.kmip.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;

/**
 * A message to be signed, as it leaves: hashed here if it is long, where the server takes digests.
 *
 * @param mechanism what makes the same signature
 * @param data the message, or what the mechanism takes in its place
 */
record LongMessage(Mechanism mechanism, Bytes data) {
    private static final int LONGEST = 64 * 1024;

    static LongMessage of(Mechanism mechanism, Bytes data, boolean takesDigests) {
        boolean whole =
                data.length() <= LONGEST || !takesDigests || mechanism.hash().isEmpty();
        return whole
                ? new LongMessage(mechanism, data)
                : hashed(mechanism, mechanism.hash().get(), data);
    }

    private static LongMessage hashed(Mechanism mechanism, HashAlgorithm hash, Bytes data) {
        byte[] digest = digest(hash, data);
        if (mechanism.parameters() instanceof MechanismParameters.Pss) {
            return new LongMessage(
                    new Mechanism(MechanismType.named("CKM_RSA_PKCS_PSS"), mechanism.parameters()), Bytes.wrap(digest));
        }
        return mechanism.type().name().endsWith("_RSA_PKCS")
                ? new LongMessage(Mechanism.RSA_PKCS, Bytes.wrap(hash.digestInfo(digest)))
                : new LongMessage(Mechanism.ECDSA, Bytes.wrap(digest));
    }

    private static byte[] digest(HashAlgorithm hash, Bytes data) {
        try {
            return MessageDigest.getInstance(hash.jcaName()).digest(data.sharedArray());
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has " + hash.jcaName(), e);
        }
    }
}
