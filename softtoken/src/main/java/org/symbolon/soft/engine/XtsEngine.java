package org.symbolon.soft.engine;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Attribute;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;

/** CKM_AES_XTS (IEEE 1619, NIST SP 800-38E), with ciphertext stealing: data of 16 bytes and more. */
final class XtsEngine implements MechanismEngine {
    private static final int BLOCK_BYTES = 16;
    private static final int POLYNOMIAL = 0x87;
    private static final String ECB = "AES/ECB/NoPadding";

    private final Provider provider = Engines.JDK_NATIVE_BC.get("Cipher", ECB);

    @Override
    public MechanismInfo info() {
        return new MechanismInfo(32, 64, Set.of(MechanismFunction.ENCRYPT, MechanismFunction.DECRYPT));
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        if (!(mechanism.parameters() instanceof MechanismParameters.Iv iv)
                || iv.iv().length() != BLOCK_BYTES) {
            throw Failures.parameter(mechanism + " wants the number of the data unit in 16 bytes");
        }
        boolean encrypting = function == MechanismFunction.ENCRYPT;
        byte[] value = key.attributes().get(Attribute.VALUE).sharedArray();
        int half = value.length / 2;
        Cipher tweaks = ecb(Cipher.ENCRYPT_MODE, value, half, half);
        Cipher data = ecb(encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, value, 0, half);
        return new XtsOperation(data, tweaks.doFinal(iv.iv().toByteArray()), encrypting, end);
    }

    private Cipher ecb(int mode, byte[] key, int offset, int length) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ECB, provider);
        cipher.init(mode, new SecretKeySpec(key, offset, length, "AES"));
        return cipher;
    }

    private static final class XtsOperation extends EngineOperation {
        private final Cipher cipher;
        private final boolean encrypting;
        private byte[] tweak;
        private byte[] pending = new byte[0];

        XtsOperation(Cipher cipher, byte[] tweak, boolean encrypting, Runnable end) {
            super(end);
            this.cipher = cipher;
            this.tweak = tweak;
            this.encrypting = encrypting;
        }

        /** Takes data; holds the last whole block and what follows it back, which ciphertext stealing may need. */
        @Override
        byte[] take(byte[] input, int offset, int length) throws GeneralSecurityException {
            byte[] all = Arrays.copyOf(pending, pending.length + length);
            System.arraycopy(input, offset, all, pending.length, length);
            int blocks = Math.max(0, all.length / BLOCK_BYTES - 1);
            int ready = blocks * BLOCK_BYTES;
            pending = Arrays.copyOfRange(all, ready, all.length);
            return whole(Arrays.copyOf(all, ready));
        }

        private byte[] whole(byte[] blocks) throws GeneralSecurityException {
            byte[] masks = new byte[blocks.length];
            for (int i = 0; i < blocks.length; i += BLOCK_BYTES) {
                System.arraycopy(tweak, 0, masks, i, BLOCK_BYTES);
                tweak = next(tweak);
            }
            return masked(blocks, masks);
        }

        private byte[] masked(byte[] blocks, byte[] masks) throws GeneralSecurityException {
            xor(blocks, masks);
            byte[] result = cipher.doFinal(blocks);
            xor(result, masks);
            return result;
        }

        private static void xor(byte[] data, byte[] masks) {
            for (int i = 0; i < data.length; i++) {
                data[i] ^= masks[i];
            }
        }

        /** Returns a tweak times x in GF(2^128), the first byte being the lowest. */
        private static byte[] next(byte[] tweak) {
            byte[] next = new byte[BLOCK_BYTES];
            int carry = 0;
            for (int i = 0; i < BLOCK_BYTES; i++) {
                int value = tweak[i] & 0xFF;
                next[i] = (byte) (value << 1 | carry);
                carry = value >> 7;
            }
            next[0] ^= (byte) (carry * POLYNOMIAL);
            return next;
        }

        @Override
        byte[] result() throws GeneralSecurityException {
            if (pending.length < BLOCK_BYTES) {
                throw Failures.operation(
                        encrypting ? "CKR_DATA_LEN_RANGE" : "CKR_ENCRYPTED_DATA_LEN_RANGE",
                        "XTS takes at least " + BLOCK_BYTES + " bytes");
            }
            return pending.length == BLOCK_BYTES ? whole(pending) : stolen();
        }

        /** Returns the last whole block and the part that follows it, in exchange (IEEE 1619 section 5.3.2). */
        private byte[] stolen() throws GeneralSecurityException {
            byte[] first = tweak;
            byte[] second = next(tweak);
            byte[] block = Arrays.copyOf(pending, BLOCK_BYTES);
            int rest = pending.length - BLOCK_BYTES;
            byte[] head = masked(block, encrypting ? first : second);
            byte[] tail = head.clone();
            System.arraycopy(pending, BLOCK_BYTES, tail, 0, rest);
            ByteArrayOutputStream result = new ByteArrayOutputStream();
            result.writeBytes(masked(tail, encrypting ? second : first));
            result.write(head, 0, rest);
            return result.toByteArray();
        }
    }
}
