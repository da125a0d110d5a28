package org.symbolon.soft.archive;

import java.security.PublicKey;
import java.util.List;
import org.symbolon.Pin;
import org.symbolon.soft.seal.Argon2id;

/** What a new backup is encrypted under. */
public sealed interface ArchiveLock {
    /**
     * A passphrase: who knows it reads the backup.
     *
     * @param kdf how it becomes a key
     * @param passphrase stays the caller's
     */
    record Passphrase(Argon2id kdf, Pin passphrase) implements ArchiveLock {}

    /**
     * Public keys: who has one of the private keys reads the backup, and who makes it cannot.
     *
     * @param keys RSA, EC or XDH keys, 1 to {@value RecipientSlot#MAX_RECIPIENTS}
     */
    record Recipients(List<PublicKey> keys) implements ArchiveLock {
        public Recipients {
            keys = List.copyOf(keys);
            if (keys.isEmpty() || keys.size() > RecipientSlot.MAX_RECIPIENTS) {
                throw new IllegalArgumentException(
                        "a backup has 1 to " + RecipientSlot.MAX_RECIPIENTS + " recipients, not " + keys.size());
            }
        }
    }
}
