package org.symbolon.soft.seal;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The Ed25519 key by which a token signs its manifest. Its private half is stored sealed under the token's keys.
 *
 * <p>Thread-safe; use after close is an {@link IllegalStateException}, never a signature by a zeroed key.
 */
public final class SigningKey implements AutoCloseable {
    private final byte[] seed;
    private final byte[] publicKey;
    private boolean closed;

    private SigningKey(byte[] seed) {
        this.seed = seed;
        this.publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0); // makes no copy of the seed
    }

    /** {@return a new random key} */
    public static SigningKey generate() {
        return new SigningKey(Aead.random(Ed25519.SECRET_KEY_SIZE));
    }

    /** Returns the key of a seed, which is taken over. */
    static SigningKey takeOver(byte[] seed) {
        return new SigningKey(seed);
    }

    /** Returns a copy of the private half, which the caller wipes. */
    synchronized byte[] seed() {
        requireOpen();
        return seed.clone();
    }

    /** {@return the public half, 32 bytes} */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * Returns the private half, sealed.
     *
     * @param keys the token's keys
     * @param token the token's uuid
     * @return the seal
     */
    public synchronized byte[] seal(TokenKeys keys, UUID token) {
        requireOpen();
        byte[] tokenKey = keys.tokenKey();
        try {
            return Aead.seal(tokenKey, associatedData(token, publicKey), seed);
        } finally {
            Arrays.fill(tokenKey, (byte) 0);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the token's signing key was wiped: its last session was closed");
        }
    }

    /**
     * Opens a sealed key.
     *
     * @param keys the token's keys
     * @param token the token's uuid
     * @param publicKey the public half, as the token's record has it
     * @param sealed the private half
     * @return the key; empty if something of it was edited
     */
    public static Optional<SigningKey> open(TokenKeys keys, UUID token, byte[] publicKey, byte[] sealed) {
        byte[] tokenKey = keys.tokenKey();
        try {
            return Aead.open(tokenKey, associatedData(token, publicKey), sealed)
                    .map(SigningKey::new)
                    .filter(key -> Arrays.equals(key.publicKey, publicKey));
        } finally {
            Arrays.fill(tokenKey, (byte) 0);
        }
    }

    private static byte[] associatedData(UUID token, byte[] publicKey) {
        return Canonical.of("symbolon 1 signing key").add(token).add(publicKey).toBytes();
    }

    synchronized byte[] sign(byte[] message) {
        requireOpen();
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != Ed25519PublicKeyParameters.KEY_SIZE) {
            return false;
        }
        Ed25519Signer verifier = new Ed25519Signer();
        try {
            verifier.init(false, new Ed25519PublicKeyParameters(publicKey));
        } catch (IllegalArgumentException e) {
            return false;
        }
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    /** Zeroes the private half. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(seed, (byte) 0);
    }
}
