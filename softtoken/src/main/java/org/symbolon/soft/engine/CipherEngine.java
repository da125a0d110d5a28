package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.TokenException;

/** Encryption with a secret key, by a cipher of the JCA. */
final class CipherEngine implements MechanismEngine {
    private final CipherMode mode;
    private final Provider provider;

    CipherEngine(CipherMode mode) {
        this.mode = mode;
        this.provider = Engines.JDK_NATIVE_BC.get("Cipher", mode.transformation());
    }

    /** An engine that waits for its next use, and what it does. */
    private record Purpose(CipherMode mode, boolean encrypting) {}

    @Override
    public MechanismInfo info() {
        return mode.info();
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        boolean encrypting = function == MechanismFunction.ENCRYPT || function == MechanismFunction.WRAP;
        AlgorithmParameterSpec spec = mode.spec(mechanism);
        Purpose purpose = new Purpose(mode, encrypting);
        Cipher cipher = initialised(key.takeIdle(purpose, Cipher.class), purpose, key, spec, mechanism);
        Bytes additionalData = mode.additionalData(mechanism);
        if (!additionalData.isEmpty()) {
            cipher.updateAAD(additionalData.sharedArray());
        }
        return new CipherOperation(cipher, key, purpose, mode.limit(mechanism, encrypting), end);
    }

    private Cipher initialised(
            @Nullable Cipher waiting,
            Purpose purpose,
            LoadedKey key,
            @Nullable AlgorithmParameterSpec spec,
            Mechanism mechanism)
            throws GeneralSecurityException {
        Cipher cipher = waiting != null ? waiting : Cipher.getInstance(mode.transformation(), provider);
        try {
            cipher.init(purpose.encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key.key(provider), spec);
            return cipher;
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            if (waiting != null) {
                // An engine refuses the IV that it used last; whether an IV may be used again is for the caller to
                // know.
                return initialised(null, purpose, key, spec, mechanism);
            }
            throw Failures.parameter("the engine refuses the parameters of " + mechanism + ": " + e.getMessage());
        }
    }

    private static final class CipherOperation extends EngineOperation {
        private static final byte[] NOTHING = new byte[0];

        private final Cipher cipher;
        private final LoadedKey key;
        private final Purpose purpose;
        private final CipherMode.Limit limit;
        private long bytes;

        CipherOperation(Cipher cipher, LoadedKey key, Purpose purpose, CipherMode.Limit limit, Runnable end) {
            super(end);
            this.cipher = cipher;
            this.key = key;
            this.purpose = purpose;
            this.limit = limit;
        }

        @Override
        byte[] take(byte[] input, int offset, int length) throws GeneralSecurityException {
            bytes += length;
            limit.check(bytes, false);
            byte[] output = cipher.update(input, offset, length);
            return output == null ? NOTHING : output;
        }

        @Override
        byte[] result() throws GeneralSecurityException {
            return last(NOTHING);
        }

        @Override
        byte[] all(byte[] input) throws GeneralSecurityException {
            return last(input);
        }

        /** Ends; what fails on decryption fails with one answer, so that nothing is told of the padding. */
        private byte[] last(byte[] input) throws GeneralSecurityException {
            bytes += input.length;
            limit.check(bytes, true);
            try {
                return cipher.doFinal(input);
            } catch (IllegalBlockSizeException e) {
                throw wrongLength();
            } catch (BadPaddingException e) {
                throw Failures.doesNotOpen();
            }
        }

        /** Returns the error of a length; key wrapping's engines throw the same for a key that does not open. */
        private TokenException wrongLength() {
            if (purpose.encrypting) {
                return Failures.operation("CKR_DATA_LEN_RANGE", "the data does not have a length that this takes");
            }
            return purpose.mode.makes(bytes)
                    ? Failures.doesNotOpen()
                    : Failures.operation(
                            "CKR_ENCRYPTED_DATA_LEN_RANGE", "the ciphertext does not have a length that this makes");
        }

        @Override
        void over(boolean reusable) {
            if (reusable) {
                key.giveBack(purpose, cipher);
            }
        }
    }
}
