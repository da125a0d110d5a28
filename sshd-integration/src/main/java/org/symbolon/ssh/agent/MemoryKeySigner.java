package org.symbolon.ssh.agent;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshSignature;
import org.symbolon.ssh.SshSignatureAlgorithm;

/**
 * Signs with a key that a client handed over, by the JDK.
 *
 * @param key the key
 */
record MemoryKeySigner(PrivateKey key) implements HeldKey.Signer {
    @Override
    public SshSignature sign(SshSignatureAlgorithm algorithm, byte[] data) throws TokenException, SshFormatException {
        try {
            Signature signature = Signature.getInstance(algorithm.jcaName());
            signature.initSign(key);
            signature.update(data);
            return SshSignature.ofJca(algorithm, signature.sign());
        } catch (SshFormatException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new TokenOperationException(
                    Status.ckr("CKR_FUNCTION_FAILED"), "this Java cannot sign with " + algorithm.wireName(), e);
        }
    }

    /** What it is, without the key. */
    @Override
    public String toString() {
        return "MemoryKeySigner[]";
    }
}
