package org.symbolon.soft.engine;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.SLHDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.SLHDSASigner;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismParameters.Hedge;
import org.symbolon.MechanismTable;
import org.symbolon.TokenException;

/**
 * ML-DSA (FIPS 204) and SLH-DSA (FIPS 205): of the message, of a digest that the caller made, of a digest made here.
 *
 * <p>The engine's internal functions take the message with its prefix: 0 or 1, the context's length, the context and, of a
 * digest, the object identifier of its hash.
 */
final class PostQuantumSignatureEngine implements MechanismEngine {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final KeyType keyType;
    private final boolean ofDigest;
    private final Optional<HashAlgorithm> hash;

    PostQuantumSignatureEngine(MechanismTable.Row row) {
        this.keyType = row.keyType().orElseThrow();
        this.ofDigest = row.type().name().startsWith("CKM_HASH_");
        this.hash = row.hash();
    }

    @Override
    public MechanismInfo info() {
        Set<MechanismFunction> functions = Set.of(MechanismFunction.SIGN, MechanismFunction.VERIFY);
        return keyType.equals(KeyType.ML_DSA)
                ? new MechanismInfo(KeySizes.MIN_ML_DSA_BYTES, KeySizes.MAX_ML_DSA_BYTES, functions)
                : new MechanismInfo(KeySizes.MIN_SLH_DSA_BYTES, KeySizes.MAX_SLH_DSA_BYTES, functions);
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        MechanismParameters.SignContext context = context(mechanism);
        boolean signing = function == MechanismFunction.SIGN;
        Internal signer = signer(signing, key, context.hedge());
        Optional<HashAlgorithm> digested = hash.or(context::hash);
        return new SignOperation(signer, context.context(), digested, end);
    }

    private MechanismParameters.SignContext context(Mechanism mechanism) throws TokenException {
        MechanismParameters.SignContext context;
        if (mechanism.parameters() instanceof MechanismParameters.SignContext given) {
            context = given;
        } else {
            Failures.requireNoParameters(mechanism);
            context = new MechanismParameters.SignContext(Hedge.PREFERRED, Bytes.empty());
        }
        boolean wantsHash = ofDigest && hash.isEmpty();
        if (wantsHash != context.hash().isPresent()) {
            throw Failures.parameter(
                    mechanism + (wantsHash ? " wants the hash that made the digest" : " has its hash in its name"));
        }
        return context;
    }

    /** The internal functions of FIPS 204 section 6 and FIPS 205 section 9. */
    private interface Internal {
        byte[] sign(byte[] message) throws CryptoException;

        boolean verify(byte[] message, byte[] signature);
    }

    private Internal signer(boolean signing, LoadedKey key, Hedge hedge) throws TokenException {
        AsymmetricKeyParameter parameters = key.postQuantum(signing);
        boolean random = signing && hedge != Hedge.DETERMINISTIC_REQUIRED;
        CipherParameters withRandom = random ? new ParametersWithRandom(parameters, RANDOM) : parameters;
        return keyType.equals(KeyType.ML_DSA)
                ? new MlDsa(signing, withRandom, random)
                : new SlhDsa(signing, withRandom, publicSeed(parameters), random);
    }

    /** Returns what stands for the random bytes of a deterministic signature (FIPS 205 section 9.2): PK.seed. */
    private static byte[] publicSeed(AsymmetricKeyParameter key) {
        return key instanceof SLHDSAPrivateKeyParameters slhDsa ? slhDsa.getPublicSeed() : new byte[0];
    }

    private static final class MlDsa extends MLDSASigner implements Internal {
        private static final int RANDOM_BYTES = 32;

        private final boolean random;

        MlDsa(boolean signing, CipherParameters parameters, boolean random) {
            this.random = random;
            init(signing, parameters);
        }

        @Override
        public byte[] sign(byte[] message) {
            return internalGenerateSignature(
                    message, random ? KeyGeneration.random(RANDOM_BYTES) : new byte[RANDOM_BYTES]);
        }

        @Override
        public boolean verify(byte[] message, byte[] signature) {
            return internalVerifySignature(message, signature);
        }
    }

    private static final class SlhDsa extends SLHDSASigner implements Internal {
        private final byte[] deterministic;
        private final boolean random;

        SlhDsa(boolean signing, CipherParameters parameters, byte[] deterministic, boolean random) {
            this.deterministic = deterministic;
            this.random = random;
            init(signing, parameters);
        }

        @Override
        public byte[] sign(byte[] message) {
            return internalGenerateSignature(
                    message, random ? KeyGeneration.random(deterministic.length) : deterministic);
        }

        @Override
        public boolean verify(byte[] message, byte[] signature) {
            return internalVerifySignature(message, signature);
        }
    }

    private final class SignOperation extends EngineOperation {
        private static final byte[] NOTHING = new byte[0];

        private final Internal signer;
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();
        private final Optional<HashAlgorithm> digested;
        private final @org.jspecify.annotations.Nullable MessageDigest digest;
        private int bytes;

        SignOperation(Internal signer, Bytes context, Optional<HashAlgorithm> digested, Runnable end)
                throws GeneralSecurityException {
            super(end);
            this.signer = signer;
            this.digested = digested;
            input.write(ofDigest ? 1 : 0);
            input.write(context.length());
            input.writeBytes(context.sharedArray());
            digested.ifPresent(
                    algorithm -> input.writeBytes(algorithm.objectIdentifier().sharedArray()));
            digest = hash.isPresent()
                    ? MessageDigest.getInstance(
                            hash.get().jcaName(),
                            Engines.NATIVE_JDK_BC.get(
                                    "MessageDigest", hash.get().jcaName()))
                    : null;
        }

        @Override
        byte[] take(byte[] part, int offset, int length) throws TokenException {
            if (digest != null) {
                digest.update(part, offset, length);
                return NOTHING;
            }
            bytes += length;
            if (bytes > MAX_MESSAGE_BYTES || bytes < 0) {
                throw Failures.operation(
                        "CKR_DATA_LEN_RANGE",
                        "the token keeps the message, at most " + MAX_MESSAGE_BYTES + " bytes: sign its digest");
            }
            input.write(part, offset, length);
            return NOTHING;
        }

        private byte[] message() throws TokenException {
            if (digest != null) {
                input.writeBytes(digest.digest());
            } else if (digested.isPresent() && bytes != digested.get().digestBytes()) {
                throw Failures.operation(
                        "CKR_DATA_LEN_RANGE",
                        "a digest of " + digested.get().jcaName() + " has "
                                + digested.get().digestBytes() + " bytes, not " + bytes);
            }
            return input.toByteArray();
        }

        @Override
        byte[] result() throws GeneralSecurityException {
            try {
                return signer.sign(message());
            } catch (CryptoException e) {
                throw new GeneralSecurityException(e);
            }
        }

        @Override
        boolean check(byte[] signature) throws TokenException {
            return signer.verify(message(), signature);
        }
    }
}
