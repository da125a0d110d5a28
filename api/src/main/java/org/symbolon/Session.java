package org.symbolon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.symbolon.spi.Request;
import org.symbolon.spi.SessionSpi;

/**
 * What an authenticated party may do with a token.
 *
 * <p>A session <em>is</em> the permission: logging in returns a new one. Cheap to share and thread-safe; connections,
 * pools and retries live below it. Every call blocks at most for the module's timeout, or that of {@link #within}, and
 * answers interruption with {@link TokenUnavailableException}. After {@link #close} every call is an
 * {@link IllegalStateException}.
 *
 * <p>Objects made with CKA_TOKEN false live in a scope shared by the sessions that derive from one {@code open} by
 * {@link #login}, and die with the last of them. A key that is generated with a label or an id is a token object unless
 * its template says otherwise, since a key with a name is meant to be found again; every other template without CKA_TOKEN
 * makes a session object, as PKCS #11 has it.
 */
public final class Session implements AutoCloseable {
    /** The most objects that {@link #findAll} returns: {@value}. Walk more than that with {@link #find}. */
    public static final int MAX_FIND_ALL = 100_000;

    private static final int CURSOR_STEP = 256;

    private final TokenModule module;
    private final Token token;
    private final SessionSpi spi;
    private final RunningCalls calls;
    private final Duration timeout;
    private final Optional<ContextPin> contextPin;

    private Session(
            TokenModule module,
            Token token,
            SessionSpi spi,
            RunningCalls calls,
            Duration timeout,
            Optional<ContextPin> contextPin) {
        this.module = module;
        this.token = token;
        this.spi = spi;
        this.calls = calls;
        this.timeout = timeout;
        this.contextPin = contextPin;
    }

    static Session of(TokenModule module, Token token, SessionSpi spi) {
        return of(module, token, spi, module.options().timeout(), Optional.empty());
    }

    private static Session of(
            TokenModule module, Token token, SessionSpi spi, Duration timeout, Optional<ContextPin> contextPin) {
        RunningCalls calls =
                new RunningCalls("the session on token \"" + spi.info().token().label() + "\"");
        Session session = new Session(module, token, spi, calls, timeout, contextPin);
        module.opened(calls, session);
        return session;
    }

    /** {@return what this session is} */
    public SessionInfo info() {
        return spi.info();
    }

    /** {@return the token that this session is open on} */
    public Token token() {
        return token;
    }

    /** {@return whether this session was closed} */
    public boolean isClosed() {
        return calls.isClosed();
    }

    /**
     * Returns this session with another timeout for each call.
     *
     * @param newTimeout more than zero
     * @return a view of this session: closing either closes both
     */
    public Session within(Duration newTimeout) {
        return new Session(module, token, spi, calls, newTimeout, contextPin);
    }

    /**
     * Returns this session with a PIN that is given to each operation with a key that has CKA_ALWAYS_AUTHENTICATE. Once
     * it was refused the view does not give it again: such operations fail with {@link TokenAuthenticationException}, and
     * no try is lost.
     *
     * @param pin the user's PIN; stays the caller's, who closes it when the view is no longer used
     * @return a view of this session: closing either closes both
     */
    public Session authenticating(Pin pin) {
        return new Session(module, token, spi, calls, timeout, Optional.of(new ContextPin(pin)));
    }

    /**
     * Logs in: returns a session of another role that shares this one's session objects.
     *
     * @param login how
     * @return the session, with this one's timeout, to be closed; it stays open when this one is closed
     * @throws TokenAuthenticationException if the PIN or identity is refused
     * @throws TokenException if the token does not answer
     */
    public Session login(Login login) throws TokenException {
        try (RunningCalls.Call call = calls.enter()) {
            SessionSpi derived = spi.login(login, call.options(timeout, pin()));
            return of(module, token, derived, timeout, Optional.empty());
        } catch (TokenException e) {
            throw inContext(e, "Log in");
        }
    }

    /**
     * Returns this session behind a decorator, which sees everything that is asked of the new one.
     *
     * @param decorator makes the decorator round this session's own side
     * @return the session, with this one's timeout and context PIN, to be closed in place of this one
     */
    public Session decorated(UnaryOperator<SessionSpi> decorator) {
        calls.enter().close(); // refuses a closed session
        Session outer = of(module, token, decorator.apply(spi), timeout, contextPin);
        module.ended(calls);
        return outer;
    }

