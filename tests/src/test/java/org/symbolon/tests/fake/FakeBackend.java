package org.symbolon.tests.fake;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.KeyType;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismType;
import org.symbolon.ModuleInfo;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.Operation;
import org.symbolon.Pin;
import org.symbolon.SessionInfo;
import org.symbolon.SlotInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleFactory;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestHandler;
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/** A backend whose one token holds a P-256 key pair labelled {@code fake} and signs with the JDK. */
public final class FakeBackend implements ModuleFactory {
    private static final TokenInfo TOKEN =
            new TokenInfo("Fake", "nobody", "fake", "FAKE0001", Set.of(), 0, 0, OptionalInt.empty());

    @Override
    public Set<String> schemes() {
        return Set.of("fake");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public ModuleSpi open(ModuleUri uri, ModuleOptions options) throws TokenException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return new FakeModule(FakeToken.of(generator.generateKeyPair()));
        } catch (GeneralSecurityException e) {
            throw new TokenOperationException(Status.ckr("CKR_FUNCTION_FAILED"), "the JDK refused", e);
        }
    }

    private record FakeModule(FakeToken token) implements ModuleSpi {
        @Override
        public ModuleInfo info() {
            return new ModuleInfo("a fake", "nobody", "1");
        }

        @Override
        public List<SlotSpi> slots(CallOptions options) {
            return List.of(token);
        }

        @Override
        public void close() {}
    }

    private record FakeToken(KeyPair keys, List<TokenObject> objects) implements SlotSpi, TokenSpi {
        static FakeToken of(KeyPair keys) {
            String spki = Bytes.wrap(keys.getPublic().getEncoded()).toHex();
            Attributes both = Attributes.none()
                    .with(Attribute.LABEL, "fake")
                    .with(Attribute.KEY_TYPE, KeyType.EC)
                    .with(Attribute.EC_PARAMS, NamedCurve.P256.ecParams())
                    .with(Attribute.EC_POINT, Bytes.ofHex("0441" + spki.substring(spki.length() - 130)))
                    .with(Attribute.SIGN, true)
                    .with(Attribute.TOKEN, true);
            return new FakeToken(
                    keys, List.of(object(both, ObjectClass.PUBLIC_KEY), object(both, ObjectClass.PRIVATE_KEY)));
        }

        private static TokenObject object(Attributes attributes, ObjectClass objectClass) {
            ObjectId id = new ObjectId.Unique(TOKEN.serialNumber(), objectClass.name());
            return TokenObject.of(id, attributes.with(Attribute.CLASS, objectClass), true);
        }

        @Override
        public SlotInfo info() {
            return new SlotInfo(0, "the only slot", "nobody");
        }

        @Override
        public Optional<TokenSpi> token(CallOptions options) {
            return Optional.of(this);
        }

        @Override
        public TokenSpi initialize(String label, Pin soPin, CallOptions options) throws TokenException {
            throw new TokenOperationException(Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"), "this token is as it is");
        }

        @Override
        public TokenInfo info(CallOptions options) {
            return TOKEN;
        }

        @Override
        public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) {
            return Map.of(Mechanism.ECDSA.type(), new MechanismInfo(256, 256, Set.of(MechanismFunction.SIGN)));
        }

        @Override
        public SessionSpi open(Login login, boolean readOnly, CallOptions options) {
            return new FakeSession(this, new SessionInfo(TOKEN, login.role(), readOnly));
        }

        @Override
        public ChangeSubscription changes(ChangeListener listener) {
            return () -> {}; // nothing ever changes
        }

        @Override
        public Duration changeDelay() {
            return Duration.ZERO;
        }
    }

    private record FakeSession(FakeToken token, SessionInfo info) implements SessionSpi, RequestHandler {
        @Override
        public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
            return request.dispatch(this, options);
        }

        @Override
        public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
            throw new TokenOperationException(Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"), "this token signs at once");
        }

        @Override
        public SessionSpi login(Login login, CallOptions options) {
            return token.open(login, info.readOnly(), options);
        }

        @Override
        public ObjectCursor find(Request.Find request, CallOptions options) {
            Attributes query = request.query().attributes();
            return ObjectCursor.of(token.objects.stream()
                    .filter(object -> object.attributes().withAll(query).equals(object.attributes()))
                    .limit(request.query().limit())
                    .toList());
        }

        @Override
        public Attributes getAttributes(Request.GetAttributes request, CallOptions options) {
            return request.target().attributes(); // a find gives them all
        }

        @Override
        public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
            if (!request.algorithm().equals(Mechanism.ECDSA)) {
                throw new MechanismNotSupportedException(Status.ckr("CKR_MECHANISM_INVALID"), "there is ECDSA only");
            }
            try {
                Signature signature = Signature.getInstance("NONEwithECDSAinP1363Format");
                signature.initSign(token.keys.getPrivate());
                signature.update(request.data().toByteBuffer());
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new TokenOperationException(Status.ckr("CKR_FUNCTION_FAILED"), "the JDK refused", e);
            }
        }

        @Override
        public void close() {}
    }
}
