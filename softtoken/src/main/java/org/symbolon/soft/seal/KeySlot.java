package org.symbolon.soft.seal;

import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.Role;

/**
 * A key slot: the token master key, wrapped under the key that a PIN derives.
 *
 * @param role whose PIN
 * @param number which of the role's slots
 * @param kdf the key derivation, such as {@code argon2id,m=65536,t=3,p=4}
 * @param salt its salt
 * @param hostSecret names the secret that is not in the database and goes into the key; null if there is none
 * @param masterVersion the version of the token master key
 * @param settings the slot's own settings; none in this version
 * @param wrapped nonce, wrapped key and tag
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
     * Returns a slot that opens with a PIN.
     *
     * @param token the token's uuid
     * @param role whose PIN
     * @param kdf how the PIN becomes a key
     * @param pin the PIN
     * @param masterVersion the version of the token master key
     * @param keys what it wraps
     * @return the slot
     */
    public static KeySlot seal(UUID token, Role role, Argon2id kdf, Pin pin, long masterVersion, TokenKeys keys) {
        Bytes salt = Bytes.wrap(Aead.random(SALT_BYTES));
        KeySlot empty = new KeySlot(role, 0, kdf.toString(), salt, null, masterVersion, Bytes.empty(), Bytes.empty());
        byte[] kek = empty.kek(kdf, pin);
        byte[] master = new byte[0];
        try {
            master = keys.master();
            Bytes wrapped = Bytes.wrap(Aead.seal(kek, empty.associatedData(token), master));
            return new KeySlot(role, 0, kdf.toString(), salt, null, masterVersion, Bytes.empty(), wrapped);
        } finally {
            Arrays.fill(kek, (byte) 0);
            Arrays.fill(master, (byte) 0);
        }
    }

    /**
     * Opens the slot.
     *
     * @param token the token's uuid
     * @param pin the PIN
     * @return the keys, or empty if the PIN is wrong or the slot was edited: the tag alone tells, and not which
     * @throws IllegalArgumentException if the slot's parameters are malformed, out of range or of a later kind
     */
    public Optional<TokenKeys> open(UUID token, Pin pin) {
        if (hostSecret != null) {
            throw new IllegalArgumentException("the key slot wants the host secret " + hostSecret);
        }
        byte[] kek = kek(Argon2id.parse(kdf), pin);
        try {
            return Aead.open(kek, associatedData(token), wrapped.sharedArray()).map(TokenKeys::takeOver);
        } finally {
            Arrays.fill(kek, (byte) 0);
        }
    }

    private byte[] kek(Argon2id parameters, Pin pin) {
        byte[] utf8 = pin.toUtf8();
        byte[] stretched = new byte[0];
        try {
            stretched = parameters.derive(utf8, salt.sharedArray());
            return Sha256.expand(
                    stretched,
                    Canonical.of("symbolon 1 key slot").add(role.name()).toBytes());
        } finally {
            Arrays.fill(utf8, (byte) 0);
            Arrays.fill(stretched, (byte) 0);
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
