package org.symbolon.soft.seal;

import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;
import org.symbolon.Bytes;

/**
 * A token as the database holds it. Its signature is the manifest: it covers every other field, among them the root of
 * the tree over all objects and the digest of the key slots.
 *
 * @param uuid names it; its serial number
 * @param slot the number of the slot that it is in
 * @param label its label
 * @param masterVersion the version of the token master key
 * @param soMode what the security officer's key slot wraps: {@value #SO_OPENS_TOKEN}, the token master key; {@value
 *     #SO_SIGNS}, the signing key alone
 * @param indexSalt the salt of the tags of public objects
 * @param verifyKey the public half of its signing key
 * @param signingKey the private half, sealed
 * @param keySlots the digest of the key slots
 * @param settings the token's own settings, signed and not looked at here
 * @param epoch counts its changes, from 1
 * @param root the root of the tree over its objects
 * @param signature the signature over all this
 */
public record TokenRecord(
        UUID uuid,
        long slot,
        String label,
        long masterVersion,
        long soMode,
        Bytes indexSalt,
        Bytes verifyKey,
        Bytes signingKey,
        Bytes keySlots,
        Bytes settings,
        long epoch,
        Bytes root,
        Bytes signature) {
    /** The security officer's key slot wraps the token master key, so that an officer can reset the user's PIN. */
    public static final long SO_OPENS_TOKEN = 1;

    /** The security officer's key slot wraps the signing key: an officer rules over the token and decrypts nothing. */
    public static final long SO_SIGNS = 2;

    private static final int SALT_BYTES = 32;

    /**
     * Returns the record of a new token without objects and key slots, unsigned.
     *
     * @param uuid its uuid
     * @param slot its slot
     * @param label its label
     * @param masterVersion the version of the token master key
     * @param soMode what the security officer's key slot wraps
     * @param settings its settings
     * @param epoch the epoch before its first
     * @param keys its keys
     * @param signingKey its signing key
     * @return the record; {@link #withKeySlots} signs it
     */
    public static TokenRecord create(
            UUID uuid,
            long slot,
            String label,
            long masterVersion,
            long soMode,
            Bytes settings,
            long epoch,
            TokenKeys keys,
            SigningKey signingKey) {
        return new TokenRecord(
                uuid,
                slot,
                label,
                masterVersion,
                soMode,
                Bytes.wrap(Aead.random(SALT_BYTES)),
                Bytes.wrap(signingKey.publicKey()),
                Bytes.wrap(signingKey.seal(keys, uuid)),
                Bytes.empty(),
                settings,
                epoch,
                ManifestTree.EMPTY_ROOT,
                Bytes.empty());
    }

    /**
     * Returns the record after a change of its objects, signed, one epoch later.
     *
     * @param newRoot the root of the tree now
     * @param key the signing key
     * @return the record
     */
    public TokenRecord withRoot(Bytes newRoot, SigningKey key) {
        return next(epoch + 1, masterVersion, signingKey, keySlots, settings, newRoot)
                .signed(key);
    }

    /**
     * Returns the record after a change of its key slots, signed, one epoch later.
     *
     * @param slots the slots now
     * @param key the signing key
     * @return the record
     */
    public TokenRecord withKeySlots(Collection<KeySlot> slots, SigningKey key) {
        return next(epoch + 1, masterVersion, signingKey, digest(uuid, slots), settings, root)
                .signed(key);
    }

    /**
     * Returns the record after a change of its settings, signed, one epoch later.
     *
     * @param newSettings the settings now
     * @param key the signing key
     * @return the record
     */
    public TokenRecord withSettings(Bytes newSettings, SigningKey key) {
        return next(epoch + 1, masterVersion, signingKey, keySlots, newSettings, root)
                .signed(key);
    }

    /**
     * Returns the record at a later epoch, signed.
     *
     * @param newEpoch the epoch, later than the record's
     * @param key the signing key
     * @return the record
     */
    public TokenRecord withEpoch(long newEpoch, SigningKey key) {
        return next(newEpoch, masterVersion, signingKey, keySlots, settings, root)
                .signed(key);
    }

    /**
     * Returns the record of a token without objects with another token master key, unsigned, of the same epoch.
     *
     * @param keys the new keys
     * @param key the signing key, which is sealed under them
     * @return the record; {@link #withKeySlots} signs it
     */
    public TokenRecord withMaster(TokenKeys keys, SigningKey key) {
        return next(epoch, masterVersion + 1, Bytes.wrap(key.seal(keys, uuid)), keySlots, settings, root);
    }

    private TokenRecord next(
            long newEpoch,
            long newMasterVersion,
            Bytes newSigningKey,
            Bytes newKeySlots,
            Bytes newSettings,
            Bytes newRoot) {
        return new TokenRecord(
                uuid,
                slot,
                label,
                newMasterVersion,
                soMode,
                indexSalt,
                verifyKey,
                newSigningKey,
                newKeySlots,
                newSettings,
                newEpoch,
                newRoot,
                Bytes.empty());
    }

    private TokenRecord signed(SigningKey key) {
        return new TokenRecord(
                uuid,
                slot,
                label,
                masterVersion,
                soMode,
                indexSalt,
                verifyKey,
                signingKey,
                keySlots,
                settings,
                epoch,
                root,
                Bytes.wrap(key.sign(statement())));
    }

    /**
     * Returns whether this record is as the holder of a signing key left it.
     *
     * @param trustedKey the public half of that key, known from elsewhere than this record
     * @return true if so
     */
    public boolean isSignedBy(Bytes trustedKey) {
        return SigningKey.verify(trustedKey.sharedArray(), statement(), signature.sharedArray());
    }

    /**
     * Returns whether these are the key slots that were signed.
     *
     * @param slots the slots
     * @return true if so
     */
    public boolean hasKeySlots(Collection<KeySlot> slots) {
        return keySlots.equals(digest(uuid, slots));
    }

    private static Bytes digest(UUID token, Collection<KeySlot> slots) {
        Canonical canonical = Canonical.of("symbolon 1 key slots");
        slots.stream()
                .sorted(Comparator.comparing(KeySlot::role).thenComparing(KeySlot::number))
                .forEach(slot -> canonical.add(slot.digest(token)));
        return Bytes.wrap(canonical.sha256());
    }

    /** Returns what is signed. */
    byte[] statement() {
        return Canonical.of("symbolon 1 manifest")
                .add(uuid)
                .add(slot)
                .add(label)
                .add(masterVersion)
                .add(soMode)
                .add(indexSalt)
                .add(verifyKey)
                .add(signingKey)
                .add(keySlots)
                .add(settings)
                .add(epoch)
                .add(root)
                .toBytes();
    }
}