    // ---- objects

    /**
     * Finds objects and reads of each what is needed to use and show it.
     *
     * @param query what must match
     * @return a cursor, to be closed
     * @throws TokenException if the token cannot tell
     */
    public ObjectCursor find(ObjectQuery query) throws TokenException {
        return find(query, StandardAttributes.OF_EVERY_OBJECT);
    }

    /**
     * Finds objects and reads some attributes of each.
     *
     * @param query what must match
     * @param wanted the attributes to read; CKA_CLASS and CKA_LABEL are read anyway
     * @return a cursor, to be closed
     * @throws TokenException if the token cannot tell
     */
    public ObjectCursor find(ObjectQuery query, Set<Attribute<?>> wanted) throws TokenException {
        return perform(new Request.Find(query, wanted));
    }

    /**
     * Finds objects and returns them all.
     *
     * @param query what must match
     * @return the objects
     * @throws TokenOperationException if they are more than {@value #MAX_FIND_ALL}
     * @throws TokenException if the token cannot tell
     */
    public List<TokenObject> findAll(ObjectQuery query) throws TokenException {
        return findAll(query, StandardAttributes.OF_EVERY_OBJECT);
    }

    /**
     * Finds objects, reads some attributes of each and returns them all.
     *
     * @param query what must match
     * @param wanted the attributes to read
     * @return the objects
     * @throws TokenOperationException if they are more than {@value #MAX_FIND_ALL}
     * @throws TokenException if the token cannot tell
     */
    public List<TokenObject> findAll(ObjectQuery query, Set<Attribute<?>> wanted) throws TokenException {
        List<TokenObject> found = new ArrayList<>();
        try (ObjectCursor cursor = find(query, wanted)) {
            for (List<TokenObject> part = cursor.next(CURSOR_STEP); !part.isEmpty(); part = cursor.next(CURSOR_STEP)) {
                found.addAll(part);
                if (found.size() > MAX_FIND_ALL) {
                    throw inContext(
                            new TokenOperationException(
                                    Status.ckr("CKR_HOST_MEMORY"), "more than " + MAX_FIND_ALL + " objects match"),
                            "Find all");
                }
            }
        }
        return found;
    }

    /**
     * Finds the object that matches.
     *
     * @param query what must match
     * @return the object, or empty if none matches
     * @throws AmbiguousObjectException if several match
     * @throws TokenException if the token cannot tell
     */
    public Optional<TokenObject> findOne(ObjectQuery query) throws TokenException {
        List<TokenObject> found = findAll(query.limit(Math.min(query.limit(), 3)));
        if (found.size() > 1) {
            throw inContext(
                    new AmbiguousObjectException(
                            Status.ckr("CKR_ARGUMENTS_BAD"),
                            "several objects match " + query.attributes() + ", among them "
                                    + found.stream().map(TokenObject::id).toList()),
                    "Find one object");
        }
        return found.stream().findFirst();
    }

    /**
     * Returns the private key of a label.
     *
     * @param label CKA_LABEL, exactly
     * @return the key
     * @throws ObjectNotFoundException if there is none
     * @throws AmbiguousObjectException if several have the label
     * @throws TokenException if the token cannot tell
     */
    public PrivateKeyObject privateKey(String label) throws TokenException {
        return (PrivateKeyObject) require(ObjectQuery.privateKeys().label(label));
    }

    /**
     * Returns the public key of a label.
     *
     * @param label CKA_LABEL, exactly
     * @return the key
     * @throws ObjectNotFoundException if there is none
     * @throws AmbiguousObjectException if several have the label
     * @throws TokenException if the token cannot tell
     */
    public PublicKeyObject publicKey(String label) throws TokenException {
        return (PublicKeyObject) require(ObjectQuery.publicKeys().label(label));
    }

