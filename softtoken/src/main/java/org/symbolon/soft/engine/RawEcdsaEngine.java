package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Set;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;

/** CKM_ECDSA: over a digest that the caller made. */
final class RawEcdsaEngine implements MechanismEngine {
    private static final String ALGORITHM = "NONEwithECDSA";

    @Override
    public MechanismInfo info() {
        return new MechanismInfo(
                KeySizes.MIN_EC_BITS, KeySizes.MAX_EC_BITS, Set.of(MechanismFunction.SIGN, MechanismFunction.VERIFY));
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        Failures.requireNoParameters(mechanism);
        return function == MechanismFunction.SIGN
                ? new BufferedOperation(data -> sign(data, key, mechanism), end)
                : new BufferedOperation((data, signature) -> verify(data, signature, key), end);
    }

    private static byte[] sign(byte[] digest, LoadedKey key, Mechanism mechanism) throws GeneralSecurityException {
        ReadyEngine waiting = key.takeIdle(mechanism);
        ReadyEngine engine = waiting != null ? waiting : engine(key);
        Signature signature = engine.as(Signature.class);
        signature.update(leftmost(digest, key));
        byte[] der = signature.sign();
        key.giveBack(mechanism, engine);
        return EcdsaSignature.ofDer(der, SignatureEngine.fieldBytes(key));
    }

    private static ReadyEngine engine(LoadedKey key) throws GeneralSecurityException {
        Provider provider = provider(key);
        Signature signature = Signature.getInstance(ALGORITHM, provider);
        PrivateKey translated = (PrivateKey) key.key(provider);
        signature.initSign(translated);
        return new ReadyEngine(signature, provider, translated);
    }

    private static boolean verify(byte[] digest, byte[] signature, LoadedKey key) throws GeneralSecurityException {
        if (signature.length != 2 * SignatureEngine.fieldBytes(key)) {
            return false;
        }
        Provider provider = provider(key);
        Signature engine = Signature.getInstance(ALGORITHM, provider);
        engine.initVerify((PublicKey) key.key(provider));
        engine.update(leftmost(digest, key));
        try {
            return engine.verify(EcdsaSignature.toDer(signature));
        } catch (SignatureException e) {
            return false;
        }
    }

    private static Provider provider(LoadedKey key) {
        return EngineTrials.order(key, Engines.onCurve(key.choice(), key.curve(), "Signature", ALGORITHM))
                .get(0);
    }

    /** Returns the part of a digest that ECDSA uses (FIPS 186-5 section 6.4.1), since engines refuse longer ones. */
    private static byte[] leftmost(byte[] digest, LoadedKey key) {
        int fieldBytes = SignatureEngine.fieldBytes(key);
        return digest.length > fieldBytes ? Arrays.copyOf(digest, fieldBytes) : digest;
    }
}
