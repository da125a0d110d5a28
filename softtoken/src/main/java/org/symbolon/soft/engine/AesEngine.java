package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Set;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;

/** CKM_AES_GCM, CKM_AES_CBC and CKM_AES_CBC_PAD. */
final class AesEngine implements MechanismEngine {
    private static final int BLOCK_BYTES = 16;

    private final String transformation;
    private final Provider provider = Engines.JDK_NATIVE_BC.get("Cipher", "AES/GCM/NoPadding");

    AesEngine(String transformation) {
        this.transformation = transformation;
    }

    @Override
    public MechanismInfo info() {
        return new MechanismInfo(16, 32, Set.of(MechanismFunction.ENCRYPT, MechanismFunction.DECRYPT));
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        boolean encrypting = function == MechanismFunction.ENCRYPT;
        Cipher cipher = Cipher.getInstance(transformation, provider);
        try {
            cipher.init(
                    encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key.key(provider), parameters(mechanism));
        } catch (InvalidAlgorithmParameterException e) {
            throw Failures.parameter("the engine refuses the parameters of " + mechanism + ": " + e.getMessage());
        }
        if (mechanism.parameters() instanceof MechanismParameters.Gcm gcm) {
            cipher.updateAAD(gcm.additionalData().toByteArray());
        }
        return new AesOperation(cipher, encrypting, end);
    }

    private static AlgorithmParameterSpec parameters(Mechanism mechanism) throws GeneralSecurityException {
        String wanted = mechanism.type().name().equals("CKM_AES_GCM") ? "GCM parameters" : "an IV of 16 bytes";
        if (mechanism.parameters() instanceof MechanismParameters.Gcm gcm && wanted.startsWith("GCM")) {
            return new GCMParameterSpec(gcm.tagBits(), gcm.iv().toByteArray());
        }
        if (mechanism.parameters() instanceof MechanismParameters.Iv iv
                && iv.iv().length() == BLOCK_BYTES
                && wanted.startsWith("an IV")) {
            return new IvParameterSpec(iv.iv().toByteArray());
        }
        throw Failures.parameter(mechanism + " wants " + wanted);
    }

    private static final class AesOperation extends EngineOperation {
        private static final byte[] NOTHING = new byte[0];

        private final Cipher cipher;
        private final boolean encrypting;

        AesOperation(Cipher cipher, boolean encrypting, Runnable end) {
            super(end);
            this.cipher = cipher;
            this.encrypting = encrypting;
        }

        @Override
        byte[] take(byte[] input, int offset, int length) {
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
            try {
                return cipher.doFinal(input);
            } catch (IllegalBlockSizeException e) {
                throw Failures.operation(
                        encrypting ? "CKR_DATA_LEN_RANGE" : "CKR_ENCRYPTED_DATA_LEN_RANGE",
                        "the data is a multiple of " + BLOCK_BYTES + " bytes");
            } catch (BadPaddingException e) {
                throw Failures.operation(
                        "CKR_ENCRYPTED_DATA_INVALID",
                        "the ciphertext does not open with this key and these parameters");
            }
        }
    }
}