    /**
     * Returns the object that matches.
     *
     * @param query what must match
     * @return the object
     * @throws ObjectNotFoundException if none matches
     * @throws AmbiguousObjectException if several match
     * @throws TokenException if the token cannot tell
     */
    public TokenObject require(ObjectQuery query) throws TokenException {
        Optional<TokenObject> found = findOne(query);
        if (found.isEmpty()) {
            throw inContext(
                    new ObjectNotFoundException(
                            Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "no object matches " + query.attributes()),
                    "Find object");
        }
        return found.get();
    }

    /**
     * Reads attributes of an object.
     *
     * @param object the object
     * @param wanted the attributes
     * @return those that it has; secret ones that the token does not show are marked as sensitive
     * @throws ObjectNotFoundException if it is gone
     * @throws TokenException if the token cannot tell
     */
    public Attributes getAttributes(TokenObject object, Set<Attribute<?>> wanted) throws TokenException {
        return perform(new Request.GetAttributes(object, wanted));
    }

    /**
     * Changes attributes of an object.
     *
     * @param object the object
     * @param template the new values
     * @return the object as it is now
     * @throws InvalidAttributeException if an attribute cannot be changed
     * @throws TokenException if the token refuses or fails
     */
    public TokenObject setAttributes(TokenObject object, Template template) throws TokenException {
        return perform(new Request.SetAttributes(object, template));
    }

    /**
     * Creates an object from its attributes: a key that is imported, a certificate, data.
     *
     * @param template its attributes
     * @return the object
     * @throws InvalidAttributeException if the template is incomplete or contradicts itself
     * @throws TokenException if the token refuses or fails
     */
    public TokenObject create(Template template) throws TokenException {
        return perform(new Request.Create(template));
    }

    /**
     * Copies an object.
     *
     * @param object the object
     * @param template what differs in the copy
     * @return the copy
     * @throws TokenException if the token refuses or fails
     */
    public TokenObject copy(TokenObject object, Template template) throws TokenException {
        return perform(new Request.Copy(object, template));
    }

    /**
     * Destroys an object.
     *
     * @param object the object
     * @throws ObjectNotFoundException if it is gone already
     * @throws TokenException if the token refuses or fails
     */
    public void destroy(TokenObject object) throws TokenException {
        perform(new Request.Destroy(object));
    }

    // ---- keys

    /**
     * Generates a key pair whose halves share one template: a label, an id.
     *
     * @param mechanism such as {@code Mechanism.EC_KEY_PAIR_GEN.curve("P-256")}
     * @param common attributes of both keys
     * @return the key pair
     * @throws TokenException if the token refuses or fails
     */
    public KeyPairObject generateKeyPair(Mechanism mechanism, Template common) throws TokenException {
        return generateKeyPair(mechanism, common, common);
    }

    /**
     * Generates a key pair.
     *
     * @param mechanism such as {@code Mechanism.EC_KEY_PAIR_GEN.curve("P-256")}
     * @param publicTemplate attributes of the public key
     * @param privateTemplate attributes of the private key
     * @return the key pair
     * @throws TokenException if the token refuses or fails
     */
    public KeyPairObject generateKeyPair(Mechanism mechanism, Template publicTemplate, Template privateTemplate)
            throws TokenException {
        return perform(new Request.GenerateKeyPair(
                Mechanism.of(mechanism.type()),
                named(mechanism.parameters().implied().and(publicTemplate)),
                named(privateTemplate)));
    }

    /**
     * Generates a secret key.
     *
     * @param mechanism such as {@code Mechanism.AES_KEY_GEN.bytes(32)}
     * @param template its attributes
     * @return the key
     * @throws TokenException if the token refuses or fails
     */
    public SecretKeyObject generateKey(Mechanism mechanism, Template template) throws TokenException {
        Template implied = mechanism.parameters().implied();
        return perform(new Request.GenerateKey(
                implied.attributes().isEmpty() ? mechanism : Mechanism.of(mechanism.type()),
                named(implied.and(template))));
    }

    /**
     * Derives a key from another.
     *
     * @param base the base key
     * @param mechanism the mechanism
     * @param template the new key's attributes
     * @return the new key
     * @throws TokenException if the token refuses or fails
     */
    public KeyObject deriveKey(KeyObject base, Mechanism mechanism, Template template) throws TokenException {
        return perform(new Request.DeriveKey(base, mechanism, template));
    }

