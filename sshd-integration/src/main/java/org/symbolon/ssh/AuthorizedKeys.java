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
     * Finds a user's key that a client offers.
     *
     * @param user the name that the client gave, any text
     * @param offered the key that the client offered
     * @return the key, or empty if it may not log in
     * @throws TokenException if the store cannot tell: refuse the login
     */
    Optional<AuthorizedKey> find(String user, SshPublicKey offered) throws TokenException;

    /**
     * Lists a user's keys.
     *
     * @param user the user's name
     * @return those with which the user may log in
     * @throws TokenException if the store cannot tell
     */
    List<AuthorizedKey> list(String user) throws TokenException;

    /**
     * Lets a key log in as a user. Does nothing if it may already.
     *
     * @param user the user's name
     * @param key the key
     * @return the stored key
     * @throws IllegalArgumentException if the name is empty, too long or has control characters, or the key is of a type that
     *     cannot be stored
     * @throws TokenException if the store refuses or fails
     */
    AuthorizedKey add(String user, SshPublicKey key) throws TokenException;

    /**
     * Lets a key log in as a user no more.
     *
     * @param user the user's name
     * @param key the key
     * @return whether there was such a key
     * @throws TokenException if the store refuses or fails
     */
    boolean remove(String user, SshPublicKey key) throws TokenException;
}
