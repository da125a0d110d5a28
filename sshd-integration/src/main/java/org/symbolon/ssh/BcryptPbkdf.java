package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * OpenSSH's bcrypt_pbkdf, which turns the passphrase of a private key file into a key: PBKDF2's frame round bcrypt's Blowfish
 * with its slow key schedule (OpenBSD's {@code lib/libutil/bcrypt_pbkdf.c}).
 */
final class BcryptPbkdf {
    /** The most rounds that are done, some ten seconds; {@code ssh-keygen} does 16 or 24 unless told otherwise. */
    static final int MAX_ROUNDS = 1_024;

    private static final int HASH_BYTES = 32;
    private static final int SUB_KEYS = 18;
    private static final int BOXES = 4 * 256;
    private static final int REPETITIONS = 64;
    private static final byte[] TEXT = "OxychromaticBlowfishSwatDynamite".getBytes(US_ASCII);
    private static final int[] PI = fractionOfPi(SUB_KEYS + BOXES);

    private final int[] state = PI.clone();
    private int position;

    private BcryptPbkdf() {}

    /** Returns a key, which the caller wipes. */
    static byte[] derive(byte[] passphrase, byte[] salt, int rounds, int length) {
        byte[] key = new byte[length];
        int stride = (length + HASH_BYTES - 1) / HASH_BYTES;
        byte[] hashedPassphrase = sha512(passphrase);
        for (int block = 0; block < stride; block++) {
            byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(block + 1).array();
            byte[] hash = hash(hashedPassphrase, sha512(salt, number));
            byte[] sum = hash.clone();
            for (int round = 1; round < rounds; round++) {
                hash = hash(hashedPassphrase, sha512(hash));
                for (int i = 0; i < HASH_BYTES; i++) {
                    sum[i] ^= hash[i];
                }
            }
            for (int i = 0; i * stride + block < length && i < HASH_BYTES; i++) {
                key[i * stride + block] = sum[i];
            }
            Arrays.fill(sum, (byte) 0);
        }
        Arrays.fill(hashedPassphrase, (byte) 0);
        return key;
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-512", e);
        }
    }

    private static byte[] hash(byte[] passphrase, byte[] salt) {
        BcryptPbkdf blowfish = new BcryptPbkdf();
        blowfish.expand(passphrase, salt);
        for (int i = 0; i < REPETITIONS; i++) {
            blowfish.expand(salt, new byte[0]);
            blowfish.expand(passphrase, new byte[0]);
        }
        int[] words = new int[TEXT.length / Integer.BYTES];
        ByteBuffer.wrap(TEXT).asIntBuffer().get(words);
        for (int i = 0; i < REPETITIONS; i++) {
            for (int at = 0; at < words.length; at += 2) {
                blowfish.encipher(words, at);
            }
        }
        ByteBuffer out = ByteBuffer.allocate(HASH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.asIntBuffer().put(words);
        Arrays.fill(blowfish.state, 0);
        return out.array();
    }

    /** Mixes a key into the state, and data if there are some. */
    private void expand(byte[] key, byte[] data) {
        position = 0;
        for (int i = 0; i < SUB_KEYS; i++) {
            state[i] ^= next(key);
        }
        position = 0;
        int[] pair = new int[2];
        for (int i = 0; i < state.length; i += 2) {
            if (data.length > 0) {
                pair[0] ^= next(data);
                pair[1] ^= next(data);
            }
            encipher(pair, 0);
            state[i] = pair[0];
            state[i + 1] = pair[1];
        }
    }

    /** Returns the next four bytes of a text that is read round and round. */
    private int next(byte[] text) {
        int word = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            word = (word << 8) | (text[position] & 0xFF);
            position = (position + 1) % text.length;
        }
        return word;
    }

    private void encipher(int[] words, int at) {
        int left = words[at] ^ state[0];
        int right = words[at + 1];
        for (int i = 1; i <= 16; i += 2) {
            right ^= f(left) ^ state[i];
            left ^= f(right) ^ state[i + 1];
        }
        words[at] = right ^ state[17];
        words[at + 1] = left;
    }

    private int f(int x) {
        int first = state[SUB_KEYS + (x >>> 24)];
        int second = state[SUB_KEYS + 256 + ((x >>> 16) & 0xFF)];
        int third = state[SUB_KEYS + 512 + ((x >>> 8) & 0xFF)];
        return ((first + second) ^ third) + state[SUB_KEYS + 768 + (x & 0xFF)];
    }

    /** Returns the first bits behind the point of pi, which Blowfish starts with, by Machin's formula. */
    private static int[] fractionOfPi(int words) {
        int bits = Integer.SIZE * words;
        int guard = 64;
        BigInteger one = BigInteger.ONE.shiftLeft(bits + guard);
        BigInteger pi =
                arcTangent(one, 5).shiftLeft(4).subtract(arcTangent(one, 239).shiftLeft(2));
        BigInteger fraction = pi.subtract(one.multiply(BigInteger.valueOf(3))).shiftRight(guard);
        int[] result = new int[words];
        for (int i = words - 1; i >= 0; i--) {
            result[i] = fraction.intValue();
            fraction = fraction.shiftRight(Integer.SIZE);
        }
        return result;
    }

    private static BigInteger arcTangent(BigInteger one, int inverse) {
        BigInteger square = BigInteger.valueOf((long) inverse * inverse);
        BigInteger power = one.divide(BigInteger.valueOf(inverse));
        BigInteger sum = power;
        for (long divisor = 3; power.signum() != 0; divisor += 2) {
            power = power.divide(square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(divisor)));
        }
        return sum;
    }
}
