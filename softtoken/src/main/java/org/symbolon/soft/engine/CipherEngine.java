package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.TokenException;

/** Encryption with a secret key, by a cipher of the JCA. */
final class CipherEngine implements MechanismEngine {
    private static final Logger LOG = LoggerFactory.getLogger(CipherEngine.class);

    private final CipherMode mode;

    CipherEngine(CipherMode mode) {
        this.mode = mode;
    }

    /** What an engine waits for, until its next use. */
    private record Purpose(CipherMode mode, boolean encrypting, boolean mayBeNative) {
        int opmode() {
            return encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        }
    }

    @Override
    public MechanismInfo info() {
        return mode.info();
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        boolean encrypting = function == MechanismFunction.ENCRYPT || function == MechanismFunction.WRAP;
        Purpose purpose = new Purpose(mode, encrypting, mode.mayBeNative(mechanism));
        ReadyEngine engine = initialised(key, purpose, mechanism);
        Bytes additionalData = mode.additionalData(mechanism);
        if (!additionalData.isEmpty()) {
            engine.as(Cipher.class).updateAAD(additionalData.sharedArray());
        }
        return new CipherOperation(engine, key, purpose, mode.limit(mechanism, encrypting), end);
    }

    private ReadyEngine initialised(LoadedKey key, Purpose purpose, Mechanism mechanism)
            throws GeneralSecurityException {
        AlgorithmParameterSpec spec = mode.spec(mechanism);
        ReadyEngine waiting = key.takeIdle(purpose);
        if (waiting != null) {
            try {
                waiting.as(Cipher.class).init(purpose.opmode(), waiting.key(), spec);
                return waiting;
            } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
                // An engine refuses the IV that it used last; whether an IV may be used again is for the caller to
                // know.
                LOG.trace("a new engine for {}: {}", mechanism, e.getMessage());
            }
        }
        return fresh(key, purpose, spec, mechanism);
    }

    /** Returns the fastest engine that takes the parameters. */
    private ReadyEngine fresh(
            LoadedKey key, Purpose purpose, @Nullable AlgorithmParameterSpec spec, Mechanism mechanism)
            throws GeneralSecurityException {
        String refusal = "";
        for (Provider provider : mode.providers(key, purpose.mayBeNative)) {
            Cipher cipher = Cipher.getInstance(mode.transformation(), provider);
            Key translated = key.key(provider);
            try {
                cipher.init(purpose.opmode(), translated, spec);
                return new ReadyEngine(cipher, provider, translated);
            } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
                refusal = String.valueOf(e.getMessage());
            }
        }
        throw Failures.parameter("the engine refuses the parameters of " + mechanism + ": " + refusal);
    }

    private static final class CipherOperation extends EngineOperation {
        private static final byte[] NOTHING = new byte[0];

        private final ReadyEngine engine;
        private final Cipher cipher;
        private final LoadedKey key;
        private final Purpose purpose;
        private final CipherMode.Limit limit;
        private long bytes;

        CipherOperation(ReadyEngine engine, LoadedKey key, Purpose purpose, CipherMode.Limit limit, Runnable end) {
            super(end);
            this.engine = engine;
            this.cipher = engine.as(Cipher.class);
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
                key.giveBack(purpose, engine);
            }
        }
    }
}
