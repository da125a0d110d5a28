package org.symbolon.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismType;
import org.symbolon.TokenException;
import org.symbolon.key.TokenPrivateKey;

/**
 * Makes SSH signatures with keys of tokens, by their sessions alone: no JCA provider is needed.
 *
 * <p>A token that cannot hash while it signs (many have CKM_ECDSA and no CKM_ECDSA_SHA256) is given the digest instead; which
 * token lacks what is remembered by this object. Thread-safe; blocks for as long as the key's session lets a call.
 */
public final class TokenSigner {
    private final Set<Lack> lacks = ConcurrentHashMap.newKeySet();

    private record Lack(String tokenSerial, MechanismType mechanism) {}

    /** Makes a signer that knows of no token yet. */
    public TokenSigner() {}

    /**
     * Signs.
     *
     * @param key the key
     * @param algorithm one of its type's algorithms
     * @param data the message; not modified, not kept
     * @return the signature
     * @throws TokenException if the token refuses or fails
     * @throws SshFormatException if what the token made cannot be such a signature: the key is of another type or size
     */
    public SshSignature sign(TokenPrivateKey key, SshSignatureAlgorithm algorithm, byte[] data)
            throws TokenException, SshFormatException {
        Mechanism whole = Mechanism.of(algorithm.mechanism().type());
        Lack lack = new Lack(key.object().id().tokenSerial(), whole.type());
        if (!lacks.contains(lack)) {
            try {
                return SshSignature.ofPlain(algorithm, key.sign(whole, data));
            } catch (MechanismNotSupportedException e) {
                if (whole.hash().isEmpty()) {
                    throw e;
                }
                lacks.add(lack);
            }
        }
        return SshSignature.ofPlain(
                algorithm, signDigest(key, algorithm, whole.hash().orElseThrow(), data));
    }

    private static byte[] signDigest(
            TokenPrivateKey key, SshSignatureAlgorithm algorithm, HashAlgorithm hash, byte[] data)
            throws TokenException {
        byte[] digest = digest(hash, data);
        return algorithm.isEcdsa()
                ? key.sign(Mechanism.ECDSA, digest)
                : key.sign(Mechanism.RSA_PKCS, hash.digestInfo(digest));
    }

    private static byte[] digest(HashAlgorithm hash, byte[] data) {
        try {
            return MessageDigest.getInstance(hash.jcaName()).digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has " + hash.jcaName(), e);
        }
    }
}
