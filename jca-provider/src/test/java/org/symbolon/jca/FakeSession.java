package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Objects;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Done;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Login;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Operation;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.Role;
import org.symbolon.SessionInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;
import org.symbolon.key.PublicKeys;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestHandler;
import org.symbolon.spi.SessionSpi;

/** A session with a token of these tests: it does what {@link FakeToken} was told to do. */
record FakeSession(FakeToken token, SessionInfo info) implements SessionSpi, RequestHandler {
    @Override
    public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
        token.ask();
        R result = request.dispatch(this, options);
        if (request.changesObjects()) {
            token.tell();
        }
        return result;
    }

    @Override
    public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        throw FakeToken.failed("this token does all at once", null);
    }

    @Override
    public SessionSpi login(Login login, CallOptions options) throws TokenException {
        return token.open(login, info.readOnly(), options);
    }

    @Override
    public void close() {
        token.left();
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
        if (!token.destroys()) {
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
    public KeyPairObject generateKeyPair(Request.GenerateKeyPair request, CallOptions options) throws TokenException {
        Attributes wanted = request.publicTemplate().attributes();
        try {
            KeyPair keys = generated(wanted);
            Attributes publicKey =
                    PublicKeys.template(keys.getPublic()).attributes().withAll(wanted);
            Attributes privateKey = FakeToken.privateHalf(publicKey)
                    .withAll(request.privateTemplate().attributes());
            PublicKeyObject publicObject = (PublicKeyObject) token.store(publicKey);
            PrivateKeyObject privateObject = (PrivateKeyObject) token.store(privateKey);
            token.secrets.put(privateObject.id(), keys.getPrivate());
            return new KeyPairObject(publicObject, privateObject);
        } catch (GeneralSecurityException e) {
            throw FakeToken.failed("the JDK refused", e);
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
        PrivateKey key = Objects.requireNonNull(token.secrets.get(request.key().id()));
        try {
            return FakeKeys.sign(key, request.algorithm(), request.data().toByteArray());
        } catch (GeneralSecurityException e) {
            throw FakeToken.failed("the JDK refused", e);
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
