package org.symbolon.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Change;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Done;
import org.symbolon.KeyType;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.ModuleInfo;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Operation;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.SessionInfo;
import org.symbolon.SlotInfo;
import org.symbolon.Status;
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

/** A token in memory that signs with the JDK, and fails, lies and forgets as a test wants it. */
public final class TestToken implements ModuleSpi, TokenSpi {
    private static final String SERIAL = "TEST0001";
    private static final TokenInfo INFO =
            new TokenInfo("Test", "nobody", "test", SERIAL, Set.of(), 0, 0, OptionalInt.empty());

    private final Map<ObjectId, TokenObject> objects = new ConcurrentHashMap<>();
    private final Map<ObjectId, KeyPair> secrets = new ConcurrentHashMap<>();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final AtomicInteger finds = new AtomicInteger();
    private final AtomicInteger signatures = new AtomicInteger();
    private final TokenModule module = TokenModule.of(this, ModuleOptions.ofDefaults());
    private volatile @Nullable Attribute<?> dropped;
    private volatile boolean verified = true;
    private volatile boolean hashing = true;
    private volatile boolean answering = true;

    /** Opens a session as the user. */
    public Session open() throws TokenException {
        return module.token("Test").open(Login.none());
    }

    /** Whether objects are vouched for from now on. */
    public void vouching(boolean vouches) {
        verified = vouches;
    }

    /** Drops an attribute of what is created from now on. */
    public void dropping(Attribute<?> attribute) {
        dropped = attribute;
    }

    /** Whether signatures hash on the token from now on. */
    public void hashing(boolean hashes) {
        hashing = hashes;
    }

    /** Whether the token answers from now on. */
    public void answering(boolean answers) {
        answering = answers;
    }

    /** How many finds there were. */
    public int finds() {
        return finds.get();
    }

    /** How many signatures were asked for, refused ones included. */
    public int signatures() {
        return signatures.get();
    }

    /** Puts a key pair into the token: a public and a private key of one label and id. */
    public void put(String label, KeyPair keys) {
        Attributes open = PublicKeys.template(keys.getPublic())
                .attributes()
                .with(Attribute.LABEL, label)
                .with(Attribute.ID, Bytes.of((byte) lastId.get()))
                .with(Attribute.TOKEN, true);
        store(open);
        Attributes secret = open.with(Attribute.CLASS, ObjectClass.PRIVATE_KEY);
        KeyType type = open.get(Attribute.KEY_TYPE);
        TokenObject stored = store(type.equals(KeyType.RSA) ? secret : withoutPoint(secret));
        secrets.put(stored.id(), keys);
        tell(Change.of(Change.Kind.CREATED, stored.id()));
    }

    /** Puts an object into the token without a word to anyone, as somebody with a database editor would. */
    public TokenObject store(Attributes attributes) {
        ObjectId id = new ObjectId.Unique(SERIAL, "object-" + lastId.incrementAndGet());
        TokenObject object = TokenObject.of(id, attributes, true);
        objects.put(id, object);
        return object;
    }

    /** How many objects there are. */
    public int size() {
        return objects.size();
    }

    /** Ends all sessions. */
    @Override
    public void close() {
        listeners.clear();
    }

    private static Attributes withoutPoint(Attributes key) {
        Attributes less = Attributes.none();
        for (Attribute<?> attribute : List.of(
                Attribute.CLASS,
                Attribute.LABEL,
                Attribute.ID,
                Attribute.TOKEN,
                Attribute.KEY_TYPE,
                Attribute.EC_PARAMS)) {
            less = copied(attribute, key, less);
        }
        return less;
    }

