package org.symbolon.soft.seal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;

/**
 * The keys of a token while somebody is logged in: the token master key and what derives from it.
 *
 * <p><b>Security guarantees.</b> Zeroed by {@link #close()}; never shown, logged or encoded but under a key slot.
 * Thread-safe; use after close is an {@link IllegalStateException}.
 */
public final class TokenKeys implements AutoCloseable {
    private static final int TAG_BYTES = 16;

    private final byte[] master;
    private final byte[] index;
    private final byte[] objects;
    private final byte[] token;
    private boolean closed;

    private TokenKeys(byte[] master) {
        this.master = master;
        this.index = derive("index");
        this.objects = derive("objects");
        this.token = derive("token record");
    }

    /** {@return new random keys} */
    public static TokenKeys generate() {
        return new TokenKeys(Aead.random(Argon2id.KEY_BYTES));
    }

    /** Returns the keys of a token master key, which is taken over. */
    static TokenKeys takeOver(byte[] master) {
        return new TokenKeys(master);
    }

    private byte[] derive(String purpose) {
        return Sha256.expand(master, Canonical.of("symbolon 1 " + purpose).toBytes());
    }

    /**
     * Returns whether these are the keys of the same token master key.
     *
     * @param other other keys, open as these
     * @return true if so
     */
    public boolean areThoseOf(TokenKeys other) {
        byte[] mine = master();
        byte[] others = other.master();
        try {
            return MessageDigest.isEqual(mine, others);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(others, (byte) 0);
        }
    }

    /** Returns a copy of the token master key, which the caller wipes. */
    synchronized byte[] master() {
        return open(master).clone();
    }

    /** Returns a copy of the key of the token's record, which the caller wipes. */
    synchronized byte[] tokenKey() {
        return open(token).clone();
    }

    /** Returns the key of one version of one object, which the caller wipes. */
    synchronized byte[] objectKey(UUID uid, long version) {
        return Sha256.expand(
                open(objects),
                Canonical.of("symbolon 1 object").add(uid).add(version).toBytes());
    }

    /**
     * Returns the blind tag by which a private object is found.
     *
     * @param attribute the attribute's number
     * @param value the value's canonical encoding
     * @return 16 bytes
     */
    public synchronized byte[] indexTag(long attribute, byte[] value) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(attribute).array();
        return Arrays.copyOf(Sha256.hmac(open(index), number, value), TAG_BYTES);
    }

    /**
     * Returns the tag by which a public object is found, with the salt of its token.
     *
     * @param salt the token's salt
     * @param attribute the attribute's number
     * @param value the value's canonical encoding
     * @return 16 bytes
     */
    public static byte[] publicIndexTag(byte[] salt, long attribute, byte[] value) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(attribute).array();
        return Arrays.copyOf(Sha256.hmac(salt, number, value), TAG_BYTES);
    }

    private byte[] open(byte[] key) {
        if (closed) {
            throw new IllegalStateException("the token's keys were wiped: its last session was closed");
        }
        return key;
    }

    /** Zeroes the keys. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        for (byte[] key : new byte[][] {master, index, objects, token}) {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "TokenKeys[redacted]";
    }
}
