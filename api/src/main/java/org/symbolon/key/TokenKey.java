package org.symbolon.key;

import java.security.Key;
import javax.security.auth.Destroyable;
import org.symbolon.KeyObject;
import org.symbolon.Session;

/**
 * A key that stays in its token, as a JDK key: the name of an object and the session by which it is used. It has no
 * encoding. Thread-safe.
 */
public sealed interface TokenKey extends Key, Destroyable permits TokenPrivateKey, TokenSecretKey {
    /** {@return the object that this key names} */
    KeyObject object();

    /**
     * Returns the session by which the key is used.
     *
     * @throws IllegalStateException if the key was {@linkplain #destroy destroyed}
     */
    Session session();
}
