package org.symbolon.soft.seal;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.Role;

/**
 * A key slot: the token master key, wrapped under the key that a PIN derives, and a host secret with it if there is one.
 * Of an officer who cannot decrypt, it wraps the signing key instead.
 *
 * @param role whose PIN
 * @param number which of the role's slots
 * @param kdf the key derivation, such as {@code argon2id,m=65536,t=3,p=4}
 * @param salt its salt
 * @param hostSecret the fingerprint of the secret that is not in the database and goes into the key; null if there is none
 * @param masterVersion the version of the token master key
 * @param settings the slot's own settings, authenticated and not looked at here
 * @param wrapped nonce, wrapped key and tag; empty before it is sealed
 */
public record KeySlot(
        Role role,
        int number,
        String kdf,
        Bytes salt,
        @Nullable String hostSecret,
        long masterVersion,
        Bytes settings,
        Bytes wrapped) {
    private static final int SALT_BYTES = 32;

    /**
     * Returns a slot that wraps nothing yet, with a salt of its own.
     *
     * @param role whose PIN
     * @param number which of the role's slots
     * @param kdf how the PIN becomes a key
     * @param hostSecret the host secret's fingerprint; null if none goes in
     * @param masterVersion the version of the token master key
     * @param settings its settings
     * @return the slot
     */
    public static KeySlot empty(
            Role role, int number, Argon2id kdf, @Nullable String hostSecret, long masterVersion, Bytes settings) {
        Bytes salt = Bytes.wrap(Aead.random(SALT_BYTES));
        return new KeySlot(role, number, kdf.toString(), salt, hostSecret, masterVersion, settings, Bytes.empty());
    }

    /**
     * Returns this slot with a token's keys in it.
     *
     * @param token the token's uuid
     * @param pin the PIN that opens it
     * @param hostAnswer what the host secret answers to {@link #hostChallenge}; null if none goes in
     * @param keys what it wraps
     * @return the slot
     */
    public KeySlot seal(UUID token, Pin pin, @Nullable Bytes hostAnswer, TokenKeys keys) {
        return sealed(token, pin, hostAnswer, keys.master());
    }

    /**
     * Returns this slot with a token's signing key in it, and no key that decrypts.
     *
     * @param token the token's uuid
     * @param pin the PIN that opens it
     * @param hostAnswer what the host secret answers to {@link #hostChallenge}; null if none goes in
     * @param key what it wraps
     * @return the slot
     */
    public KeySlot seal(UUID token, Pin pin, @Nullable Bytes hostAnswer, SigningKey key) {
        return sealed(token, pin, hostAnswer, key.seed());
    }

    private KeySlot sealed(UUID token, Pin pin, @Nullable Bytes hostAnswer, byte[] content) {
        byte[] kek = new byte[0];
        try {
            kek = kek(pin, hostAnswer);
            Bytes sealed = Bytes.wrap(Aead.seal(kek, associatedData(token), content));
            return new KeySlot(role, number, kdf, salt, hostSecret, masterVersion, settings, sealed);
        } finally {
            Arrays.fill(kek, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Opens the slot.
     *
     * @param token the token's uuid
     * @param pin the PIN
     * @param hostAnswer what the host secret answers to {@link #hostChallenge}; null if none is wanted
     * @return the keys, or empty if the PIN is wrong or the slot was edited: the tag alone tells, and not which
     * @throws IllegalArgumentException if the slot's parameters are malformed, out of range or of a later kind
     */
    public Optional<TokenKeys> open(UUID token, Pin pin, @Nullable Bytes hostAnswer) {
        return opened(token, pin, hostAnswer).map(TokenKeys::takeOver);
    }

    /**
     * Opens a slot that wraps the signing key.
     *
     * @param token the token's uuid
     * @param pin the PIN
     * @param hostAnswer what the host secret answers to {@link #hostChallenge}; null if none is wanted
     * @return the key, or empty if the PIN is wrong or the slot was edited: the tag alone tells, and not which
     * @throws IllegalArgumentException if the slot's parameters are malformed, out of range or of a later kind
     */
    public Optional<SigningKey> openSigningKey(UUID token, Pin pin, @Nullable Bytes hostAnswer) {
        return opened(token, pin, hostAnswer).map(SigningKey::takeOver);
    }

    private Optional<byte[]> opened(UUID token, Pin pin, @Nullable Bytes hostAnswer) {
        byte[] kek = kek(pin, hostAnswer);
        try {
            return Aead.open(kek, associatedData(token), wrapped.sharedArray());
        } finally {
            Arrays.fill(kek, (byte) 0);
        }
    }

    /**
     * Returns what a host secret is asked for this slot: as long as the salt stays, the same.
     *
     * @param token the token's uuid
     * @return the challenge, 32 bytes
     */
    public Bytes hostChallenge(UUID token) {
        return Bytes.wrap(Canonical.of("symbolon 1 host secret")
                .add(token)
                .add(role.name())
                .add(number)
                .add(salt)
                .sha256());
    }

    /**
     * Returns what a host secret is asked for its fingerprint.
     *
     * @param token the token's uuid
     * @return the challenge, 32 bytes
     */
    public static Bytes fingerprintChallenge(UUID token) {
        return Bytes.wrap(
                Canonical.of("symbolon 1 host secret fingerprint").add(token).sha256());
    }

    private byte[] kek(Pin pin, @Nullable Bytes hostAnswer) {
        if ((hostSecret == null) != (hostAnswer == null)) {
            throw new IllegalArgumentException(
                    hostSecret == null
                            ? "the key slot takes no host secret"
                            : "the key slot wants the host secret " + hostSecret);
        }
        Argon2id parameters = Argon2id.parse(kdf);
        byte[] utf8 = pin.toUtf8();
        byte[] stretched = new byte[0];
        byte[] mixed = new byte[0];
        try {
            stretched = parameters.derive(utf8, salt.sharedArray());
            mixed = hostAnswer == null ? stretched : Sha256.hmac(hostAnswer.sharedArray(), stretched);
            return Sha256.expand(
                    mixed, Canonical.of("symbolon 1 key slot").add(role.name()).toBytes());
        } finally {
            Arrays.fill(utf8, (byte) 0);
            Arrays.fill(stretched, (byte) 0);
            Arrays.fill(mixed, (byte) 0);
        }
    }

    private byte[] associatedData(UUID token) {
        return Canonical.of("symbolon 1 key slot")
                .add(token)
                .add(role.name())
                .add(number)
                .add(kdf)
                .add(salt)
                .add(hostSecret == null ? "" : hostSecret)
                .add(masterVersion)
                .add(settings)
                .toBytes();
    }

    /** Returns the digest of everything in the slot, for the manifest. */
    byte[] digest(UUID token) {
        return Sha256.digest(associatedData(token), wrapped.sharedArray());
    }
}
