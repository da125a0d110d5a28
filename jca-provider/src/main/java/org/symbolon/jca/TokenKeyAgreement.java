package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.key.TokenPrivateKey;

/**
 * ECDH, XDH and Diffie-Hellman with a private key of the token. {@code generateSecret()} gives the secret as bytes,
 * {@code generateSecret("AES")} and its like a key that stays in the token. Not thread-safe, as no KeyAgreement is.
 */
final class TokenKeyAgreement extends KeyAgreementSpi {
    /** What JSSE asks for, which goes on in software. */
    private static final String TLS_PREMASTER_SECRET = "TlsPremasterSecret";

    private static final Pattern SIZED = Pattern.compile("(?<name>[^\\[]+)(\\[(?<bits>\\d{1,5})\\])?");

    private final SymbolonProvider provider;
    private final AgreementAlgorithm algorithm;
    private @Nullable TokenPrivateKey key;
    private Template template = Template.empty();
    private Bytes shared = Bytes.empty();
    private @Nullable Mechanism mechanism;

    TokenKeyAgreement(SymbolonProvider provider, AgreementAlgorithm algorithm) {
        this.provider = provider;
        this.algorithm = algorithm;
    }

    @Override
    protected void engineInit(Key newKey, @Nullable SecureRandom random) throws InvalidKeyException {
        key = null;
        mechanism = null;
        template = Template.empty();
        shared = Bytes.empty();
        TokenPrivateKey own = OwnKeys.require(provider, newKey, TokenPrivateKey.class, "agrees on secrets");
        if (!algorithm.takes(own)) {
            throw new InvalidKeyException(own + " is no key for " + algorithm.name());
        }
        provider.capabilities().require(own, MechanismFunction.DERIVE, algorithm.type());
        key = own;
    }

    /**
     * Takes a {@link TokenKeyGenParameterSpec}, whose attributes the agreed key gets; for a name with a key derivation function
     * Bouncy Castle's UserKeyingMaterialSpec.
     */
    @Override
    protected void engineInit(Key newKey, @Nullable AlgorithmParameterSpec spec, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        Optional<Bytes> material = ForeignParameters.KEYING_MATERIAL.read(spec);
        if (material.isPresent() && algorithm.kdf().isPresent()) {
            engineInit(newKey, random);
            shared = material.get();
            return;
        }
        if (spec != null && !(spec instanceof TokenKeyGenParameterSpec)) {
            throw new InvalidAlgorithmParameterException(
                    algorithm.name() + " takes no parameters, or a TokenKeyGenParameterSpec for the agreed key, not "
                            + spec.getClass().getName());
        }
        engineInit(newKey, random);
        template = spec instanceof TokenKeyGenParameterSpec own ? own.template() : Template.empty();
    }

    @Override
    protected @Nullable Key engineDoPhase(Key other, boolean lastPhase) throws InvalidKeyException {
        TokenPrivateKey own = initialised();
        if (!lastPhase) {
            throw new IllegalStateException(algorithm.name() + " has one phase: two parties agree");
        }
        if (!(other instanceof PublicKey publicKey)) {
            throw new InvalidKeyException("the other party is known by its public key");
        }
        mechanism = algorithm.mechanism(own, publicKey, shared);
        return null;
    }

    private TokenPrivateKey initialised() {
        if (key == null) {
            throw new IllegalStateException("the KeyAgreement is not initialised");
        }
        return key;
    }

    @Override
    protected byte[] engineGenerateSecret() {
        TokenPrivateKey own = initialised();
        Mechanism agreed = agreed();
        if (algorithm.kdf().isPresent()) {
            throw new IllegalStateException(algorithm.name()
                    + " makes as many bytes as the key has: name it, as in generateSecret(\"AES[256]\")");
        }
        Session session = own.session();
        try {
            int bytes = algorithm.secretBytes(own);
            KeyObject secret = session.deriveKey(own.object(), agreed, SecretKeys.passing(bytes));
            byte[] value = SecretKeys.take(session, secret);
            mechanism = null;
            return value;
        } catch (TokenException e) {
            throw Failures.provider(e);
        }
    }

