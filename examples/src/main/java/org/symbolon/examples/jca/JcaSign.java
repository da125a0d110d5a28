package org.symbolon.examples.jca;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.Signature;
import org.symbolon.config.OpenToken;
import org.symbolon.examples.MemoryToken;
import org.symbolon.jca.SymbolonProvider;

/** Signs with a key in a token through the JCA, which picks the provider by the key. */
public final class JcaSign {
    private JcaSign() {}

    /**
     * Runs the example.
     *
     * @param args none
     * @throws GeneralSecurityException if the token refuses
     */
    public static void main(String[] args) throws GeneralSecurityException {
        try (OpenToken team = MemoryToken.open();
                SymbolonProvider provider = SymbolonProvider.of(team.session())) {
            Security.addProvider(provider);
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519", provider).generateKeyPair();

            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update("release 1.0".getBytes(UTF_8));
            byte[] signature = signer.sign();

            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(keys.getPublic());
            verifier.update("release 1.0".getBytes(UTF_8));
            System.out.println("signed by " + signer.getProvider().getName() + ", verified by "
                    + verifier.getProvider().getName() + ": " + verifier.verify(signature));
            System.out.println(
                    "the private key stays in the token: " + (keys.getPrivate().getEncoded() == null));
            Security.removeProvider(provider.getName());
        }
    }
}
