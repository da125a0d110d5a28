package org.symbolon.ssh.mina;

import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SecurityKeySignature;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshVerifier;
import org.symbolon.ssh.Text;

/** Verifies a user's signature by a plain key or a FIDO key, and that a FIDO key's owner did what its entry wants. */
final class UserSignature {
    private static final int MAX_NAME_BYTES = 64;

    private UserSignature() {}

    /** The check for signatures that a key makes with an algorithm, named without a certificate's suffix. */
    static SignatureCheck by(SshPublicKey key, String algorithm, LoginRestrictions wanted) {
        return (message, signature) -> {
            requireName(algorithm, signature);
            return SshVerifier.verify(key, message, signature)
                    && (!key.type().isSecurityKey() || isEnough(SecurityKeySignature.parse(signature), wanted));
        };
    }

    private static void requireName(String algorithm, byte[] signature) throws SshFormatException {
        String name = new SshReader(signature, "SSH signature").name("algorithm", MAX_NAME_BYTES);
        if (!name.equals(algorithm)) {
            throw new SshFormatException(
                    "The signature is one of " + Text.quoted(name) + ", the request said " + algorithm);
        }
    }

    private static boolean isEnough(SecurityKeySignature signature, LoginRestrictions wanted)
            throws SshFormatException {
        if (wanted.touchRequired() && !signature.userPresent()) {
            throw new SshFormatException("The FIDO key was not touched, and its entry has no no-touch-required");
        }
        if (wanted.verifyRequired() && !signature.userVerified()) {
            throw new SshFormatException("The FIDO key did not verify its user, its entry has verify-required");
        }
        return true;
    }
}
