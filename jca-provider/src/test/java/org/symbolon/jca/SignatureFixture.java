package org.symbolon.jca;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.symbolon.key.TokenPrivateKey;

/** A token of our own making with a key of each kind, and the JDK to verify with. */
abstract class SignatureFixture extends FakeTokenFixture {
    static final byte[] MESSAGE = "fitting the halves together".getBytes(StandardCharsets.UTF_8);

    static final PSSParameterSpec PSS = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    Signature signer(String algorithm, TokenPrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, provider);
        if (algorithm.equals("RSASSA-PSS")) {
            signature.setParameter(PSS);
        }
        signature.initSign(key);
        return signature;
    }

    TokenPrivateKey key(String kind) throws GeneralSecurityException {
        return TestKeys.put(token, session, kind);
    }

    static boolean verifies(String jdkName, String kind, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(jdkName);
        if (jdkName.equals("RSASSA-PSS")) {
            verifier.setParameter(PSS);
        }
        verifier.initVerify(TestKeys.pair(kind).getPublic());
        verifier.update(message);
        return verifier.verify(signature);
    }
}
