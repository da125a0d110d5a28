package org.symbolon.jca;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.symbolon.Login;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.ModuleInfo;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
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
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/** A token in memory whose keys are the JDK's, which counts what it is asked and fails as a test wants it. */
final class FakeToken implements ModuleSpi, TokenSpi, AutoCloseable {
    static final char[] PIN = {'1', '2', '3', '4'};

    private final TokenInfo info;
    private final TokenModule module = TokenModule.of(this, ModuleOptions.ofDefaults());
    final Map<ObjectId, TokenObject> objects = new ConcurrentHashMap<>();
    final Map<ObjectId, PrivateKey> secrets = new ConcurrentHashMap<>();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    final Set<MechanismType> withheld = ConcurrentHashMap.newKeySet();
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

    /** Counts a request, and fails it as the test wants. */
    void ask() throws TokenException {
        requests.incrementAndGet();
        if (!answering) {
            throw new TokenUnavailableException(Status.ckr("CKR_DEVICE_REMOVED"), "the test pulled it out");
        }
    }

    boolean destroys() {
        return destroying;
    }

    /** A session has ended. */
    void left() {
        openSessions.decrementAndGet();
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

    static Attributes privateHalf(Attributes publicKey) {
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

    void tell() {
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
        return new FakeSession(this, new SessionInfo(info, login.role(), readOnly));
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

    static TokenException failed(String detail, @org.jspecify.annotations.Nullable Throwable cause) {
        return new TokenOperationException(Status.ckr("CKR_FUNCTION_FAILED"), detail, cause);
    }
}
