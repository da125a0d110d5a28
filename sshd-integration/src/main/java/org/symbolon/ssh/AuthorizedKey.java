package org.symbolon.ssh;

import org.symbolon.PublicKeyObject;

/**
 * A public key that may log in as a user, and the object of the token that says so.
 *
 * @param user the user's name
 * @param key the key
 * @param object the verified object
 */
public record AuthorizedKey(String user, SshPublicKey key, PublicKeyObject object) {
    /** The user and the key's fingerprint. */
    @Override
    public String toString() {
        return "\"" + Text.quoted(user) + "\" " + key;
    }
}