    /**
     * Wraps a key under another.
     *
     * @param wrapping the wrapping key
     * @param mechanism the mechanism
     * @param target the key to be wrapped, which is extractable
     * @return the wrapped key, a new array
     * @throws TokenException if the token refuses or fails
     */
    public byte[] wrapKey(KeyObject wrapping, Mechanism mechanism, KeyObject target) throws TokenException {
        return perform(new Request.WrapKey(wrapping, mechanism, target));
    }

    /**
     * Unwraps a key.
     *
     * @param unwrapping the unwrapping key
     * @param mechanism the mechanism
     * @param wrapped the wrapped key; not modified, not kept
     * @param template the new key's attributes, CKA_CLASS and CKA_KEY_TYPE among them
     * @return the new key
     * @throws TokenException if the token refuses or fails
     */
    public KeyObject unwrapKey(KeyObject unwrapping, Mechanism mechanism, byte[] wrapped, Template template)
            throws TokenException {
        return perform(new Request.UnwrapKey(unwrapping, mechanism, Bytes.wrap(wrapped), template));
    }

    /**
     * Makes a shared secret for the holder of a private key.
     *
     * @param key the public key
     * @param mechanism the mechanism
     * @param template the secret key's attributes
     * @return the ciphertext and the secret key
     * @throws TokenException if the token refuses or fails
     */
    public Encapsulation encapsulate(PublicKeyObject key, Mechanism mechanism, Template template)
            throws TokenException {
        return perform(new Request.Encapsulate(key, mechanism, template));
    }

    /**
     * Recovers a shared secret.
     *
     * @param key the private key
     * @param mechanism the mechanism
     * @param ciphertext what the encapsulation made; not modified, not kept
     * @param template the secret key's attributes
     * @return the secret key
     * @throws TokenException if the token refuses or fails
     */
    public SecretKeyObject decapsulate(PrivateKeyObject key, Mechanism mechanism, byte[] ciphertext, Template template)
            throws TokenException {
        return perform(new Request.Decapsulate(key, mechanism, Bytes.wrap(ciphertext), template));
    }

    // ---- cryptography

    /**
     * Signs, or makes a MAC.
     *
     * @param key the private or secret key
     * @param mechanism the mechanism
     * @param data the message, or the digest where the mechanism takes one; not modified, not kept
     * @return the signature as the mechanism defines it (ECDSA: r‖s, twice the field size; PKCS #11 v3.2 section 6.3), a
     *     new array
     * @throws TokenPermissionException if the key may not sign (CKA_SIGN) or a policy refuses it
     * @throws TokenUnavailableException if the token does not answer in time; the signature may have been made
     * @throws TokenException if the token refuses or fails
     */
    public byte[] sign(KeyObject key, Mechanism mechanism, byte[] data) throws TokenException {
        return perform(new Request.Sign(key, mechanism, Bytes.wrap(data)));
    }

    /**
     * Verifies a signature or MAC.
     *
     * @param key the public or secret key
     * @param mechanism the mechanism
     * @param data the message, or the digest where the mechanism takes one; not modified, not kept
     * @param signature the signature, as {@link #sign} makes it; not modified, not kept
     * @return whether it is the signature of the data
     * @throws TokenException if the token cannot tell
     */
    public boolean verify(KeyObject key, Mechanism mechanism, byte[] data, byte[] signature) throws TokenException {
        return perform(new Request.Verify(key, mechanism, Bytes.wrap(data), Bytes.wrap(signature)));
    }

    /**
     * Encrypts.
     *
     * @param key the public or secret key
     * @param mechanism the mechanism
     * @param plaintext the plaintext; not modified, not kept
     * @return the ciphertext, with the tag at its end where the mechanism has one; a new array
     * @throws TokenException if the token refuses or fails
     */
    public byte[] encrypt(KeyObject key, Mechanism mechanism, byte[] plaintext) throws TokenException {
        return perform(new Request.Encrypt(key, mechanism, Bytes.wrap(plaintext)));
    }

