package org.symbolon.ssh.mina;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.BaseBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.TokenSigner;

/**
 * The signature algorithms for MINA servers, clients and sessions that use keys of tokens: RSA with SHA-2, ECDSA and Ed25519,
 * for plain keys and OpenSSH certificates, and FIDO keys to be verified. In MINA's order, without SHA-1 and DSA.
 *
 * <p>Keys of tokens ({@link org.symbolon.key.TokenPrivateKey}) sign by their session, without any JCA provider; other keys are
 * used as MINA does.
 */
public final class TokenSignatureFactories {
    private TokenSignatureFactories() {}

    /**
     * Makes the list for {@code setSignatureFactories}.
     *
     * @param signer makes the signatures; may be shared by servers and clients
     * @return a new list
     */
    public static List<NamedFactory<Signature>> of(TokenSigner signer) {
        return of((TokenSignature.Signing) signer::sign);
    }

    /** The list, with the signatures made in some way. */
    static List<NamedFactory<Signature>> of(TokenSignature.Signing signer) {
        JdkEdDsa.ensure();
        List<NamedFactory<Signature>> factories = new ArrayList<>();
        for (BuiltinSignatures own : BaseBuilder.DEFAULT_SIGNATURE_PREFERENCE) {
            Optional<SshSignatureAlgorithm> algorithm = SshSignatureAlgorithm.byNegotiatedName(own.getName());
            if (!own.isSupported()) {
                continue;
            }
            if (algorithm.isPresent()) {
                factories.add(new Factory(own, algorithm.get(), signer));
            } else if (own.getName().startsWith("sk-")) {
                factories.add(own);
            }
        }
        return factories;
    }

    private record Factory(BuiltinSignatures own, SshSignatureAlgorithm algorithm, TokenSignature.Signing signer)
            implements NamedFactory<Signature> {
        @Override
        public String getName() {
            return own.getName();
        }

        @Override
        public Signature create() {
            return new TokenSignature(algorithm, signer, own.create());
        }
    }
}
