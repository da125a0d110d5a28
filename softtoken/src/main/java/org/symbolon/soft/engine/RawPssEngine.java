package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Set;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;

/** CKM_RSA_PKCS_PSS: over a digest that the caller made. Only Bouncy Castle has such an engine. */
final class RawPssEngine implements MechanismEngine {
    private static final String ALGORITHM = "NONEwithRSASSA-PSS";

    private final Provider provider = Engines.NATIVE_BC_JDK.get("Signature", ALGORITHM);

    @Override
    public MechanismInfo info() {
        return new MechanismInfo(
                KeySizes.MIN_RSA_BITS, KeySizes.MAX_RSA_BITS, Set.of(MechanismFunction.SIGN, MechanismFunction.VERIFY));
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        if (!(mechanism.parameters() instanceof MechanismParameters.Pss pss)) {
            throw Failures.parameter(mechanism + " wants PSS parameters");
        }
        return function == MechanismFunction.SIGN
                ? new BufferedOperation(digest -> sign(digest, key, pss), end)
                : new BufferedOperation((digest, signature) -> verify(digest, signature, key, pss), end);
    }

    private byte[] sign(byte[] digest, LoadedKey key, MechanismParameters.Pss pss) throws GeneralSecurityException {
        Signature engine = engine(digest, pss);
        engine.initSign((PrivateKey) key.key(provider));
        engine.update(digest);
        return engine.sign();
    }

    private boolean verify(byte[] digest, byte[] signature, LoadedKey key, MechanismParameters.Pss pss)
            throws GeneralSecurityException {
        Signature engine = engine(digest, pss);
        engine.initVerify((PublicKey) key.key(provider));
        engine.update(digest);
        try {
            return engine.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }

    private Signature engine(byte[] digest, MechanismParameters.Pss pss) throws GeneralSecurityException {
        if (digest.length != pss.hash().digestBytes()) {
            throw Failures.operation(
                    "CKR_DATA_LEN_RANGE",
                    "a digest of " + pss.hash() + " has " + pss.hash().digestBytes() + " bytes, not " + digest.length);
        }
        Signature engine = Signature.getInstance(ALGORITHM, provider);
        engine.setParameter(new PSSParameterSpec(
                pss.hash().jcaName(),
                "MGF1",
                new MGF1ParameterSpec(pss.mgfHash().jcaName()),
                pss.saltBytes(),
                1));
        return engine;
    }
}
