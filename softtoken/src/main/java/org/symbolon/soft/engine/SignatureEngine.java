package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Queue;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;

/** Signatures that a JCA engine makes of the whole message. ECDSA's are r‖s outside and DER inside. */
final class SignatureEngine implements MechanismEngine {
    private final KeyType keyType;
    private final String algorithm;
    private final Provider provider;

    SignatureEngine(KeyType keyType, String algorithm, Provider provider) {
        this.keyType = keyType;
        this.algorithm = algorithm;
        this.provider = provider;
    }

    @Override
    public MechanismInfo info() {
        Set<MechanismFunction> functions = Set.of(MechanismFunction.SIGN, MechanismFunction.VERIFY);
        if (keyType.equals(KeyType.RSA)) {
            return new MechanismInfo(KeySizes.MIN_RSA_BITS, KeySizes.MAX_RSA_BITS, functions);
        }
        return keyType.equals(KeyType.EC)
                ? new MechanismInfo(256, 521, functions)
                : new MechanismInfo(255, 255, functions);
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        boolean signing = function == MechanismFunction.SIGN;
        Queue<Signature> idle = key.idle(mechanism);
        Signature waiting = idle.poll();
        Signature signature = waiting != null ? waiting : engine(signing, key, mechanism);
        return new JcaSignature(signature, key, mechanism, end);
    }

    private Signature engine(boolean signing, LoadedKey key, Mechanism mechanism) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, providerFor(mechanism.parameters()));
        Provider chosen = signature.getProvider();
        setParameters(signature, mechanism);
        if (signing) {
            signature.initSign((PrivateKey) key.key(chosen));
        } else {
            signature.initVerify((PublicKey) key.key(chosen));
        }
        return signature;
    }

    /** Returns the provider: for EdDSA with a context or a prehash the JDK, which alone has them. */
    private Provider providerFor(MechanismParameters parameters) {
        return parameters instanceof MechanismParameters.EdDsa
                ? Engines.JDK_NATIVE_BC.get("Signature", algorithm)
                : provider;
    }

    private void setParameters(Signature signature, Mechanism mechanism) throws GeneralSecurityException {
        if (mechanism.parameters() instanceof MechanismParameters.Pss pss) {
            signature.setParameter(pssSpec(mechanism, pss));
        } else if (mechanism.parameters() instanceof MechanismParameters.EdDsa ed) {
            signature.setParameter(
                    new EdDSAParameterSpec(ed.prehash(), ed.context().toByteArray()));
        } else if (algorithm.equals("RSASSA-PSS")) {
            throw Failures.parameter(mechanism + " wants PSS parameters");
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

        private final Signature signature;
        private final LoadedKey key;
        private final Mechanism mechanism;
        private boolean spoilt;

        JcaSignature(Signature signature, LoadedKey key, Mechanism mechanism, Runnable end) {
            super(end);
            this.signature = signature;
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
                key.giveBack(mechanism, signature);
            }
        }
    }

    static int fieldBytes(LoadedKey key) {
        return NamedCurve.ofEcParams(key.attributes().get(Attribute.EC_PARAMS))
                .orElseThrow()
                .fieldBytes();
    }
}
