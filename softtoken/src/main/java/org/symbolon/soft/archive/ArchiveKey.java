package org.symbolon.soft.archive;

import java.security.KeyPair;
import java.util.List;
import org.symbolon.Pin;

/** What a backup is read with. */
public sealed interface ArchiveKey {
    /**
     * The passphrase that it was encrypted under.
     *
     * @param passphrase stays the caller's
     */
    record Passphrase(Pin passphrase) implements ArchiveKey {}

    /**
     * Key pairs, one of which may be a recipient's; the private keys are those of the JVM, or of a token.
     *
     * @param keys any number of pairs
     */
    record Private(List<KeyPair> keys) implements ArchiveKey {
        public Private {
            keys = List.copyOf(keys);
        }
    }
}
