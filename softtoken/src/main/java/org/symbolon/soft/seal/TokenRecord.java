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
 * @param soMode what the security officer's key slot opens: {@value #SO_OPENS_TOKEN}, the token master key
 * @param indexSalt the salt of the tags of public objects
 * @param verifyKey the public half of its signing key
 * @param signingKey the private half, sealed
 * @param keySlots the digest of the key slots
 * @param settings the token's own settings; none in this version, and kept as they are
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

    private static final int SALT_BYTES = 32;

    /**
     * Returns the record of a new token without objects.
     *
     * @param uuid its uuid
     * @param slot its slot
     * @param label its label
     * @param masterVersion the version of the token master key
     * @param epoch its epoch
     * @param keys its keys
     * @param signingKey its signing key
     * @param keySlots its key slots
     * @return the record
     */
    public static TokenRecord create(
            UUID uuid,
            long slot,
            String label,
            long masterVersion,
            long epoch,
            TokenKeys keys,
            SigningKey signingKey,
            Collection<KeySlot> keySlots) {
        return new TokenRecord(
                        uuid,
                        slot,
                        label,
                        masterVersion,
                        SO_OPENS_TOKEN,
                        Bytes.wrap(Aead.random(SALT_BYTES)),
                        Bytes.wrap(signingKey.publicKey()),
                        Bytes.wrap(signingKey.seal(keys, uuid)),
                        digest(uuid, keySlots),
                        Bytes.empty(),
                        epoch,
                        ManifestTree.EMPTY_ROOT,
                        Bytes.empty())
                .signed(signingKey);
    }

    /**
     * Returns the record after a change of its objects, signed, one epoch later.
     *
     * @param newRoot the root of the tree now
     * @param key the signing key
     * @return the record
     */
    public TokenRecord withRoot(Bytes newRoot, SigningKey key) {
        return next(keySlots, newRoot).signed(key);
    }

    /**
     * Returns the record after a change of its key slots, signed, one epoch later.
     *
     * @param slots the slots now
     * @param key the signing key
     * @return the record
     */
    public TokenRecord withKeySlots(Collection<KeySlot> slots, SigningKey key) {
        return next(digest(uuid, slots), root).signed(key);
    }

    private TokenRecord next(Bytes newKeySlots, Bytes newRoot) {
        return new TokenRecord(
                uuid,
                slot,
                label,
                masterVersion,
                soMode,
                indexSalt,
                verifyKey,
                signingKey,
                newKeySlots,
                settings,
                epoch + 1,
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
