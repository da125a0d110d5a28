package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.KeyType;

/** What the values of secret keys are like: their lengths, their check values, their parity. */
final class SecretKeys {
    /** The longest generic secret, in bytes. */
    static final int MAX_GENERIC_BYTES = 1024;

    private static final Set<Integer> AES_BYTES = Set.of(16, 24, 32);
    private static final Set<Integer> XTS_BYTES = Set.of(32, 64);
    private static final int CHACHA20_BYTES = 32;
    private static final int DES3_BYTES = 24;

    private SecretKeys() {}

    static boolean isLength(KeyType type, long bytes) {
        if (type.equals(KeyType.AES)) {
            return AES_BYTES.contains((int) bytes);
        } else if (type.equals(KeyType.AES_XTS)) {
            return XTS_BYTES.contains((int) bytes);
        }
        int only = onlyLength(type);
        return only == 0 ? bytes >= 1 && bytes <= MAX_GENERIC_BYTES : bytes == only;
    }

    /** Returns the length of every key of a type; 0 if there are several. */
    static int onlyLength(KeyType type) {
        if (type.equals(KeyType.CHACHA20)) {
            return CHACHA20_BYTES;
        }
        return type.equals(KeyType.DES3) ? DES3_BYTES : 0;
    }

    /** Returns the legal lengths in words. */
    static String lengths(KeyType type) {
        if (type.equals(KeyType.AES)) {
            return "16, 24 or 32";
        } else if (type.equals(KeyType.AES_XTS)) {
            return "32 or 64";
        }
        int only = onlyLength(type);
        return only == 0 ? "1 to " + MAX_GENERIC_BYTES : Integer.toString(only);
    }

    /** Sets the parity bits of a DES key, in place; leaves others alone. */
    static byte[] withParity(KeyType type, byte[] value) {
        if (type.equals(KeyType.DES3)) {
            for (int i = 0; i < value.length; i++) {
                int parity = Integer.bitCount(value[i] & 0xFE) % 2 == 0 ? 1 : 0;
                value[i] = (byte) ((value[i] & 0xFE) | parity);
            }
        }
        return value;
    }

    /** Returns what CKA_CHECK_VALUE begins: a zero block encrypted with a block cipher's key, SHA-1 of any other. */
    static byte[] checkSum(KeyType type, byte[] value) throws GeneralSecurityException {
        if (type.equals(KeyType.AES)) {
            return encryptedZeroes("AES", value);
        } else if (type.equals(KeyType.AES_XTS)) {
            return encryptedZeroes("AES", Arrays.copyOf(value, value.length / 2));
        } else if (type.equals(KeyType.DES3)) {
            return encryptedZeroes("DESede", value);
        }
        return MessageDigest.getInstance("SHA-1", Engines.NATIVE_JDK_BC.get("MessageDigest", "SHA-1"))
                .digest(value);
    }

    private static byte[] encryptedZeroes(String algorithm, byte[] key) throws GeneralSecurityException {
        String transformation = algorithm + "/ECB/NoPadding";
        Cipher cipher = Cipher.getInstance(transformation, Engines.JDK_NATIVE_BC.get("Cipher", transformation));
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, algorithm));
        return cipher.doFinal(new byte[cipher.getBlockSize()]);
    }
}