    /**
     * Decrypts.
     *
     * @param key the private or secret key
     * @param mechanism the mechanism
     * @param ciphertext the ciphertext; not modified, not kept
     * @return the plaintext, a new array
     * @throws TokenException if the token refuses or fails; one and the same error for every malformed ciphertext
     */
    public byte[] decrypt(KeyObject key, Mechanism mechanism, byte[] ciphertext) throws TokenException {
        return perform(new Request.Decrypt(key, mechanism, Bytes.wrap(ciphertext)));
    }

    /**
     * Digests.
     *
     * @param mechanism such as {@code Mechanism.SHA256}
     * @param data the data; not modified, not kept
     * @return the digest, a new array
     * @throws TokenException if the token refuses or fails
     */
    public byte[] digest(Mechanism mechanism, byte[] data) throws TokenException {
        return perform(new Request.Digest(mechanism, Bytes.wrap(data)));
    }

    /**
     * Starts to sign data that comes in parts; end with {@link Operation#finish}.
     *
     * @param key the private or secret key
     * @param mechanism the mechanism
     * @return the operation, to be closed
     * @throws TokenException if the token refuses or fails
     */
    public Operation startSign(KeyObject key, Mechanism mechanism) throws TokenException {
        return start(new Request.Sign(key, mechanism, Bytes.empty()));
    }

    /**
     * Starts to verify data that comes in parts; end with {@link Operation#verify}.
     *
     * @param key the public or secret key
     * @param mechanism the mechanism
     * @return the operation, to be closed
     * @throws TokenException if the token refuses or fails
     */
    public Operation startVerify(KeyObject key, Mechanism mechanism) throws TokenException {
        return start(new Request.Verify(key, mechanism, Bytes.empty(), Bytes.empty()));
    }

    /**
     * Starts to encrypt data that comes in parts; end with {@link Operation#finish}.
     *
     * @param key the public or secret key
     * @param mechanism the mechanism
     * @return the operation, to be closed
     * @throws TokenException if the token refuses or fails
     */
    public Operation startEncrypt(KeyObject key, Mechanism mechanism) throws TokenException {
        return start(new Request.Encrypt(key, mechanism, Bytes.empty()));
    }

    /**
     * Starts to decrypt data that comes in parts; end with {@link Operation#finish}.
     *
     * @param key the private or secret key
     * @param mechanism the mechanism
     * @return the operation, to be closed
     * @throws TokenException if the token refuses or fails
     */
    public Operation startDecrypt(KeyObject key, Mechanism mechanism) throws TokenException {
        return start(new Request.Decrypt(key, mechanism, Bytes.empty()));
    }

    /**
     * Starts to digest data that comes in parts; end with {@link Operation#finish}.
     *
     * @param mechanism such as {@code Mechanism.SHA256}
     * @return the operation, to be closed
     * @throws TokenException if the token refuses or fails
     */
    public Operation startDigest(Mechanism mechanism) throws TokenException {
        return start(new Request.Digest(mechanism, Bytes.empty()));
    }

    /**
     * Makes random bytes on the token.
     *
     * @param length how many, 0 to 1 MiB
     * @return the bytes, a new array
     * @throws TokenException if the token refuses or fails
     */
    public byte[] random(int length) throws TokenException {
        return perform(new Request.GenerateRandom(length));
    }

    /**
     * Mixes a seed into the token's random number generator.
     *
     * @param seed the seed; not modified, not kept
     * @throws TokenException if the token takes none
     */
    public void seedRandom(byte[] seed) throws TokenException {
        perform(new Request.SeedRandom(Bytes.wrap(seed)));
    }

    // ---- PINs

    /**
     * Sets the user's PIN, as the security officer: the first one, or a new one for a user who forgot or locked theirs.
     *
     * @param newPin the new PIN; stays the caller's
     * @throws TokenPermissionException if this is no security officer's session
     * @throws TokenException if the token refuses the PIN or fails
     */
    public void initPin(Pin newPin) throws TokenException {
        perform(new Request.InitPin(newPin));
    }

    /**
     * Changes the PIN of this session's role; in a public session the user's.
     *
     * @param oldPin the PIN until now; stays the caller's
     * @param newPin the new PIN; stays the caller's
     * @throws TokenAuthenticationException if the old PIN is wrong
     * @throws TokenException if the token refuses the new PIN or fails
     */
    public void setPin(Pin oldPin, Pin newPin) throws TokenException {
        perform(new Request.SetPin(oldPin, newPin));
    }

