package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import org.symbolon.Attribute;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenPrivateKey;

/** What comes out of {@code Cipher.unwrap}: keys of the JVM, or keys that stay in the token. */
final class UnwrappedKeys {
    private UnwrappedKeys() {}

    /** Returns a key of its encoding, which is wiped. */
    static Key decode(byte[] encoded, String algorithm, int type) throws InvalidKeyException, NoSuchAlgorithmException {
        try {
            return switch (type) {
                case Cipher.SECRET_KEY -> SecretKeys.of(encoded, algorithm);
                case Cipher.PRIVATE_KEY ->
                    KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
                case Cipher.PUBLIC_KEY ->
                    KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
                default -> throw new InvalidKeyException("no kind of key has the number " + type);
            };
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new InvalidKeyException("what was unwrapped is no " + algorithm + " key", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /**
     * Unwraps on the token.
     *
     * @param own the template of a key that stays there; empty for a secret key that comes out
     */
    static Key onToken(
            SymbolonProvider provider,
            TokenKey unwrapping,
            Mechanism mechanism,
            byte[] wrapped,
            String algorithm,
            int type,
            Optional<Template> own)
            throws InvalidKeyException {
        Session session = unwrapping.session();
        try {
            if (type == Cipher.SECRET_KEY) {
                Template template = SecretKeys.template(
                        algorithm, own.orElseGet(() -> SecretKeys.withUses(algorithm, SecretKeys.READABLE)));
                KeyObject made = session.unwrapKey(unwrapping.object(), mechanism, wrapped, named(template));
                return own.isPresent()
                        ? SecretKeys.opaque(provider, session, made, algorithm)
                        : SecretKeys.of(SecretKeys.take(session, made), algorithm);
            } else if (type == Cipher.PRIVATE_KEY) {
                PrivateKeyObject made =
                        privateKey(session, unwrapping, mechanism, wrapped, algorithm, own.orElse(Template.empty()));
                return TokenPrivateKey.of(
                        session, provider.unreachableKeys().watched(session, made), publicKey(session, made));
            }
            throw new InvalidKeyException("tokens unwrap secret and private keys, no public ones");
        } catch (TokenException | IllegalArgumentException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    private static PrivateKeyObject privateKey(
            Session session, TokenKey unwrapping, Mechanism mechanism, byte[] wrapped, String algorithm, Template own)
            throws TokenException, InvalidKeyException {
        Template template = named(Template.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                .with(Attribute.KEY_TYPE, privateType(algorithm))
                .and(own));
        return (PrivateKeyObject) session.unwrapKey(unwrapping.object(), mechanism, wrapped, template);
    }

    private static PublicKey publicKey(Session session, PrivateKeyObject made)
            throws TokenException, InvalidKeyException {
        Optional<PublicKey> publicKey = PublicKeys.find(made);
        if (publicKey.isEmpty()) {
            session.destroy(made);
            throw new InvalidKeyException("the token does not tell the public key of what it unwrapped, "
                    + "without which the JVM cannot use the private one");
        }
        return publicKey.get();
    }

    private static Template named(Template template) {
        return template.orElse(Attribute.TOKEN, false);
    }

    private static KeyType privateType(String algorithm) throws InvalidKeyException {
        return switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "RSA", "RSASSA-PSS" -> KeyType.RSA;
            case "EC", "ECDSA" -> KeyType.EC;
            case "EDDSA", "ED25519", "ED448" -> KeyType.EC_EDWARDS;
            case "XDH", "X25519", "X448" -> KeyType.EC_MONTGOMERY;
            case "DH", "DIFFIEHELLMAN" -> KeyType.DH;
            case "ML-DSA" -> KeyType.ML_DSA;
            case "ML-KEM" -> KeyType.ML_KEM;
            default -> throw new InvalidKeyException("no private keys of tokens have the algorithm " + algorithm);
        };
    }

    /** Wraps the JVM's message of a failure round the token's; unwrap's callers tell nothing else by it. */
    static InvalidKeyException invalid(GeneralSecurityException e) {
        return new InvalidKeyException(e.getMessage(), e);
    }
}
