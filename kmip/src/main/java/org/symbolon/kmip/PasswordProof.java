package org.symbolon.kmip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.object.HashedPassword;

/**
 * The proof that client and server know a password, which does not travel (KMIP 2.1 section 9.8): Hash(S1 || Timestamp) || S2 from the
 * client and Hash(Timestamp || S1 || Hash(S2)) from the server, with S1 = Hash(Username || Password) and S2 = Hash(Password ||
 * Username). Thread-safe.
 */
final class PasswordProof implements AutoCloseable {
    private final String username;
    private final byte[] first;
    private final byte[] second;
    private final AtomicLong lastSecond = new AtomicLong();

    PasswordProof(String username, Pin password) {
        this.username = username;
        byte[] user = username.getBytes(StandardCharsets.UTF_8);
        byte[] secret = password.toUtf8();
        try {
            this.first = hash(user, secret);
            this.second = hash(secret, user);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** {@return the credential of the next message; its time does not go back} */
    HashedPassword credential() {
        long second = lastSecond.accumulateAndGet(Instant.now().getEpochSecond(), Math::max);
        Instant time = Instant.ofEpochSecond(second);
        byte[] proof = hash(first, micros(time));
        byte[] both = Arrays.copyOf(proof, proof.length + this.second.length);
        System.arraycopy(this.second, 0, both, proof.length, this.second.length);
        return new HashedPassword(username, time, HashingAlgorithm.SHA_256, Bytes.wrap(both));
    }

    /** {@return whether a server has shown that it knows the password, in the answer to a message with this credential} */
    boolean isAnswered(HashedPassword sent, @Nullable Bytes answer) {
        return answer != null
                && MessageDigest.isEqual(hash(micros(sent.timeStamp()), first, hash(second)), answer.toByteArray());
    }

    private static byte[] micros(Instant time) {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, time))
                .array();
    }

    private static byte[] hash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(first, (byte) 0);
        Arrays.fill(second, (byte) 0);
    }
}
