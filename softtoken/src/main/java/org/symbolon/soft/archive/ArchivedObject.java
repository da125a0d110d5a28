package org.symbolon.soft.archive;

import java.util.UUID;
import org.symbolon.Attributes;

/**
 * An object in a backup: all that the token has of it.
 *
 * @param uid names it: its CKA_UNIQUE_ID
 * @param version counts its changes
 * @param attributes every attribute, secret ones included
 */
public record ArchivedObject(UUID uid, long version, Attributes attributes) {
    /** The highest version: one that no object comes to by being changed, and from which it still can be. */
    static final long MAX_VERSION = 1L << 62;

    /** {@return the object's name and nothing of its content} */
    @Override
    public String toString() {
        return "ArchivedObject[" + uid + "]";
    }
}
