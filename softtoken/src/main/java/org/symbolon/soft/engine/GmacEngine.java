package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;

/** CKM_AES_GMAC: the tag of AES-GCM over data that is only authenticated. */
final class GmacEngine implements MechanismEngine {
    private static final int TAG_BITS = 128;

    private final Provider provider = Engines.JDK_NATIVE_BC.get("Cipher", "AES/GCM/NoPadding");

    @Override
    public MechanismInfo info() {
        return new MechanismInfo(16, 32, Set.of(MechanismFunction.SIGN, MechanismFunction.VERIFY));
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        if (!(mechanism.parameters() instanceof MechanismParameters.Iv iv)
                || iv.iv().isEmpty()) {
            throw Failures.parameter(mechanism + " wants a nonce of 12 bytes or of another length");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                key.key(provider),
                new GCMParameterSpec(TAG_BITS, iv.iv().toByteArray()));
        return new GmacOperation(cipher, end);
    }

    private static final class GmacOperation extends EngineOperation {
        private static final byte[] NOTHING = new byte[0];

        private final Cipher cipher;

        GmacOperation(Cipher cipher, Runnable end) {
            super(end);
            this.cipher = cipher;
        }

        @Override
        byte[] take(byte[] input, int offset, int length) {
            cipher.updateAAD(input, offset, length);
            return NOTHING;
        }

        @Override
        byte[] result() throws GeneralSecurityException {
            return cipher.doFinal();
        }

        @Override
        boolean check(byte[] signature) throws GeneralSecurityException {
            return MessageDigest.isEqual(result(), signature);
        }
    }
}
