package org.symbolon.soft.engine;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.symbolon.Attribute;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;
import org.symbolon.TokenException;

/** CKM_RSA_PKCS_PSS: over a digest that the caller made. Bouncy Castle pads, the fastest engine does the arithmetic. */
final class RawPssEngine implements MechanismEngine {
    private static final byte TRAILER = (byte) 0xBC;

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
        boolean signing = function == MechanismFunction.SIGN;
        PSSSigner signer = signer(signing, key, pss);
        return signing
                ? new BufferedOperation(digest -> sign(digest, signer, pss), end)
                : new BufferedOperation((digest, signature) -> verify(digest, signature, signer, pss), end);
    }

    private static PSSSigner signer(boolean signing, LoadedKey key, MechanismParameters.Pss pss) throws TokenException {
        BigInteger modulus = KeyEncoding.integer(key.attributes(), Attribute.MODULUS);
        BigInteger exponent = KeyEncoding.integer(key.attributes(), Attribute.PUBLIC_EXPONENT);
        PSSSigner signer = PSSSigner.createRawSigner(
                new Arithmetic(signing, key, modulus),
                Digests.of(pss.hash()),
                Digests.of(pss.mgfHash()),
                pss.saltBytes(),
                TRAILER);
        try {
            signer.init(signing, new RSAKeyParameters(false, modulus, exponent));
        } catch (IllegalArgumentException e) {
            throw Failures.operation("CKR_KEY_SIZE_RANGE", "the key is too short for this hash and salt");
        }
        return signer;
    }

    private static byte[] sign(byte[] digest, PSSSigner signer, MechanismParameters.Pss pss)
            throws GeneralSecurityException {
        update(digest, signer, pss);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static boolean verify(byte[] digest, byte[] signature, PSSSigner signer, MechanismParameters.Pss pss)
            throws TokenException {
        update(digest, signer, pss);
        return signer.verifySignature(signature);
    }

    private static void update(byte[] digest, PSSSigner signer, MechanismParameters.Pss pss) throws TokenException {
        if (digest.length != pss.hash().digestBytes()) {
            throw Failures.operation(
                    "CKR_DATA_LEN_RANGE",
                    "a digest of " + pss.hash() + " has " + pss.hash().digestBytes() + " bytes, not " + digest.length);
        }
        signer.update(digest, 0, digest.length);
    }

    /** The RSA function of a key, as Bouncy Castle's padding asks for it. */
    private static final class Arithmetic implements AsymmetricBlockCipher {
        private final boolean signing;
        private final LoadedKey key;
        private final BigInteger modulus;
        private final int length;

        Arithmetic(boolean signing, LoadedKey key, BigInteger modulus) {
            this.signing = signing;
            this.key = key;
            this.modulus = modulus;
            this.length = (modulus.bitLength() + 7) / 8;
        }

        @Override
        public void init(boolean forEncryption, CipherParameters parameters) {
            // The key was given to the constructor.
        }

        @Override
        public int getInputBlockSize() {
            return length;
        }

        @Override
        public int getOutputBlockSize() {
            return length;
        }

        @Override
        public byte[] processBlock(byte[] input, int offset, int inputLength) throws InvalidCipherTextException {
            BigInteger value = new BigInteger(1, input, offset, inputLength);
            if (value.compareTo(modulus) >= 0 || (!signing && inputLength != length)) {
                throw new InvalidCipherTextException("the block is none of this key");
            }
            try {
                RsaFunction function = signing ? RsaFunction.PRIVATE : RsaFunction.PUBLIC;
                return function.apply(key, KeyGeneration.unsigned(value, length));
            } catch (GeneralSecurityException e) {
                throw new InvalidCipherTextException("the engine refuses", e);
            }
        }
    }
}
