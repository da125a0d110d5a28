package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.Cipher;
import org.symbolon.Attribute;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;

/** CKM_RSA_PKCS over what the caller gives (for signatures a DigestInfo), and CKM_RSA_X_509 without padding. */
final class RawRsaEngine implements MechanismEngine {
    private static final int PADDING_BYTES = 11;

    private final boolean padded;
    private final Provider raw = Engines.NATIVE_JDK_BC.get("Cipher", "RSA/ECB/NoPadding");
    private final Provider pkcs1 = Engines.JDK_NATIVE_BC.get("Cipher", "RSA/ECB/PKCS1Padding");

    RawRsaEngine(boolean padded) {
        this.padded = padded;
    }

    @Override
    public MechanismInfo info() {
        Set<MechanismFunction> functions = EnumSet.of(MechanismFunction.SIGN, MechanismFunction.VERIFY);
        if (padded) {
            functions.addAll(EnumSet.of(MechanismFunction.ENCRYPT, MechanismFunction.DECRYPT));
        }
        return new MechanismInfo(KeySizes.MIN_RSA_BITS, KeySizes.MAX_RSA_BITS, functions);
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        int length = key.attributes().get(Attribute.MODULUS).length();
        return switch (function) {
            case SIGN ->
                new BufferedOperation(
                        data -> apply(raw, "RSA/ECB/NoPadding", Cipher.DECRYPT_MODE, key, pad(data, length)), end);
            case VERIFY -> new BufferedOperation((data, signature) -> verify(data, signature, key, length), end);
            case ENCRYPT -> new BufferedOperation(data -> encrypt(data, key, length), end);
            case DECRYPT -> new BufferedOperation(data -> decrypt(data, key, length), end);
            default -> throw new AssertionError(function + " is not among the functions");
        };
    }

    private byte[] pad(byte[] data, int length) throws GeneralSecurityException {
        int max = padded ? length - PADDING_BYTES : length;
        if (data.length > max) {
            throw Failures.operation(
                    "CKR_DATA_LEN_RANGE", "this key takes at most " + max + " bytes, not " + data.length);
        }
        byte[] block = new byte[length];
        System.arraycopy(data, 0, block, length - data.length, data.length);
        if (padded) {
            block[1] = 1;
            Arrays.fill(block, 2, length - data.length - 1, (byte) 0xFF);
        }
        return block;
    }

    private boolean verify(byte[] data, byte[] signature, LoadedKey key, int length) throws GeneralSecurityException {
        if (signature.length != length) {
            return false;
        }
        byte[] expected = pad(data, length);
        try {
            byte[] opened = apply(raw, "RSA/ECB/NoPadding", Cipher.ENCRYPT_MODE, key, signature);
            return java.security.MessageDigest.isEqual(expected, opened);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private byte[] encrypt(byte[] data, LoadedKey key, int length) throws GeneralSecurityException {
        if (data.length > length - PADDING_BYTES) {
            throw Failures.operation(
                    "CKR_DATA_LEN_RANGE", "this key takes at most " + (length - PADDING_BYTES) + " bytes");
        }
        return apply(pkcs1, "RSA/ECB/PKCS1Padding", Cipher.ENCRYPT_MODE, key, data);
    }

    private byte[] decrypt(byte[] data, LoadedKey key, int length) throws GeneralSecurityException {
        if (data.length != length) {
            throw Failures.operation("CKR_ENCRYPTED_DATA_LEN_RANGE", "the ciphertext has " + length + " bytes");
        }
        try {
            return apply(pkcs1, "RSA/ECB/PKCS1Padding", Cipher.DECRYPT_MODE, key, data);
        } catch (javax.crypto.BadPaddingException e) {
            throw Failures.operation("CKR_ENCRYPTED_DATA_INVALID", "the ciphertext does not open with this key");
        }
    }

    private static byte[] apply(Provider provider, String transformation, int mode, LoadedKey key, byte[] data)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(transformation, provider);
        Key engineKey = key.key(provider);
        cipher.init(mode, engineKey);
        return cipher.doFinal(data);
    }
}
