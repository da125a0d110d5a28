package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Change;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Done;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Login;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.ModuleInfo;
import org.symbolon.ModuleOptions;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Operation;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.SessionInfo;
import org.symbolon.SlotInfo;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.key.PublicKeys;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestHandler;
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/** A token in memory whose keys are the JDK's, which counts what it is asked and fails as a test wants it. */
final class FakeToken implements ModuleSpi, TokenSpi, AutoCloseable {
    static final char[] PIN = {'1', '2', '3', '4'};

    private final TokenInfo info;
    private final TokenModule module = TokenModule.of(this, ModuleOptions.ofDefaults());
    private final Map<ObjectId, TokenObject> objects = new ConcurrentHashMap<>();
    private final Map<ObjectId, PrivateKey> secrets = new ConcurrentHashMap<>();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<MechanismType> withheld = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lastId = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger openSessions = new AtomicInteger();
    private volatile boolean answering = true;
    private volatile boolean telling = true;
    private volatile boolean destroying = true;

    FakeToken(String label) {
        this.info = new TokenInfo(label, "nobody", "fake", "serial of " + label, Set.of(), 4, 255, OptionalInt.of(3));
    }

    Session openAsUser() throws TokenException {
        try (Pin pin = Pin.of(PIN)) {
            return module.token(info.label()).open(Login.user(pin));
        }
    }

    Session openPublic() throws TokenException {
        return module.token(info.label()).open(Login.none());
    }

    /** Takes mechanisms away. */
    void withhold(String... mechanisms) {
        for (String mechanism : mechanisms) {
            withheld.add(MechanismType.named(mechanism));
        }
    }

    void answering(boolean answers) {
        answering = answers;
    }

    /** Whether there is a change feed. */
    void telling(boolean tells) {
        telling = tells;
    }

    /** Whether objects are found when they are to be destroyed. */
    void destroying(boolean destroys) {
        destroying = destroys;
    }

    int requests() {
        return requests.get();
    }

    int logins() {
        return logins.get();
    }

    int openSessions() {
        return openSessions.get();
    }

    int objects(ObjectClass objectClass, boolean onToken) {
        return (int) objects.values().stream()
                .filter(object -> object.objectClass().equals(objectClass)
                        && object.attributes().isTrue(Attribute.TOKEN) == onToken)
                .count();
    }

    /** Puts a key pair in, as somebody else would, and tells of it. */
    PrivateKeyObject put(KeyPair keys, Attributes common) {
        Attributes publicKey =
                PublicKeys.template(keys.getPublic()).attributes().withAll(common);
        store(publicKey);
        PrivateKeyObject key = (PrivateKeyObject) store(privateHalf(publicKey));
        secrets.put(key.id(), keys.getPrivate());
        tell();
        return key;
    }

    private static Attributes privateHalf(Attributes publicKey) {
        return publicKey
                .with(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                .with(Attribute.PRIVATE, true)
                .without(Attribute.EC_POINT);
    }

    TokenObject store(Attributes attributes) {
        ObjectId id = new ObjectId.Unique(info.serialNumber(), "object-" + lastId.incrementAndGet());
        TokenObject object = TokenObject.of(id, attributes, true);
        objects.put(id, object);
        return object;
    }

    private void tell() {
        listeners.forEach(listener -> listener.changed(Change.any()));
    }

    @Override
    public void close() {
        listeners.clear();
    }

    @Override
    public List<SlotSpi> slots(CallOptions options) {
        return List.of(new OnlySlot(this));
    }

    @Override
    public ModuleInfo info() {
        return new ModuleInfo("a test's", "nobody", "1");
    }

    @Override
    public TokenInfo info(CallOptions options) {
        return info;
    }

    @Override
    public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) {
        Map<MechanismType, MechanismInfo> offered = new LinkedHashMap<>();
        for (MechanismTable.Row row : MechanismTable.rows()) {
            if (!withheld.contains(row.type()) && !row.functions().contains(MechanismFunction.DIGEST)) {
                offered.put(row.type(), new MechanismInfo(0, 16384, row.functions()));
            }
        }
        return offered;
    }

    @Override
    public SessionSpi open(Login login, boolean readOnly, CallOptions options) throws TokenException {
        if (login instanceof Login.User user) {
            logins.incrementAndGet();
            try (Pin right = Pin.of(PIN)) {
                if (!user.pin().equals(right)) {
                    throw new TokenAuthenticationException(
                            Status.ckr("CKR_PIN_INCORRECT"), "the PIN is wrong", OptionalInt.of(2), null);
                }
            }
        }
        openSessions.incrementAndGet();
        return new OpenSession(this, new SessionInfo(info, login.role(), readOnly));
    }

