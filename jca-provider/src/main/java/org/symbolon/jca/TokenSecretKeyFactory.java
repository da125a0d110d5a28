package org.symbolon.jca;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.key.TokenSecretKey;

/**
 * Brings secret keys of the JVM into the token as session objects, shows those that are extractable, and makes keys of
 * passwords (PBKDF2, RFC 8018 section 5.2). Thread-safe.
 */
final class TokenSecretKeyFactory extends SecretKeyFactorySpi {
    private static final int MAX_UTF8_BYTES = 4;

    private final SymbolonProvider provider;
    private final String algorithm;
    private final Optional<HashAlgorithm> passwordHash;

    TokenSecretKeyFactory(SymbolonProvider provider, String algorithm, Optional<HashAlgorithm> passwordHash) {
        this.provider = provider;
        this.algorithm = algorithm;
        this.passwordHash = passwordHash;
    }

    @Override
    protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
        try {
            if (passwordHash.isPresent()) {
                if (spec instanceof PBEKeySpec password) {
                    return ofPassword(password, passwordHash.get());
                }
                throw new InvalidKeySpecException(algorithm + " takes a PBEKeySpec, not "
                        + spec.getClass().getName());
            } else if (spec instanceof SecretKeySpec key) {
                return imported(key);
            }
            throw new InvalidKeySpecException(
                    algorithm + " takes a SecretKeySpec, not " + spec.getClass().getName());
        } catch (InvalidKeyException e) {
            throw new InvalidKeySpecException(e.getMessage(), e);
        }
    }

    private TokenSecretKey imported(SecretKey key) throws InvalidKeyException {
        try {
            Session session = provider.link().session();
            SecretKeyObject made = SecretKeys.create(session, key, algorithm, SecretKeys.READABLE);
            return SecretKeys.opaque(provider, session, made, algorithm);
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw Failures.provider(e);
        }
    }

    private TokenSecretKey ofPassword(PBEKeySpec spec, HashAlgorithm hash) throws InvalidKeySpecException {
        if (spec.getSalt() == null || spec.getKeyLength() <= 0 || spec.getKeyLength() % Byte.SIZE != 0) {
            throw new InvalidKeySpecException(
                    "PBKDF2 wants a salt, an iteration count and a key length in whole bytes");
        }
        try (SecretBytes password = SecretBytes.takeOver(utf8(spec.getPassword()))) {
            Session session = provider.link().session();
            Mechanism mechanism = Mechanism.PKCS5_PBKD2.of(new DerivationParameters.Pbkdf2(
                    hash, Bytes.of(spec.getSalt()), spec.getIterationCount(), password));
            provider.capabilities().requireOffered(session, MechanismFunction.GENERATE, mechanism.type());
            Template template = SecretKeys.template(algorithm, Template.empty())
                    .with(Attribute.VALUE_LEN, (long) spec.getKeyLength() / Byte.SIZE)
                    .and(SecretKeys.READABLE);
            return SecretKeys.opaque(provider, session, session.generateKey(mechanism, template), algorithm);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException(e.getMessage(), e);
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw Failures.provider(e);
        }
    }

    /** Encodes a password and wipes it. */
    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = ByteBuffer.allocate(MAX_UTF8_BYTES * password.length);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(password), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(password, '\0');
        return bytes;
    }

    @Override
    protected KeySpec engineGetKeySpec(@Nullable SecretKey key, @Nullable Class<?> wanted)
            throws InvalidKeySpecException {
        try {
            TokenSecretKey own = OwnKeys.require(provider, key, TokenSecretKey.class, "shows keys");
            if (wanted == null || !wanted.isAssignableFrom(SecretKeySpec.class)) {
                throw new InvalidKeySpecException("a key of the token is shown as a SecretKeySpec only");
            }
            byte[] value = SecretKeys.value(own.session(), own.object());
            return (SecretKeySpec) SecretKeys.of(value, own.getAlgorithm());
        } catch (InvalidKeyException | TokenException e) {
            throw new InvalidKeySpecException(e.getMessage(), e);
        }
    }

    /** Returns a key of the token as it is, and imports one of the JVM. */
    @Override
    protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
        if (key instanceof TokenSecretKey) {
            return OwnKeys.require(provider, key, TokenSecretKey.class, "translates keys");
        }
        if (passwordHash.isPresent()) {
            throw new InvalidKeyException(algorithm + " makes keys of passwords, and translates none");
        }
        return imported(key);
    }
}
