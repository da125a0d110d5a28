package org.symbolon.ssh;

import java.util.List;
import java.util.Optional;
import org.symbolon.TokenException;

/**
 * Which public keys may log in as which user. {@link TokenAuthorizedKeys} keeps them in a token.
 *
 * <p><b>Security guarantees.</b> {@link #find} returns a key only if an object that the token vouches for names this user
 * and holds exactly this key, compared byte by byte. A user name is data: it is matched whole and exactly. Unknown users and
 * unknown keys take the same path.
 *
 * <p>Thread-safe.
 */
public interface AuthorizedKeys {
    /**
     * Finds a user's key that a client offers. A CA's key ({@link AuthorizedKey#isCertificateAuthority()}) is never found
     * here: it logs nobody in itself.
     *
     * @param user the name that the client gave, any text
     * @param offered the key that the client offered
     * @return the key, or empty if it may not log in. Its {@link AuthorizedKey#restrictions() restrictions} are the caller's
     *     to enforce
     * @throws TokenException if the store cannot tell: refuse the login
     */
    Optional<AuthorizedKey> find(String user, SshPublicKey offered) throws TokenException;

    /**
     * Finds a user's key in memory, without a call to any token: servers ask here before they hand the question to one of the
     * few threads that may wait for a token.
     *
     * @param user the name that the client gave, any text
     * @param offered the key that the client offered
     * @return what {@link #find} would answer, or empty if memory cannot tell
     */
    default Optional<AuthorizedKey> recall(String user, SshPublicKey offered) {
        return Optional.empty();
    }

    /**
     * Finds the CA that signed an OpenSSH certificate which a client offers, among the CAs that the user trusts ({@code
     * cert-authority}).
     *
     * @param user the name that the client gave, any text
     * @param signer the key that signed the certificate
     * @return the CA's key with its principals and restrictions, or empty if the user trusts no such CA, or the store keeps
     *     none
     * @throws TokenException if the store cannot tell: refuse the login
     */
    default Optional<AuthorizedKey> findAuthority(String user, SshPublicKey signer) throws TokenException {
        return Optional.empty();
    }

    /**
     * Lists a user's keys and CAs, as many as the store gives at once.
     *
     * @param user the user's name
     * @return those with which the user may log in, and the CAs whose certificates may
     * @throws TokenException if the store cannot tell
     */
    List<AuthorizedKey> list(String user) throws TokenException;

    /**
     * Shows a user's keys and CAs, one after the other: of stores that can, without holding them all.
     *
     * @param user the user's name
     * @param visitor gets each key once, with the stricter of everything that the store says of it
     * @param <X> what the visitor throws to end the visit
     * @throws TokenException if the store cannot tell; some keys may have been shown by then
     * @throws X if the visitor throws it
     */
    default <X extends Exception> void visit(String user, KeyVisitor<X> visitor) throws TokenException, X {
        for (AuthorizedKey key : list(user)) {
            visitor.visit(key);
        }
    }

    /**
     * Gets keys.
     *
     * @param <X> what it throws
     */
    @FunctionalInterface
    interface KeyVisitor<X extends Exception> {
        /**
         * Gets one.
         *
         * @param key a key with which the user may log in, or a CA whose certificates may
         * @throws X to end the visit
         */
        void visit(AuthorizedKey key) throws X;
    }

    /**
     * Lets a key log in as a user, with no restrictions. Does nothing if it may already, restricted or not.
     *
     * @param user the user's name
     * @param key the key
     * @return the stored key
     * @throws IllegalArgumentException if the name is empty, too long or has control characters
     * @throws TokenException if the store refuses or fails
     */
    default AuthorizedKey add(String user, SshPublicKey key) throws TokenException {
        Optional<AuthorizedKey> present = find(user, key);
        return present.isPresent() ? present.get() : add(user, key, AuthorizedKeyOptions.NONE, "");
    }

    /**
     * Lets a key log in as a user, or trusts a CA for the user. What was stored for this key is replaced; the new entry is
     * there before the old one goes.
     *
     * @param user the user's name
     * @param key the key
     * @param options what a login by it may do, and whether it is a CA
     * @param comment a comment, may be empty
     * @return the stored key, as it was read back
     * @throws IllegalArgumentException if the name is empty, too long or has control characters, the comment has some, or an
     *     option cannot be written
     * @throws TokenException if the store refuses or fails, or would not keep the options
     */
    AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment)
            throws TokenException;

    /**
     * Lets a key, and certificates of this key if it is a CA's, log in as a user no more.
     *
     * @param user the user's name
     * @param key the key
     * @return whether there was such a key
     * @throws TokenException if the store refuses or fails
     */
    boolean remove(String user, SshPublicKey key) throws TokenException;
}