    // ---- everything

    /**
     * Does what is asked: what every method here ends in.
     *
     * @param request what is asked
     * @param <R> the class of the result
     * @return the result
     * @throws TokenException if the token refuses or fails; the message says what was asked
     */
    public <R> R perform(Request<R> request) throws TokenException {
        try (RunningCalls.Call call = calls.enter()) {
            checkPin(request);
            return owned(request, spi.perform(request, call.options(timeout, pin())));
        } catch (TokenException e) {
            throw failed(request, e);
        }
    }

    /**
     * Does several things that do not depend on each other, in one flight or one batch where the backend can.
     *
     * @param requests what is asked
     * @return one outcome for each request, in their order; a failure touches its own only
     */
    public List<Outcome<?>> performAll(List<? extends Request<?>> requests) {
        try (RunningCalls.Call call = calls.enter()) {
            List<Outcome<?>> outcomes = new ArrayList<>(spi.performAll(requests, call.options(timeout, pin())));
            for (int i = 0; i < outcomes.size(); i++) {
                TokenException failure = outcomes.get(i).failure();
                if (failure != null) {
                    failed(requests.get(i), failure);
                } else if (outcomes.get(i).result() instanceof ObjectCursor cursor) {
                    outcomes.set(i, Outcome.success(cursorOf(requests.get(i), cursor)));
                }
            }
            return outcomes;
        }
    }

    /** What a live session asks of the session below it. */
    @FunctionalInterface
    interface Relayed<R> {
        R to(SessionSpi spi) throws TokenException;
    }

    /** Passes on what a live session asks, whose deadline and messages are its own, as a call of this session. */
    <R> R relay(Relayed<R> relayed) throws TokenException {
        RunningCalls.Call call = calls.enter();
        try {
            return relayed.to(spi);
        } finally {
            call.close();
        }
    }

    private Operation start(Request.Streamable<?> request) throws TokenException {
        try (RunningCalls.Call call = calls.enter()) {
            checkPin(request);
            Operation operation = spi.start(request, call.options(timeout, pin()));
            return new SessionOperation(operation, calls, inToken(request.describe()));
        } catch (TokenException e) {
            throw failed(request, e);
        }
    }

    /** A cursor belongs to the session: it is of no use without it. */
    private <R> R owned(Request<R> request, R result) {
        if (result instanceof ObjectCursor cursor) {
            @SuppressWarnings("unchecked") // R is ObjectCursor
            R wrapped = (R) cursorOf(request, cursor);
            return wrapped;
        }
        return result;
    }

    private ObjectCursor cursorOf(Request<?> request, ObjectCursor cursor) {
        return new SessionCursor(cursor, calls, inToken(request.describe()));
    }

    private Optional<Pin> pin() {
        return contextPin.flatMap(ContextPin::pin);
    }

    private void checkPin(Request<?> request) throws TokenException {
        if (contextPin.isPresent()) {
            contextPin.get().check(request);
        }
    }

    private TokenException failed(Request<?> request, TokenException e) {
        contextPin.ifPresent(pin -> pin.failed(request, e));
        return inContext(e, request.describe());
    }

    private TokenException inContext(TokenException e, String asked) {
        e.addContext(inToken(asked));
        return e;
    }

    private String inToken(String asked) {
        return asked + " in token \"" + spi.info().token().label() + "\"";
    }

    /** A key that is given a name is meant to be found again: it is a token object unless the template says otherwise. */
    private static Template named(Template template) {
        boolean named = template.attributes().has(Attribute.LABEL)
                || template.attributes().has(Attribute.ID);
        return named ? template.orElse(Attribute.TOKEN, true) : template;
    }

    /**
     * Ends the session. Calls that run are waited for or cancelled, as the module's options say. Idempotent, throws
     * nothing.
     */
    @Override
    public void close() {
        if (calls.close(module.options())) {
            release();
        }
    }

    /** Ends the session at its backend, when no call runs in it any more. */
    void release() {
        module.ended(calls);
        spi.close();
    }
}