    private Mechanism agreed() {
        if (mechanism == null) {
            throw new IllegalStateException("doPhase comes before generateSecret");
        }
        return mechanism;
    }

    @Override
    protected int engineGenerateSecret(byte[] output, int offset) throws ShortBufferException {
        int bytes = algorithm.secretBytes(initialised());
        if (output.length - offset < bytes) {
            throw new ShortBufferException(
                    "the secret has " + bytes + " bytes, there is room for " + (output.length - offset));
        }
        byte[] secret = engineGenerateSecret();
        System.arraycopy(secret, 0, output, offset, secret.length);
        Arrays.fill(secret, (byte) 0);
        return bytes;
    }

    @Override
    protected SecretKey engineGenerateSecret(String wanted) throws NoSuchAlgorithmException, InvalidKeyException {
        if (wanted.equals(TLS_PREMASTER_SECRET)) {
            return SecretKeys.of(engineGenerateSecret(), wanted);
        }
        Optional<WrappingKeyName> wrapping = WrappingKeyName.of(wanted);
        if (wrapping.isPresent()) {
            return onToken(
                    "AES", OptionalInt.of(wrapping.get().bits()), wrapping.get().uses());
        }
        Matcher sized = SIZED.matcher(wanted);
        if (!sized.matches()) {
            throw new NoSuchAlgorithmException("no key algorithm is named " + wanted);
        }
        String name = sized.group("name");
        OptionalInt bits = sized.group("bits") == null
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(sized.group("bits")));
        return onToken(name, bits, Template.empty());
    }

    private SecretKey onToken(String name, OptionalInt bits, Template uses)
            throws NoSuchAlgorithmException, InvalidKeyException {
        TokenPrivateKey own = initialised();
        Mechanism agreed = agreed();
        Optional<SecretKeyAlgorithm> kind = SecretKeyAlgorithm.of(name);
        if (kind.isEmpty()) {
            throw new NoSuchAlgorithmException("tokens have no keys for " + name);
        }
        int secretBytes = algorithm.secretBytes(own);
        boolean asLongAsWanted = algorithm.kdf().isPresent();
        int bytes = asLongAsWanted
                ? kind.get().derivedBytes(bits, kind.get().maxBytes())
                : kind.get().derivedBytes(bits, secretBytes);
        Template whole = SecretKeys.template(kind.get().name(), uses.and(template))
                .orElse(Attribute.TOKEN, false)
                .orElse(Attribute.SENSITIVE, true)
                .orElse(Attribute.EXTRACTABLE, false);
        Template sized = kind.get().hasLength() ? whole.with(Attribute.VALUE_LEN, (long) bytes) : whole;
        Session session = own.session();
        try {
            KeyObject secret = asLongAsWanted || bytes == secretBytes
                    ? session.deriveKey(own.object(), agreed, sized)
                    : leading(own, agreed, sized, secretBytes);
            mechanism = null;
            return SecretKeys.opaque(provider, session, secret, kind.get().name());
        } catch (TokenException e) {
            throw Failures.provider(e);
        }
    }

    /** Cuts a key from the beginning of the secret, as other providers do; PKCS #11 by itself keeps the end of it. */
    private static KeyObject leading(TokenPrivateKey own, Mechanism agreed, Template wanted, int secretBytes)
            throws TokenException {
        Session session = own.session();
        Template whole = SecretKeys.passing(secretBytes)
                .with(Attribute.DERIVE, true)
                .with(Attribute.SENSITIVE, wanted.attributes().isTrue(Attribute.SENSITIVE))
                .with(Attribute.EXTRACTABLE, wanted.attributes().isTrue(Attribute.EXTRACTABLE));
        KeyObject secret = session.deriveKey(own.object(), agreed, whole);
        try {
            Mechanism fromTheFirstBit = Mechanism.EXTRACT_KEY_FROM_KEY.of(new DerivationParameters.BitPosition(0));
            return session.deriveKey(secret, fromTheFirstBit, wanted);
        } finally {
            session.destroy(secret);
        }
    }
}
