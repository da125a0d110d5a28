package org.symbolon.key;

import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.interfaces.DHPublicKey;
import org.jspecify.annotations.Nullable;
import org.symbolon.Mechanism;
import org.symbolon.ParameterSet;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenException;

/**
 * A private key that stays in its token, as a JDK key.
 *
 * <p><b>Security guarantees.</b> It has no encoding and holds no secret: it names an object ({@link #object}) and the
 * session by which it is used. It keeps working for as long as that session does, whatever happens to connections below.
 *
 * <p>The subclasses are what JSSE, keytool, jarsigner and Bouncy Castle expect of opaque keys: {@code RSAKey} and not
 * {@code RSAPrivateKey}, {@code ECKey} and not {@code ECPrivateKey}. Equal if they name the same object. Not serializable.
 * Thread-safe.
 */
public abstract sealed class TokenPrivateKey implements TokenKey, PrivateKey
        permits TokenRsaPrivateKey,
                TokenEcPrivateKey,
                TokenEdEcPrivateKey,
                TokenXecPrivateKey,
                TokenDhPrivateKey,
                TokenParameterSetPrivateKey {
    private static final long serialVersionUID = 1;

    private final transient PrivateKeyObject object;
    private final transient PublicKey publicKey;
    private final String algorithm;
    private transient volatile @Nullable Session session;

    TokenPrivateKey(Session session, PrivateKeyObject object, PublicKey publicKey, String algorithm) {
        this.session = session;
        this.object = object;
        this.publicKey = publicKey;
        this.algorithm = algorithm;
    }

    /**
     * Returns the JDK key of a private key object.
     *
     * @param session the session by which it is used; stays the caller's
     * @param object the private key
     * @param publicKey its public key, from which the type, the size and the curve are taken
     * @return the key
     * @throws InvalidKeyException if the public key is of a type that has no opaque counterpart; RSA, EC, EdDSA, XDH, DH,
     *     ML-DSA, ML-KEM and SLH-DSA have
     */
    public static TokenPrivateKey of(Session session, PrivateKeyObject object, PublicKey publicKey)
            throws InvalidKeyException {
        if (publicKey instanceof RSAPublicKey rsa) {
            return new TokenRsaPrivateKey(session, object, rsa);
        } else if (publicKey instanceof ECPublicKey ec) {
            return new TokenEcPrivateKey(session, object, ec);
        } else if (publicKey instanceof EdECPublicKey ed) {
            return new TokenEdEcPrivateKey(session, object, ed);
        } else if (publicKey instanceof XECPublicKey xec) {
            return new TokenXecPrivateKey(session, object, xec);
        } else if (publicKey instanceof DHPublicKey dh) {
            return new TokenDhPrivateKey(session, object, dh);
        }
        ParameterSet parameterSet = PublicKeys.parameterSet(publicKey)
                .orElseThrow(() -> new InvalidKeyException(object.describe() + " has a public key of algorithm "
                        + publicKey.getAlgorithm()
                        + "; RSA, EC, EdDSA, XDH, DH, ML-DSA, ML-KEM and SLH-DSA keys of tokens are known"));
        return new TokenParameterSetPrivateKey(session, object, publicKey, parameterSet);
    }

    @Override
    public final PrivateKeyObject object() {
        return object;
    }

    /** {@return the public key that belongs to it} */
    public final PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public final Session session() {
        Session current = session;
        if (current == null) {
            throw new IllegalStateException("this reference to " + object.describe() + " was destroyed");
        }
        return current;
    }

    /**
     * Signs with the key.
     *
     * @param mechanism the mechanism
     * @param data the message or digest, as the mechanism takes it; not modified, not kept
     * @return the signature as the mechanism defines it (ECDSA: r‖s), a new array
     * @throws TokenException if the token refuses or fails
     */
    public final byte[] sign(Mechanism mechanism, byte[] data) throws TokenException {
        return session().sign(object, mechanism, data);
    }

    /**
     * Returns the parameters of the key: of an EC key its curve, of an RSA key none.
     *
     * <p>Declared here so that every subclass has it with this very signature: from Java 22 on {@code PrivateKey} has a
     * default method of this name, which would otherwise win or collide.
     */
    @Nullable public abstract AlgorithmParameterSpec getParams();

    /** {@return the algorithm: {@code RSA}, {@code EC}, {@code EdDSA}, {@code XDH}, {@code DH}, {@code ML-DSA}...} */
    @Override
    public final String getAlgorithm() {
        return algorithm;
    }

    /** {@return null: the key has no encoding} */
    @Override
    public final @Nullable String getFormat() {
        return null;
    }

    /** {@return null: the key has no encoding} */
    @Override
    public final byte @Nullable [] getEncoded() {
        return null;
    }

    /** Forgets the session, so that this reference is of no more use. The object in the token stays. */
    @Override
    public final void destroy() {
        session = null;
    }

    @Override
    public final boolean isDestroyed() {
        return session == null;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TokenPrivateKey that && object.id().equals(that.object.id());
    }

    @Override
    public final int hashCode() {
        return object.id().hashCode();
    }

    /** {@return the key's type, size and label} */
    @Override
    public final String toString() {
        return algorithm + " " + object.describe() + " in token \""
                + object.id().tokenSerial() + "\"";
    }

    /**
     * Refuses to be serialized: the token would be lost.
     *
     * @return never
     * @throws ObjectStreamException always
     */
    @SuppressWarnings("DoNotCallSuggester") // called by serialization only
    protected final Object writeReplace() throws ObjectStreamException {
        throw new NotSerializableException("a key that stays in its token cannot be serialized: " + this);
    }
}