    private static <T> Attributes copied(Attribute<T> attribute, Attributes from, Attributes to) {
        return to.with(attribute, from.get(attribute));
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.changed(change));
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
        return INFO;
    }

    @Override
    public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) {
        return Map.of();
    }

    @Override
    public SessionSpi open(Login login, boolean readOnly, CallOptions options) {
        return new OpenSession(this, new SessionInfo(INFO, Role.USER, readOnly));
    }

    @Override
    public ChangeSubscription changes(ChangeListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Duration changeDelay() {
        return Duration.ZERO;
    }

    private record OnlySlot(TestToken token) implements SlotSpi {
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

    private record OpenSession(TestToken token, SessionInfo info) implements SessionSpi, RequestHandler {
        @Override
        public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
            if (!token.answering) {
                throw new TokenUnavailableException(Status.ckr("CKR_DEVICE_REMOVED"), "the test pulled it out");
            }
            return request.dispatch(this, options);
        }

        @Override
        public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
            throw failed("this token signs at once", null);
        }

        @Override
        public SessionSpi login(Login login, CallOptions options) {
            return this;
        }

        @Override
        public ObjectCursor find(Request.Find request, CallOptions options) {
            token.finds.incrementAndGet();
            Attributes query = request.query().attributes();
            return ObjectCursor.of(token.objects.values().stream()
                    .filter(object -> object.attributes().withAll(query).equals(object.attributes()))
                    .limit(request.query().limit())
                    .map(object -> TokenObject.of(object.id(), object.attributes(), token.verified))
                    .toList());
        }

        @Override
        public TokenObject create(Request.Create request, CallOptions options) {
            Attribute<?> dropped = token.dropped;
            Attributes given = request.template().attributes();
            TokenObject object = token.store(dropped == null ? given : given.without(dropped));
            token.tell(Change.of(Change.Kind.CREATED, object.id()));
            return object;
        }

        @Override
        public Attributes getAttributes(Request.GetAttributes request, CallOptions options) {
            return Objects.requireNonNull(token.objects.get(request.target().id()))
                    .attributes();
        }

        @Override
        public TokenObject setAttributes(Request.SetAttributes request, CallOptions options) {
            TokenObject before =
                    Objects.requireNonNull(token.objects.get(request.target().id()));
            TokenObject after = TokenObject.of(
                    before.id(), before.attributes().withAll(request.template().attributes()), true);
            token.objects.put(after.id(), after);
            token.tell(Change.of(Change.Kind.MODIFIED, after.id()));
            return after;
        }

        @Override
        public Done destroy(Request.Destroy request, CallOptions options) throws TokenException {
            if (token.objects.remove(request.target().id()) == null) {
                throw new ObjectNotFoundException(Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "it is gone");
            }
            token.tell(Change.of(Change.Kind.DESTROYED, request.target().id()));
            return Done.DONE;
        }

        @Override
        public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
            token.signatures.incrementAndGet();
            KeyPair keys = token.secrets.get(request.key().id());
            MechanismType type = request.algorithm().type();
            boolean hashes =
                    MechanismTable.row(type).flatMap(MechanismTable.Row::hash).isPresent();
            if (keys == null || (hashes && !token.hashing)) {
                throw new MechanismNotSupportedException(Status.ckr("CKR_MECHANISM_INVALID"), type + " is not known");
            }
            try {
                return type.equals(Mechanism.RSA_PKCS.type())
                        ? padded(keys, request.data().toByteArray())
                        : signed(jcaName(type), keys, request.data().toByteArray());
            } catch (GeneralSecurityException e) {
                throw failed("the JDK refused", e);
            }
        }

        @Override
        public void close() {}

        private static String jcaName(MechanismType type) {
            if (type.equals(Mechanism.ECDSA.type())) {
                return "NONEwithECDSAinP1363Format";
            }
            List<String> names =
                    new ArrayList<>(MechanismTable.row(type).orElseThrow().jcaNames());
            names.removeIf(name -> name.contains("withECDSA") && !name.endsWith("inP1363Format"));
            return names.get(0).substring("Signature:".length());
        }

        private static byte[] signed(String name, KeyPair keys, byte[] data) throws GeneralSecurityException {
            Signature signature = Signature.getInstance(name);
            signature.initSign(keys.getPrivate());
            signature.update(data);
            return signature.sign();
        }

        private static byte[] padded(KeyPair keys, byte[] data) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, keys.getPrivate());
            return cipher.doFinal(data);
        }
    }

    private static TokenException failed(String detail, @Nullable Throwable cause) {
        return new TokenOperationException(Status.ckr("CKR_FUNCTION_FAILED"), detail, cause);
    }
}
