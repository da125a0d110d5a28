package org.symbolon.kmip.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.object.HashedPassword;

/**
 * Checks a Hashed Password (KMIP 2.1 section 9.8): Hash(S1 || Timestamp) || S2 with S1 = Hash(Username || Password) and
 * S2 = Hash(Password || Username), the timestamp as eight bytes of microseconds. The server proves itself by
 * Hash(Timestamp || S1 || Hash(S2)).
 */
final class HashedPasswordCheck {
    /** How far clocks may be apart. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final Map<HashingAlgorithm, String> ALGORITHMS = Map.of(
            HashingAlgorithm.SHA_256,
            "SHA-256",
            HashingAlgorithm.SHA_384,
            "SHA-384",
            HashingAlgorithm.SHA_512,
            "SHA-512");

    private HashedPasswordCheck() {}

    /** Returns the server's proof if the credential is right. */
    static Optional<Bytes> answer(HashedPassword sent, byte[] password, Instant now)
            throws KmipAuthenticationException {
        if (Duration.between(sent.timeStamp(), now).abs().compareTo(WINDOW) > 0) {
            throw new KmipAuthenticationException(
                    "its Hashed Password is older or newer than " + WINDOW.toMinutes() + " minutes");
        }
        MessageDigest hash = hash(sent.hashingAlgorithm() == null ? HashingAlgorithm.SHA_256 : sent.hashingAlgorithm());
        byte[] user = sent.username().getBytes(StandardCharsets.UTF_8);
        byte[] time = ByteBuffer.allocate(Long.BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, sent.timeStamp()))
                .array();
        byte[] first = of(hash, user, password);
        byte[] second = of(hash, password, user);
        byte[] expected = ByteBuffer.allocate(2 * first.length)
                .put(of(hash, first, time))
                .put(second)
                .array();
        try {
            return MessageDigest.isEqual(expected, sent.hashedPassword().sharedArray())
                    ? Optional.of(Bytes.wrap(of(hash, time, first, of(hash, second))))
                    : Optional.empty();
        } finally {
            Arrays.fill(first, (byte) 0);
            Arrays.fill(second, (byte) 0);
            Arrays.fill(expected, (byte) 0);
        }
    }

    private static MessageDigest hash(HashingAlgorithm algorithm) throws KmipAuthenticationException {
        String name = ALGORITHMS.get(algorithm);
        if (name == null) {
            throw new KmipAuthenticationException(
                    "its Hashed Password is of " + algorithm + ", not of SHA-256, 384 or 512");
        }
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    private static byte[] of(MessageDigest hash, byte[]... parts) {
        for (byte[] part : parts) {
            hash.update(part);
        }
        return hash.digest();
    }
}
