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

    /** Returns how it signs, which flags choose for RSA. */
    SshSignatureAlgorithm algorithm(long flags) throws AgentRefusal {
        return switch (publicKey.type()) {
            case RSA -> {
                if ((flags & AgentCode.RSA_SHA2_256) != 0) {
                    yield SshSignatureAlgorithm.RSA_SHA2_256;
                }
                if ((flags & AgentCode.RSA_SHA2_512) != 0) {
                    yield SshSignatureAlgorithm.RSA_SHA2_512;
                }
                throw new AgentRefusal("the client asks for ssh-rsa, which is RSA with SHA-1; rsa-sha2-256 and"
                        + " rsa-sha2-512 are made");
            }
            case ECDSA_P256 -> SshSignatureAlgorithm.ECDSA_P256;
            case ECDSA_P384 -> SshSignatureAlgorithm.ECDSA_P384;
            case ECDSA_P521 -> SshSignatureAlgorithm.ECDSA_P521;
            case ED25519 -> SshSignatureAlgorithm.ED25519;
            case SK_ECDSA_P256, SK_ED25519 -> throw new AgentRefusal("a FIDO key signs in its authenticator only");
        };
    }

    /** The type and the fingerprint. */
    @Override
    public String toString() {
        return publicKey.toString();
    }
}
