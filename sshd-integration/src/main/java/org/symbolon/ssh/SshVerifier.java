package org.symbolon.ssh;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;

/**
 * Verifies SSH signatures by public keys of every {@link SshKeyType}, with whatever JCA providers there are. Thread-safe,
 * holds nothing.
 */
public final class SshVerifier {
    private SshVerifier() {}

    /**
     * Whether a key made a signature of a message.
     *
     * <p>Of FIDO signatures it says only that they are authentic: {@link SecurityKeySignature} tells what the user did.
     *
     * @param key the key
     * @param message the message; not modified, not kept
     * @param blob the signature blob, {@code string name, string signature} (RFC 4253 section 6.6)
     * @return whether it is authentic; false where the signature's algorithm is not one of this key's
     * @throws SshFormatException if the signature is malformed, or of an algorithm that is not supported (SHA-1 among them)
     */
    public static boolean verify(SshPublicKey key, byte[] message, byte[] blob) throws SshFormatException {
        if (key.type().isSecurityKey()) {
            return SecurityKeySignature.parse(blob).verify(key, message);
        }
        SshSignature signature = SshSignature.parse(blob);
        if (signature.algorithm().keyType() != key.type()) {
            return false;
        }
        try {
            Signature engine = Signature.getInstance(signature.algorithm().jcaName());
            engine.initVerify(key.toPublicKey());
            engine.update(message);
            return engine.verify(signature.toJca());
        } catch (SignatureException e) {
            throw new SshFormatException("SSH signature: it cannot be one by " + key, e);
        } catch (GeneralSecurityException e) {
            throw new SshFormatException("SSH signature: this Java's providers refuse the key " + key, e);
        }
    }
}
