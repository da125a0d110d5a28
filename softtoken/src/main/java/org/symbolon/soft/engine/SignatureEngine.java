package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;
import org.symbolon.TokenException;

/** Signatures that a JCA engine makes of the whole message. ECDSA's are r‖s outside and DER inside. */
final class SignatureEngine implements MechanismEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureEngine.class);

    private final KeyType keyType;
    private final String algorithm;

    SignatureEngine(KeyType keyType, String algorithm) {
        this.keyType = keyType;
        this.algorithm = algorithm;
    }

    @Override
    public MechanismInfo info() {
        Set<MechanismFunction> functions = Set.of(MechanismFunction.SIGN, MechanismFunction.VERIFY);
        if (keyType.equals(KeyType.RSA)) {
            return new MechanismInfo(KeySizes.MIN_RSA_BITS, KeySizes.MAX_RSA_BITS, functions);
        }
        return keyType.equals(KeyType.EC)
                ? new MechanismInfo(KeySizes.MIN_EC_BITS, KeySizes.MAX_EC_BITS, functions)
                : new MechanismInfo(KeySizes.MIN_EDWARDS_BITS, KeySizes.MAX_EDWARDS_BITS, functions);
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        boolean signing = function == MechanismFunction.SIGN;
        ReadyEngine waiting = key.takeIdle(mechanism);
        ReadyEngine engine = waiting != null ? waiting : engine(signing, key, mechanism);
        return new JcaSignature(engine, key, mechanism, end);
    }

    /** Returns the fastest engine that takes the parameters. */
    private ReadyEngine engine(boolean signing, LoadedKey key, Mechanism mechanism) throws GeneralSecurityException {
        for (Provider provider : providers(key, mechanism.parameters())) {
            try {
                return engine(signing, key, mechanism, provider);
            } catch (InvalidAlgorithmParameterException e) {
                LOG.debug("{} does not take the parameters of {}", provider.getName(), mechanism);
            }
        }
        throw Failures.parameter("no engine takes the parameters of " + mechanism);
    }

    private ReadyEngine engine(boolean signing, LoadedKey key, Mechanism mechanism, Provider provider)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(nameFor(key), provider);
        setParameters(signature, mechanism);
        Key translated = key.key(provider);
        try {
            if (signing) {
                signature.initSign((PrivateKey) translated);
            } else {
                signature.initVerify((PublicKey) translated);
            }
        } catch (InvalidKeyException e) {
            throw Failures.operation(
                    "CKR_KEY_SIZE_RANGE", "the key does not suit " + mechanism + ": " + e.getMessage());
        }
        return new ReadyEngine(signature, provider, translated);
    }

    /** Returns the engine's name: for EdDSA it is the curve's. */
    private String nameFor(LoadedKey key) {
        return keyType.equals(KeyType.EC_EDWARDS) ? key.curve().jcaName() : algorithm;
    }

    /** Returns the providers to ask, in order: for EdDSA with a context or a prehash the JDK, which alone has them. */
    private List<Provider> providers(LoadedKey key, MechanismParameters parameters) {
        if (keyType.equals(KeyType.RSA)) {
            return EngineTrials.order(key, Engines.NATIVE_JDK_BC.all(key.choice(), "Signature", algorithm));
        }
        if (parameters instanceof MechanismParameters.EdDsa) {
            return List.of(Engines.JDK_NATIVE_BC.get("Signature", nameFor(key)));
        }
        return EngineTrials.order(key, Engines.onCurve(key.choice(), key.curve(), "Signature", nameFor(key)));
    }

    private void setParameters(Signature signature, Mechanism mechanism) throws GeneralSecurityException {
        if (algorithm.equals("RSASSA-PSS")) {
            if (!(mechanism.parameters() instanceof MechanismParameters.Pss pss)) {
                throw Failures.parameter(mechanism + " wants PSS parameters");
            }
            signature.setParameter(pssSpec(mechanism, pss));
        } else if (keyType.equals(KeyType.EC_EDWARDS)
                && mechanism.parameters() instanceof MechanismParameters.EdDsa ed) {
            signature.setParameter(
                    new EdDSAParameterSpec(ed.prehash(), ed.context().toByteArray()));
        } else {
            Failures.requireNoParameters(mechanism);
        }
    }

    private static PSSParameterSpec pssSpec(Mechanism mechanism, MechanismParameters.Pss pss) throws TokenException {
        if (!mechanism.hash().equals(java.util.Optional.of(pss.hash()))) {
            throw Failures.parameter(mechanism + " hashes with another algorithm than " + pss.hash());
        }
        return new PSSParameterSpec(
                pss.hash().jcaName(),
                "MGF1",
                new MGF1ParameterSpec(pss.mgfHash().jcaName()),
                pss.saltBytes(),
                1);
    }

    /** One signature or verification. */
    private final class JcaSignature extends EngineOperation {
        private static final byte[] NOTHING = new byte[0];

        private final ReadyEngine engine;
        private final Signature signature;
        private final LoadedKey key;
        private final Mechanism mechanism;
        private boolean spoilt;

        JcaSignature(ReadyEngine engine, LoadedKey key, Mechanism mechanism, Runnable end) {
            super(end);
            this.engine = engine;
            this.signature = engine.as(Signature.class);
            this.key = key;
            this.mechanism = mechanism;
        }

        @Override
        byte[] take(byte[] input, int offset, int length) throws GeneralSecurityException {
            signature.update(input, offset, length);
            return NOTHING;
        }

        @Override
        byte[] result() throws GeneralSecurityException {
            byte[] made = signature.sign();
            return keyType.equals(KeyType.EC) ? EcdsaSignature.ofDer(made, fieldBytes(key)) : made;
        }

        @Override
        boolean check(byte[] given) throws GeneralSecurityException {
            if (keyType.equals(KeyType.EC) && given.length != 2 * fieldBytes(key)) {
                spoilt = true;
                return false;
            }
            try {
                return signature.verify(keyType.equals(KeyType.EC) ? EcdsaSignature.toDer(given) : given);
            } catch (SignatureException e) {
                spoilt = true;
                return false;
            }
        }

        /** Gives the engine back for the next time, unless it may still hold this message. */
        @Override
        void over(boolean reusable) {
            if (reusable && !spoilt) {
                key.giveBack(mechanism, engine);
            }
        }
    }

    static int fieldBytes(LoadedKey key) {
        return key.curve().fieldBytes();
    }
}
