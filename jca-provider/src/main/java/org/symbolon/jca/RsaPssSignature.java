package org.symbolon.jca;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.TokenException;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.key.TokenRsaPrivateKey;

/** RSASSA-PSS, and the names with a hash in them that Bouncy Castle asks for (RFC 8017 section 8.1). */
final class RsaPssSignature extends TokenSignature {
    private static final String JDK_NAME = "RSASSA-PSS";

    private final boolean fixed;
    private @Nullable PSSParameterSpec parameters;

    /** Makes the engine of RSASSA-PSS, which signs only after its parameters were set. */
    RsaPssSignature(SymbolonProvider provider) {
        super(provider, JDK_NAME);
        this.fixed = false;
    }

    /** Makes the engine of a name that implies the parameters: one hash for all and a salt as long as it. */
    RsaPssSignature(SymbolonProvider provider, HashAlgorithm hash) {
        super(provider, JDK_NAME);
        this.fixed = true;
        this.parameters = new PSSParameterSpec(
                hash.jcaName(),
                "MGF1",
                new MGF1ParameterSpec(hash.jcaName()),
                hash.digestBytes(),
                PSSParameterSpec.TRAILER_FIELD_BC);
    }

    @Override
    SigningPlan plan(TokenPrivateKey key) throws InvalidKeyException, TokenException {
        int modulusBytes = RsaKeys.modulusBytes(key, algorithm());
        if (parameters == null) {
            return new SigningPlan(
                    Mechanism.RSA_PKCS_PSS.hash(HashAlgorithm.SHA_256),
                    new Unset(),
                    UnaryOperator.identity(),
                    signature -> signature,
                    modulusBytes);
        }
        MechanismParameters.Pss pss = parsed(parameters, key);
        BigInteger modulus = ((TokenRsaPrivateKey) key).getModulus();
        int modulusBits = modulus.bitLength();
        if ((modulusBits - 1 + 7) / 8 < pss.hash().digestBytes() + pss.saltBytes() + 2) {
            throw new InvalidKeyException("a key of " + modulusBits + " bits is too short for RSASSA-PSS with "
                    + pss.hash().jcaName() + " and a salt of " + pss.saltBytes() + " bytes");
        }
        if (capabilities().signs(key, Mechanism.RSA_PKCS_PSS.type())) {
            return plan(Mechanism.RSA_PKCS_PSS.type(), pss, SignatureInput.digest(pss.hash()), modulusBytes);
        }
        for (MechanismTable.Row row : MechanismTable.rows()) {
            boolean fits = SignatureServices.isPss(row) && row.hash().equals(Optional.of(pss.hash()));
            if (fits && capabilities().signs(key, row.type())) {
                return plan(row.type(), pss, SignatureInput.message(SigningPlan.MAX_MESSAGE_BYTES), modulusBytes);
            }
        }
        if (capabilities().signs(key, Mechanism.RSA_X_509.type())) {
            return new SigningPlan(
                    Mechanism.RSA_X_509,
                    SignatureInput.digest(pss.hash()),
                    digest -> EmsaPss.encode(digest, pss, modulus),
                    signature -> signature,
                    modulusBytes);
        }
        throw new InvalidKeyException(key + " cannot sign with RSASSA-PSS and "
                + pss.hash().jcaName() + ": its token offers no mechanism for it");
    }

    private static SigningPlan plan(
            MechanismType type, MechanismParameters.Pss pss, SignatureInput input, int modulusBytes) {
        return new SigningPlan(
                new Mechanism(type, pss), input, UnaryOperator.identity(), signature -> signature, modulusBytes);
    }

    private static MechanismParameters.Pss parsed(PSSParameterSpec spec, TokenPrivateKey key)
            throws InvalidKeyException {
        try {
            return parsed(spec);
        } catch (InvalidAlgorithmParameterException e) {
            throw new InvalidKeyException(key + ": " + e.getMessage(), e);
        }
    }

    private static MechanismParameters.Pss parsed(PSSParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (!(spec.getMGFParameters() instanceof MGF1ParameterSpec mgf1)
                || !spec.getMGFAlgorithm().equals("MGF1")) {
            throw new InvalidAlgorithmParameterException(
                    "the mask generation function is MGF1, not " + spec.getMGFAlgorithm());
        }
        if (spec.getTrailerField() != PSSParameterSpec.TRAILER_FIELD_BC) {
            throw new InvalidAlgorithmParameterException("the trailer field is 1, not " + spec.getTrailerField());
        }
        HashAlgorithm hash = hash(spec.getDigestAlgorithm());
        try {
            return new MechanismParameters.Pss(hash, hash(mgf1.getDigestAlgorithm()), spec.getSaltLength());
        } catch (IllegalArgumentException e) {
            throw new InvalidAlgorithmParameterException(e.getMessage(), e);
        }
    }

    private static HashAlgorithm hash(String name) throws InvalidAlgorithmParameterException {
        return HashAlgorithm.of(name)
                .orElseThrow(() ->
                        new InvalidAlgorithmParameterException("no token signs RSASSA-PSS with the hash " + name));
    }

    @Override
    @Nullable AlgorithmParameterSpec parameters() {
        return parameters;
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec given)
            throws InvalidAlgorithmParameterException {
        if (!(given instanceof PSSParameterSpec spec)) {
            throw new InvalidAlgorithmParameterException("RSASSA-PSS takes a PSSParameterSpec, not "
                    + (given == null ? "null" : given.getClass().getName()));
        }
        if (isFed()) {
            throw new InvalidAlgorithmParameterException("parameters cannot change between update and sign or verify");
        }
        HashAlgorithm hash = parsed(spec).hash();
        if (fixed
                && parameters != null
                && !HashAlgorithm.of(parameters.getDigestAlgorithm()).equals(HashAlgorithm.of(hash.jcaName()))) {
            throw new InvalidAlgorithmParameterException("the name of this Signature says "
                    + parameters.getDigestAlgorithm() + ", the parameters " + hash.jcaName());
        }
        PSSParameterSpec before = parameters;
        parameters = spec;
        boolean taken = false;
        try {
            replan();
            taken = true;
        } finally {
            if (!taken) {
                parameters = before;
            }
        }
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        if (parameters == null) {
            return null;
        }
        try {
            AlgorithmParameters encoded = AlgorithmParameters.getInstance(JDK_NAME);
            encoded.init(parameters);
            return encoded;
        } catch (GeneralSecurityException e) {
            throw new ProviderException("no installed provider encodes these RSASSA-PSS parameters", e);
        }
    }

    /** The input while nobody has said which hash: a guess would sign something that nobody asked for. */
    private static final class Unset implements SignatureInput {
        @Override
        public void update(byte[] data, int offset, int length) throws SignatureException {
            throw unset();
        }

        @Override
        public byte[] finish() throws SignatureException {
            throw unset();
        }

        @Override
        public void reset() {}

        private static SignatureException unset() {
            return new SignatureException(
                    "RSASSA-PSS has no parameters yet: call setParameter with a PSSParameterSpec");
        }
    }
}
