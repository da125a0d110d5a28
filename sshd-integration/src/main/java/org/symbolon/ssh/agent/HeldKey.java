package org.symbolon.ssh.agent;

import java.util.List;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignature;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * A key that an agent has.
 *
 * @param publicKey its public half
 * @param comment what clients are shown
 * @param certificates what is shown beside it
 * @param policy what it may be used for
 * @param constraints what it was given with
 * @param signer what signs with it
 */
record HeldKey(
        SshPublicKey publicKey,
        String comment,
        List<SshCertificate> certificates,
        AgentKeyPolicy policy,
        KeyConstraints constraints,
        Signer signer) {
    /** Signs with a key. */
    @FunctionalInterface
    interface Signer {
        SshSignature sign(SshSignatureAlgorithm algorithm, byte[] data) throws TokenException, SshFormatException;
    }

    HeldKey {
        certificates = List.copyOf(certificates);
    }

    boolean mustBeConfirmed() {
        return policy.confirm() || constraints.confirm();
    }

    /** The comment and the fingerprint. */
    @Override
    public String toString() {
        return publicKey.toString();
    }
}
