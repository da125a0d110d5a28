package org.symbolon.soft.seal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The parameters of Argon2id (RFC 9106) that turn a PIN into a key, between a floor and a ceiling.
 *
 * @param memoryKib the memory in KiB
 * @param passes the passes over it
 * @param lanes the lanes
 */
public record Argon2id(int memoryKib, int passes, int lanes) {
    /** The least memory in KiB: 19 MiB. */
    public static final int MIN_MEMORY_KIB = 19 * 1024;
    /** The most memory in KiB: 1 GiB, so that a row written by someone else cannot exhaust the machine. */
    public static final int MAX_MEMORY_KIB = 1024 * 1024;
    /** The fewest passes. */
    public static final int MIN_PASSES = 2;
    /** The most passes. */
    public static final int MAX_PASSES = 16;
    /** The most lanes. */
    public static final int MAX_LANES = 16;

    static final int KEY_BYTES = 32;

    private static final Pattern TEXT = Pattern.compile("argon2id,m=(\\d{1,9}),t=(\\d{1,4}),p=(\\d{1,4})");

    /** Checks the ranges. */
    public Argon2id {
        requireRange("m (memory in KiB)", memoryKib, MIN_MEMORY_KIB, MAX_MEMORY_KIB);
        requireRange("t (passes)", passes, MIN_PASSES, MAX_PASSES);
        requireRange("p (lanes)", lanes, 1, MAX_LANES);
    }

    private static void requireRange(String parameter, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "argon2id: " + parameter + " is " + min + " to " + max + ", not " + value);
        }
    }

    /**
     * Returns the parameters of a text.
     *
     * @param text such as {@code argon2id,m=65536,t=3,p=4}
     * @return the parameters
     * @throws IllegalArgumentException if it is malformed or out of range
     */
    public static Argon2id parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a key derivation is written argon2id,m=65536,t=3,p=4 (memory in KiB, passes, lanes), not " + text);
        }
        return new Argon2id(number(matcher, 1), number(matcher, 2), number(matcher, 3));
    }

    /**
     * Returns these parameters, raised where they ask for less work than others.
     *
     * @param others the others
     * @return parameters of as much memory and as many passes as either
     */
    public Argon2id atLeast(Argon2id others) {
        return new Argon2id(Math.max(memoryKib, others.memoryKib), Math.max(passes, others.passes), lanes);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /**
     * Returns the key of a PIN.
     *
     * @param pin the PIN
     * @param salt the salt
     * @return 32 bytes, which the caller wipes
     */
    public byte[] derive(byte[] pin, byte[] salt) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] key = new byte[KEY_BYTES];
        generator.generateBytes(pin, key);
        return key;
    }

    @Override
    public String toString() {
        return "argon2id,m=" + memoryKib + ",t=" + passes + ",p=" + lanes;
    }
}
