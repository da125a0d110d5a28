package org.symbolon.kmip.server;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.enumeration.ResultReason;

/** The functions that make keys of other keys and of passwords. What they return is as long as is asked for, and new. */
final class Derivation {
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final byte[] NONE = new byte[0];

    private final HashAlgorithm hash;
    private final int length;

    Derivation(HashAlgorithm hash, int length) {
        this.hash = hash;
        this.length = length;
    }

    /** What one round of a function adds. */
    @FunctionalInterface
    private interface Round {
        byte[] next(int number, byte[] before);
    }

    private Mac mac(SecretBytes key) {
        return LocalMac.of(hash, key);
    }

    private static byte[] mac(Mac mac, byte[]... parts) {
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** Returns the rounds one after the other, numbered from 1. */
    private byte[] rounds(Round round) {
        byte[] output = new byte[length];
        byte[] before = NONE;
        int done = 0;
        for (int number = 1; done < length; number++) {
            byte[] next = round.next(number, before);
            int taken = Math.min(next.length, length - done);
            System.arraycopy(next, 0, output, done, taken);
            done += taken;
            Arrays.fill(before, (byte) 0);
            before = next;
        }
        Arrays.fill(before, (byte) 0);
        return output;
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /** Returns the beginning of bytes, which are wiped. */
    byte[] first(byte[] made) throws KmipFailure {
        if (made.length < length) {
            int bits = made.length * Byte.SIZE;
            Arrays.fill(made, (byte) 0);
            throw new KmipFailure(
                    ResultReason.CRYPTOGRAPHIC_FAILURE,
                    "this derivation makes " + bits + " bits; ask for a Cryptographic Length of no more");
        }
        byte[] output = Arrays.copyOf(made, length);
        Arrays.fill(made, (byte) 0);
        return output;
    }

    /** Hashes. */
    byte[] hash(Bytes data) throws KmipFailure {
        try {
            return first(MessageDigest.getInstance(hash.jcaName()).digest(data.sharedArray()));
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every JDK has " + hash, e);
        }
    }

    /** Returns the code of data. */
    byte[] hmac(SecretBytes key, Bytes data) throws KmipFailure {
        return first(mac(mac(key), data.sharedArray()));
    }

    /** PBKDF2 (RFC 8018 section 5.2). */
    byte[] pbkdf2(SecretBytes password, @Nullable Bytes salt, @Nullable Integer iterations) throws KmipFailure {
        if (salt == null || iterations == null || iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD, "PBKDF2 takes a Salt and an Iteration Count of 1 to " + MAX_ITERATIONS);
        }
        Mac mac = mac(password);
        return rounds((number, before) -> {
            byte[] block = mac(mac, salt.sharedArray(), number(number));
            byte[] last = block;
            for (int i = 1; i < iterations; i++) {
                last = mac.doFinal(last);
                for (int j = 0; j < block.length; j++) {
                    block[j] ^= last[j];
                }
            }
            return block;
        });
    }

    /** HKDF (RFC 5869). */
    byte[] hkdf(SecretBytes key, @Nullable Bytes salt, Bytes info) throws KmipFailure {
        if (length > 255 * hash.digestBytes()) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "HKDF with " + hash + " makes 255 times the length of the hash at most");
        }
        byte[] extracting = salt == null || salt.isEmpty() ? new byte[hash.digestBytes()] : salt.toByteArray();
        try (SecretBytes pseudoRandom =
                SecretBytes.takeOver(mac(mac(SecretBytes.takeOver(extracting)), key.sharedArray()))) {
            Mac mac = mac(pseudoRandom);
            return rounds((number, before) -> mac(mac, before, info.sharedArray(), new byte[] {(byte) number}));
        }
    }

    /** The counter mode of NIST SP 800-108, with a counter of 32 bits before the data. */
    byte[] counter(SecretBytes key, Bytes data) {
        Mac mac = mac(key);
        return rounds((number, before) -> mac(mac, number(number), data.sharedArray()));
    }

    /** The feedback mode of NIST SP 800-108, with a counter of 32 bits between the feedback and the data. */
    byte[] feedback(SecretBytes key, @Nullable Bytes iv, Bytes data) {
        Mac mac = mac(key);
        byte[] first = iv == null ? NONE : iv.toByteArray();
        return rounds((number, before) -> mac(mac, number == 1 ? first : before, number(number), data.sharedArray()));
    }

    /** The double-pipeline mode of NIST SP 800-108, with a counter of 32 bits between the first pipeline and the data. */
    byte[] doublePipeline(SecretBytes key, Bytes data) {
        Mac mac = mac(key);
        byte[][] pipeline = {data.toByteArray()};
        return rounds((number, before) -> {
            pipeline[0] = mac(mac, pipeline[0]);
            return mac(mac, pipeline[0], number(number), data.sharedArray());
        });
    }
}
