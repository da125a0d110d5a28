package org.symbolon.spi;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Done;
import org.symbolon.Encapsulation;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/**
 * Something that a session is asked to do: one record for each operation that a PKCS #11 token has.
 *
 * <p>A request knows its object, its mechanism and the usage bit that its key must have, so that a decorator can guard,
 * audit and time it without knowing which it is. {@link #dispatch} hands it to the method of a {@link RequestHandler}
 * that serves it. Requests are immutable; secret bytes in them belong to whoever made them.
 *
 * @param <R> the class of the result
 */
public sealed interface Request<R> {
    /** {@return what is to be done, in words, such as {@code Sign} or {@code Generate key pair}} */
    default String verb() {
        String words = getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return words.charAt(0) + words.substring(1).toLowerCase(Locale.ROOT);
    }

    /** {@return the object that it is done with or to, if there is one: for a cryptographic operation its key} */
    default Optional<TokenObject> object() {
        return Optional.empty();
    }

    /** {@return the mechanism that it is done by, if there is one} */
    default Optional<Mechanism> mechanism() {
        return Optional.empty();
    }

    /** {@return the usage attribute that the key must have, such as CKA_SIGN, if there is one} */
    default Optional<Attribute<Boolean>> usage() {
        return Optional.empty();
    }

    /** {@return whether it changes what the token or the session holds, so that repeating it is not harmless} */
    default boolean changesObjects() {
        return false;
    }

    /**
     * Calls the method of a handler that serves this request.
     *
     * @param handler what serves it
     * @param options what accompanies the call
     * @return the result
     * @throws TokenException if the token refuses or fails
     */
    R dispatch(RequestHandler handler, CallOptions options) throws TokenException;

    /** {@return the request in words, for messages: the verb, the mechanism and the object} */
    default String describe() {
        return verb()
                + mechanism().map(m -> " with " + m.type().name()).orElse("")
                + object().map(o -> " on " + o.describe()).orElse("");
    }

    /**
     * A request whose data can come in parts, with {@link SessionSpi#start}.
     *
     * @param <R> the class of the result
     */
    sealed interface Streamable<R> extends Request<R> permits Sign, Verify, Encrypt, Decrypt, Digest {}

    /**
     * A request that uses a key with a mechanism.
     *
     * @param <R> the class of the result
     */
    sealed interface WithKey<R> extends Request<R> {
        /** {@return the key} */
        KeyObject key();

        /** {@return the mechanism} */
        Mechanism algorithm();

        /**
         * Returns this request with the same key under another name.
         *
         * @param sameKey the key, of this one's class
         * @return the request
         */
        Request<R> withKey(KeyObject sameKey);

        @Override
        default Optional<TokenObject> object() {
            return Optional.of(key());
        }

        @Override
        default Optional<Mechanism> mechanism() {
            return Optional.of(algorithm());
        }
    }

    /**
     * A request about one object.
     *
     * @param <R> the class of the result
     */
    sealed interface OnTarget<R> extends Request<R> {
        /** {@return the object} */
        TokenObject target();

        @Override
        default Optional<TokenObject> object() {
            return Optional.of(target());
        }
    }

    /**
     * A request that changes what the token or the session holds.
     *
     * @param <R> the class of the result
     */
    sealed interface Changing<R> extends Request<R> {
        @Override
        default boolean changesObjects() {
            return true;
        }
    }

    /**
     * Finds objects (C_FindObjectsInit and what follows).
     *
     * @param query what must match
     * @param wanted the attributes to read of each; CKA_CLASS and CKA_LABEL are read anyway
     */
    record Find(ObjectQuery query, Set<Attribute<?>> wanted) implements Request<ObjectCursor> {
        public Find {
            wanted = Set.copyOf(wanted);
        }

        @Override
        public String verb() {
            return "Find";
        }