    @Override
    public ChangeSubscription changes(ChangeListener listener) throws TokenException {
        if (!telling) {
            throw failed("this token has no change feed", null);
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Duration changeDelay() {
        return Duration.ZERO;
    }

    private record OnlySlot(FakeToken token) implements SlotSpi {
        @Override
        public SlotInfo info() {
            return new SlotInfo(0, "the only slot", "nobody");
        }

        @Override
        public Optional<TokenSpi> token(CallOptions options) {
            return Optional.of(token);
        }

        @Override
        public TokenSpi initialize(String label, Pin soPin, CallOptions options) throws TokenException {
            throw failed("this token is as it is", null);
        }
    }

    private record OpenSession(FakeToken token, SessionInfo info) implements SessionSpi, RequestHandler {
        @Override
        public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
            token.requests.incrementAndGet();
            if (!token.answering) {
                throw new TokenUnavailableException(Status.ckr("CKR_DEVICE_REMOVED"), "the test pulled it out");
            }
            R result = request.dispatch(this, options);
            if (request.changesObjects()) {
                token.tell();
            }
            return result;
        }

        @Override
        public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
            throw failed("this token does all at once", null);
        }

        @Override
        public SessionSpi login(Login login, CallOptions options) throws TokenException {
            return token.open(login, info.readOnly(), options);
        }

        @Override
        public void close() {
            token.openSessions.decrementAndGet();
        }

        @Override
        public ObjectCursor find(Request.Find request, CallOptions options) {
            Attributes query = request.query().attributes();
            return ObjectCursor.of(token.objects.values().stream()
                    .filter(object ->
                            info.role() == Role.USER || !object.attributes().isTrue(Attribute.PRIVATE))
                    .filter(object -> object.attributes().withAll(query).equals(object.attributes()))
                    .limit(request.query().limit())
                    .toList());
        }

        @Override
        public TokenObject create(Request.Create request, CallOptions options) throws TokenException {
            Attributes attributes = request.template().attributes();
            if (!attributes.get(Attribute.CLASS).equals(ObjectClass.PRIVATE_KEY)) {
                return token.store(attributes);
            }
            TokenObject key = token.store(FakeKeys.withoutSecrets(attributes));
            token.secrets.put(key.id(), FakeKeys.imported(attributes));
            return key;
        }

        @Override
        public TokenObject copy(Request.Copy request, CallOptions options) throws TokenException {
            TokenObject source = present(request.source());
            TokenObject copy =
                    token.store(source.attributes().withAll(request.template().attributes()));
            PrivateKey secret = token.secrets.get(source.id());
            if (secret != null) {
                token.secrets.put(copy.id(), secret);
            }
            return copy;
        }

        @Override
        public TokenObject setAttributes(Request.SetAttributes request, CallOptions options) throws TokenException {
            TokenObject target = present(request.target());
            TokenObject changed = TokenObject.of(
                    target.id(), target.attributes().withAll(request.template().attributes()), true);
            token.objects.put(target.id(), changed);
            return changed;
        }

        @Override
        public Done destroy(Request.Destroy request, CallOptions options) throws TokenException {
            TokenObject present = present(request.target());
            if (!token.destroying) {
                throw new ObjectNotFoundException(Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "the test hides it");
            }
            token.objects.remove(present.id());
            return Done.DONE;
        }

        private TokenObject present(TokenObject object) throws TokenException {
            TokenObject present = token.objects.get(object.id());
            if (present == null) {
                throw new ObjectNotFoundException(Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "it is gone");
            }
            return present;
        }

        @Override
        public KeyPairObject generateKeyPair(Request.GenerateKeyPair request, CallOptions options)
                throws TokenException {
            Attributes wanted = request.publicTemplate().attributes();
            try {
                KeyPair keys = generated(wanted);
                Attributes publicKey =
                        PublicKeys.template(keys.getPublic()).attributes().withAll(wanted);
                Attributes privateKey =
                        privateHalf(publicKey).withAll(request.privateTemplate().attributes());
                PublicKeyObject publicObject = (PublicKeyObject) token.store(publicKey);
                PrivateKeyObject privateObject = (PrivateKeyObject) token.store(privateKey);
                token.secrets.put(privateObject.id(), keys.getPrivate());
                return new KeyPairObject(publicObject, privateObject);
            } catch (GeneralSecurityException e) {
                throw failed("the JDK refused", e);
            }
        }

        private static KeyPair generated(Attributes wanted) throws GeneralSecurityException {
            if (!wanted.has(Attribute.EC_PARAMS)) {
                KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
                rsa.initialize(wanted.get(Attribute.MODULUS_BITS).intValue());
                return rsa.generateKeyPair();
            }
            NamedCurve curve =
                    NamedCurve.ofEcParams(wanted.get(Attribute.EC_PARAMS)).orElseThrow();
            boolean weierstrass = curve.keyType().equals(KeyType.EC);
            AlgorithmParameterSpec spec =
                    weierstrass ? new ECGenParameterSpec(curve.jcaName()) : new NamedParameterSpec(curve.jcaName());
            KeyPairGenerator generator = KeyPairGenerator.getInstance(weierstrass ? "EC" : curve.jcaName());
            if (weierstrass) {
                generator.initialize(spec);
            }
            return generator.generateKeyPair();
        }

        @Override
        public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
            present(request.key());
            if (token.withheld.contains(request.algorithm().type())) {
                throw new TokenOperationException(Status.ckr("CKR_MECHANISM_INVALID"), "the test withholds it");
            }
            PrivateKey key =
                    Objects.requireNonNull(token.secrets.get(request.key().id()));
            try {
                return FakeKeys.sign(key, request.algorithm(), request.data().toByteArray());
            } catch (GeneralSecurityException e) {
                throw failed("the JDK refused", e);
            }
        }

        @Override
        public byte[] generateRandom(Request.GenerateRandom request, CallOptions options) {
            byte[] random = new byte[request.length()];
            new SecureRandom().nextBytes(random);
            return random;
        }

        @Override
        public Done seedRandom(Request.SeedRandom request, CallOptions options) throws TokenException {
            throw new TokenOperationException(Status.ckr("CKR_RANDOM_SEED_NOT_SUPPORTED"), "it has its own");
        }
    }

    static TokenException failed(String detail, @org.jspecify.annotations.Nullable Throwable cause) {
        return new TokenOperationException(Status.ckr("CKR_FUNCTION_FAILED"), detail, cause);
    }
}
