package org.symbolon.kmip.server;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.symbolon.Bytes;
import org.symbolon.Pin;

/**
 * What is kept of a user's password: PBKDF2 with HMAC-SHA-512 (RFC 8018), which the JDK has. Its text is
 * {@code pbkdf2-sha512,i=210000,SALT,HASH}, the last two in Base64. It is no secret, and still nothing to show around: who has it can try
 * out passwords.
 */
public final class PasswordHash {
    /** The fewest iterations. */
    public static final int MIN_ITERATIONS = 210_000;

    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern TEXT =
            Pattern.compile("pbkdf2-sha512,i=([0-9]{6,8}),([A-Za-z0-9+/]{22}==),([A-Za-z0-9+/]{43}=)");

    private final int iterations;
    private final Bytes salt;
    private final Bytes hash;

    private PasswordHash(int iterations, Bytes salt, Bytes hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * Returns the hash of a password, with a salt of its own. Takes a tenth of a second.
     *
     * @param password the password; not kept
     * @return the hash
     */
    public static PasswordHash of(Pin password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        byte[] text = password.toUtf8();
        try {
            return new PasswordHash(MIN_ITERATIONS, Bytes.wrap(salt), Bytes.wrap(derived(text, salt, MIN_ITERATIONS)));
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /**
     * Returns the hash of a text.
     *
     * @param text what {@link #toString} wrote
     * @return the hash
     * @throws IllegalArgumentException if it is malformed, or has fewer iterations than {@value #MIN_ITERATIONS}
     */
    public static PasswordHash parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a password's hash is pbkdf2-sha512,i=ITERATIONS,SALT,HASH");
        }
        int iterations = Integer.parseInt(parts.group(1));
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "the iterations are " + MIN_ITERATIONS + " to " + MAX_ITERATIONS + ", not " + iterations);
        }
        Base64.Decoder decoder = Base64.getDecoder();
        return new PasswordHash(
                iterations, Bytes.wrap(decoder.decode(parts.group(2))), Bytes.wrap(decoder.decode(parts.group(3))));
    }

    /** Returns a hash that no password has. */
    static PasswordHash ofNobody() {
        byte[] random = new byte[SALT_BYTES + HASH_BYTES];
        new SecureRandom().nextBytes(random);
        return new PasswordHash(
                MIN_ITERATIONS,
                Bytes.wrap(Arrays.copyOf(random, SALT_BYTES)),
                Bytes.wrap(Arrays.copyOfRange(random, SALT_BYTES, random.length)));
    }

    /** Returns whether this is the hash of a password in UTF-8; takes as long for a wrong one. */
    boolean matches(byte[] password) {
        byte[] derived = derived(password, salt.sharedArray(), iterations);
        try {
            return MessageDigest.isEqual(derived, hash.sharedArray());
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static byte[] derived(byte[] password, byte[] salt, int iterations) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(password));
        char[] chars = Arrays.copyOf(decoded.array(), decoded.limit());
        PBEKeySpec spec = new PBEKeySpec(chars, salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(chars, '\0');
            Arrays.fill(decoded.array(), '\0');
        }
    }

    /** {@return the hash as {@link #parse} takes it} */
    @Override
    public String toString() {
        Base64.Encoder encoder = Base64.getEncoder();
        return "pbkdf2-sha512,i=" + iterations + ',' + encoder.encodeToString(salt.sharedArray()) + ','
                + encoder.encodeToString(hash.sharedArray());
    }
}
