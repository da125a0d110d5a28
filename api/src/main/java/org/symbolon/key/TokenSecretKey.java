package org.symbolon.key;

import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.symbolon.KeyType;
import org.symbolon.MechanismTable;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;

/**
 * A secret key that stays in its token, as a JDK key.
 *
 * <p><b>Security guarantees.</b> It has no encoding and holds no secret: it names an object ({@link #object}) and the
 * session by which it is used. Equal if they name the same object. Not serializable. Thread-safe.
 */
public final class TokenSecretKey implements TokenKey, SecretKey {
    private static final long serialVersionUID = 1;
    private static final String GENERIC = "Generic";
    private static final Map<KeyType, String> ALGORITHMS =
            Map.of(KeyType.AES, "AES", KeyType.AES_XTS, "AES", KeyType.DES3, "DESede", KeyType.CHACHA20, "ChaCha20");

    private final transient SecretKeyObject object;
    private final String algorithm;
    private transient volatile @Nullable Session session;

    private TokenSecretKey(Session session, SecretKeyObject object, String algorithm) {
        this.session = session;
        this.object = object;
        this.algorithm = algorithm;
    }

    /**
     * Returns the JDK key of a secret key object, its algorithm named after the key's type: {@code AES}, {@code DESede},
     * {@code ChaCha20}, {@code HmacSHA256} and its like, or {@code Generic}.
     *
     * @param session the session by which it is used; stays the caller's
     * @param object the secret key
     * @return the key
     */
    public static TokenSecretKey of(Session session, SecretKeyObject object) {
        return of(session, object, algorithmOf(object.keyType()));
    }

    /**
     * Returns the JDK key of a secret key object under the name of the algorithm that it is meant for.
     *
     * @param session the session by which it is used; stays the caller's
     * @param object the secret key
     * @param algorithm the algorithm as the JCA names it, such as {@code HmacSHA256}
     * @return the key
     */
    public static TokenSecretKey of(Session session, SecretKeyObject object, String algorithm) {
        return new TokenSecretKey(session, object, algorithm);
    }

    private static String algorithmOf(KeyType type) {
        String named = ALGORITHMS.get(type);
        if (named != null) {
            return named;
        }
        String mechanism = type.name().replaceFirst("^CKK_", "CKM_");
        return MechanismTable.rows().stream()
                .filter(row -> row.type().name().equals(mechanism))
                .flatMap(row -> row.jcaNames().stream())
                .filter(name -> name.startsWith("Mac:"))
                .map(name -> name.substring("Mac:".length()))
                .findFirst()
                .orElse(GENERIC);
    }

    @Override
    public SecretKeyObject object() {
        return object;
    }

    @Override
    public Session session() {
        Session current = session;
        if (current == null) {
            throw new IllegalStateException("this reference to " + object.describe() + " was destroyed");
        }
        return current;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    /** {@return null: the key has no encoding} */
    @Override
    public @Nullable String getFormat() {
        return null;
    }

    /** {@return null: the key has no encoding} */
    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    /** Forgets the session, so that this reference is of no more use. The object in the token stays. */
    @Override
    public void destroy() {
        session = null;
    }

    @Override
    public boolean isDestroyed() {
        return session == null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenSecretKey that && object.id().equals(that.object.id());
    }

    @Override
    public int hashCode() {
        return object.id().hashCode();
    }

    /** {@return the key's algorithm, label and token} */
    @Override
    public String toString() {
        return algorithm + " " + object.describe() + " in token \""
                + object.id().tokenSerial() + "\"";
    }

    @SuppressWarnings("DoNotCallSuggester") // called by serialization only
    private Object writeReplace() throws ObjectStreamException {
        throw new NotSerializableException("a key that stays in its token cannot be serialized: " + this);
    }
}
