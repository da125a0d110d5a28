package org.symbolon.ssh;

import java.util.List;
import org.symbolon.TokenObject;

/**
 * A public key that may log in as a user, or whose certificates may, and the object of the token that says so.
 *
 * @param user the user's name
 * @param key the key
 * @param options what a login may do, and whether the key is a CA's
 * @param comment the comment; may be empty
 * @param object the verified object
 */
public record AuthorizedKey(
        String user, SshPublicKey key, AuthorizedKeyOptions options, String comment, TokenObject object) {
    /**
     * What a login by the key may do: to be enforced by who lets it in.
     *
     * @return the restrictions
     */
    public LoginRestrictions restrictions() {
        return options.restrictions();
    }

    /**
     * Whether the key is a CA's: it certifies users and never logs in itself.
     *
     * @return true for {@code cert-authority}
     */
    public boolean isCertificateAuthority() {
        return options.certificateAuthority();
    }

    /**
     * The principals of which a certificate of this CA must name one.
     *
     * @return the names; none: the certificate must name the user
     */
    public List<String> principals() {
        return options.principals();
    }

    /**
     * The line of an authorized_keys file, as OpenSSH reads it.
     *
     * @return the options, the key and the comment
     */
    public AuthorizedKeysLine line() {
        return AuthorizedKeysLine.of(key, options.withoutSelfService(), comment);
    }

    /** The user and the key's fingerprint. */
    @Override
    public String toString() {
        return "\"" + Text.quoted(user) + "\" " + key;
    }
}