        @Override
        public ObjectCursor dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.find(this, options);
        }
    }

    /**
     * Reads attributes of an object (C_GetAttributeValue).
     *
     * @param target the object
     * @param wanted the attributes to read
     */
    record GetAttributes(TokenObject target, Set<Attribute<?>> wanted) implements OnTarget<Attributes> {
        public GetAttributes {
            wanted = Set.copyOf(wanted);
        }

        @Override
        public Attributes dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.getAttributes(this, options);
        }
    }

    /**
     * Changes attributes of an object (C_SetAttributeValue).
     *
     * @param target the object
     * @param template the new values
     */
    record SetAttributes(TokenObject target, Template template)
            implements OnTarget<TokenObject>, Changing<TokenObject> {
        @Override
        public TokenObject dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.setAttributes(this, options);
        }
    }

    /**
     * Creates an object (C_CreateObject).
     *
     * @param template its attributes
     */
    record Create(Template template) implements Changing<TokenObject> {
        @Override
        public TokenObject dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.create(this, options);
        }
    }

    /**
     * Copies an object (C_CopyObject).
     *
     * @param source the object
     * @param template what differs in the copy
     */
    record Copy(TokenObject source, Template template) implements Changing<TokenObject> {
        @Override
        public Optional<TokenObject> object() {
            return Optional.of(source);
        }

        @Override
        public TokenObject dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.copy(this, options);
        }
    }

    /**
     * Destroys an object (C_DestroyObject).
     *
     * @param target the object
     */
    record Destroy(TokenObject target) implements OnTarget<Done>, Changing<Done> {
        @Override
        public Done dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.destroy(this, options);
        }
    }

    /**
     * Generates a secret key (C_GenerateKey).
     *
     * @param generator the mechanism
     * @param template the key's attributes
     */
    record GenerateKey(Mechanism generator, Template template) implements Changing<SecretKeyObject> {
        @Override
        public Optional<Mechanism> mechanism() {
            return Optional.of(generator);
        }

        @Override
        public SecretKeyObject dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.generateKey(this, options);
        }
    }

    /**
     * Generates a key pair (C_GenerateKeyPair).
     *
     * @param generator the mechanism
     * @param publicTemplate the public key's attributes
     * @param privateTemplate the private key's attributes
     */
    record GenerateKeyPair(Mechanism generator, Template publicTemplate, Template privateTemplate)
            implements Changing<KeyPairObject> {
        @Override
        public Optional<Mechanism> mechanism() {
            return Optional.of(generator);
        }

        @Override
        public KeyPairObject dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.generateKeyPair(this, options);
        }
    }

    /**
     * Derives a key (C_DeriveKey).
     *
     * @param key the base key
     * @param algorithm the mechanism
     * @param template the new key's attributes
     */
    record DeriveKey(KeyObject key, Mechanism algorithm, Template template)
            implements WithKey<KeyObject>, Changing<KeyObject> {
        @Override
        public DeriveKey withKey(KeyObject sameKey) {
            return new DeriveKey(sameKey, algorithm, template);
        }

        @Override
        public Optional<Attribute<Boolean>> usage() {
            return Optional.of(Attribute.DERIVE);
        }

        @Override
        public KeyObject dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.deriveKey(this, options);
        }
    }

    /**
     * Wraps a key (C_WrapKey).
     *
     * @param key the wrapping key
     * @param algorithm the mechanism
     * @param target the key to be wrapped
     */
    record WrapKey(KeyObject key, Mechanism algorithm, KeyObject target) implements WithKey<byte[]> {
        @Override
        public WrapKey withKey(KeyObject sameKey) {
            return new WrapKey(sameKey, algorithm, target);
        }

        @Override
        public Optional<Attribute<Boolean>> usage() {
            return Optional.of(Attribute.WRAP);
        }

        @Override
        public byte[] dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.wrapKey(this, options);
        }
    }

    /**
     * Unwraps a key (C_UnwrapKey).
     *
     * @param key the unwrapping key
     * @param algorithm the mechanism
     * @param wrapped the wrapped key
     * @param template the new key's attributes
     */
    record UnwrapKey(KeyObject key, Mechanism algorithm, Bytes wrapped, Template template)
            implements WithKey<KeyObject>, Changing<KeyObject> {
        @Override
        public UnwrapKey withKey(KeyObject sameKey) {
            return new UnwrapKey(sameKey, algorithm, wrapped, template);
        }

        @Override
        public Optional<Attribute<Boolean>> usage() {
            return Optional.of(Attribute.UNWRAP);
        }

        @Override
        public KeyObject dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.unwrapKey(this, options);
        }
    }

    /**
     * Signs, or makes a MAC (C_SignInit, C_Sign).
     *
     * @param key the private or secret key
     * @param algorithm the mechanism
     * @param data the data; empty when a stream is started
     */
    record Sign(KeyObject key, Mechanism algorithm, Bytes data) implements Streamable<byte[]>, WithKey<byte[]> {
        @Override
        public Sign withKey(KeyObject sameKey) {
            return new Sign(sameKey, algorithm, data);
        }

        @Override
        public Optional<Attribute<Boolean>> usage() {
            return Optional.of(Attribute.SIGN);
        }

        @Override
        public byte[] dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.sign(this, options);
        }
    }

    /**
     * Verifies a signature or MAC (C_VerifyInit, C_Verify).
     *
     * @param key the public or secret key
     * @param algorithm the mechanism
     * @param data the data; empty when a stream is started
     * @param signature the signature; empty when a stream is started
     */
    record Verify(KeyObject key, Mechanism algorithm, Bytes data, Bytes signature)
            implements Streamable<Boolean>, WithKey<Boolean> {
        @Override
        public Verify withKey(KeyObject sameKey) {
            return new Verify(sameKey, algorithm, data, signature);
        }

        @Override
        public Optional<Attribute<Boolean>> usage() {
            return Optional.of(Attribute.VERIFY);
        }

        @Override
        public Boolean dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.verify(this, options);
        }
    }

    /**
     * Encrypts (C_EncryptInit, C_Encrypt).
     *
     * @param key the public or secret key
     * @param algorithm the mechanism
     * @param data the plaintext; empty when a stream is started
     */
    record Encrypt(KeyObject key, Mechanism algorithm, Bytes data) implements Streamable<byte[]>, WithKey<byte[]> {
        @Override
        public Encrypt withKey(KeyObject sameKey) {
            return new Encrypt(sameKey, algorithm, data);
        }

        @Override
        public Optional<Attribute<Boolean>> usage() {
            return Optional.of(Attribute.ENCRYPT);
        }

        @Override
        public byte[] dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.encrypt(this, options);
        }
    }

    /**
     * Decrypts (C_DecryptInit, C_Decrypt).
     *
     * @param key the private or secret key
     * @param algorithm the mechanism
     * @param data the ciphertext; empty when a stream is started
     */
    record Decrypt(KeyObject key, Mechanism algorithm, Bytes data) implements Streamable<byte[]>, WithKey<byte[]> {
        @Override
        public Decrypt withKey(KeyObject sameKey) {
            return new Decrypt(sameKey, algorithm, data);
        }

        @Override
        public Optional<Attribute<Boolean>> usage() {
            return Optional.of(Attribute.DECRYPT);
        }

        @Override
        public byte[] dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.decrypt(this, options);
        }
    }

    /**
     * Digests (C_DigestInit, C_Digest).
     *
     * @param algorithm the mechanism
     * @param data the data; empty when a stream is started
     */
    record Digest(Mechanism algorithm, Bytes data) implements Streamable<byte[]> {
        @Override
        public Optional<Mechanism> mechanism() {
            return Optional.of(algorithm);
        }

        @Override
        public byte[] dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.digest(this, options);
        }
    }

    /**
     * Makes a shared secret for the holder of a private key (C_EncapsulateKey).
     *
     * @param key the public key
     * @param algorithm the mechanism
     * @param template the secret key's attributes
     */
    record Encapsulate(PublicKeyObject key, Mechanism algorithm, Template template)
            implements WithKey<Encapsulation>, Changing<Encapsulation> {
        @Override
        public Encapsulate withKey(KeyObject sameKey) {
            return new Encapsulate((PublicKeyObject) sameKey, algorithm, template);
        }

        @Override
        public Optional<Attribute<Boolean>> usage() {
            return Optional.of(Attribute.ENCAPSULATE);
        }

        @Override
        public Encapsulation dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.encapsulate(this, options);
        }
    }

    /**
     * Recovers a shared secret (C_DecapsulateKey).
     *
     * @param key the private key
     * @param algorithm the mechanism
     * @param ciphertext what the encapsulation made
     * @param template the secret key's attributes
     */
    record Decapsulate(PrivateKeyObject key, Mechanism algorithm, Bytes ciphertext, Template template)
            implements WithKey<SecretKeyObject>, Changing<SecretKeyObject> {
        @Override
        public Decapsulate withKey(KeyObject sameKey) {
            return new Decapsulate((PrivateKeyObject) sameKey, algorithm, ciphertext, template);
        }

        @Override
        public Optional<Attribute<Boolean>> usage() {
            return Optional.of(Attribute.DECAPSULATE);
        }

        @Override
        public SecretKeyObject dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.decapsulate(this, options);
        }
    }

    /**
     * Makes random bytes (C_GenerateRandom).
     *
     * @param length how many bytes, 0 to 1 MiB
     */
    record GenerateRandom(int length) implements Request<byte[]> {
        public GenerateRandom {
            if (length < 0 || length > 1 << 20) {
                throw new IllegalArgumentException("length is 0 to 1048576 bytes, not " + length);
            }
        }

        @Override
        public byte[] dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.generateRandom(this, options);
        }
    }

    /**
     * Mixes a seed into the random number generator (C_SeedRandom).
     *
     * @param seed the seed
     */
    record SeedRandom(Bytes seed) implements Request<Done> {
        @Override
        public Done dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.seedRandom(this, options);
        }
    }

    /**
     * Sets the user's PIN, as the security officer (C_InitPIN).
     *
     * @param newPin the new PIN
     */
    record InitPin(Pin newPin) implements Changing<Done> {
        @Override
        public String verb() {
            return "Initialize PIN";
        }

        @Override
        public Done dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.initPin(this, options);
        }
    }

    /**
     * Changes the PIN of the session's own role (C_SetPIN).
     *
     * @param oldPin the PIN until now
     * @param newPin the new PIN
     */
    record SetPin(Pin oldPin, Pin newPin) implements Changing<Done> {
        @Override
        public String verb() {
            return "Set PIN";
        }

        @Override
        public Done dispatch(RequestHandler handler, CallOptions options) throws TokenException {
            return handler.setPin(this, options);
        }
    }
}
