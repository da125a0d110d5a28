package org.symbolon.jca;

import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.StandardAttributes;
import org.symbolon.Status;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.key.TokenSecretKey;

/** Secret keys between the token and the JVM: what the JCA's names of algorithms are as objects. */
final class SecretKeys {
    /** What makes a key one of the session whose value can be read. */
    static final Template READABLE =
            Template.of(Attribute.TOKEN, false).with(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true);

    private static final Map<String, KeyType> TYPES =
            Map.of("AES", KeyType.AES, "DESEDE", KeyType.DES3, "CHACHA20", KeyType.CHACHA20);

    private SecretKeys() {}

    /** Returns the key type of an algorithm; a generic secret for the many that have none. */
    static KeyType type(String algorithm) {
        return Optional.ofNullable(TYPES.get(algorithm.toUpperCase(Locale.ROOT)))
                .orElse(KeyType.GENERIC_SECRET);
    }

    /** Returns the template of a key for an algorithm: class, type, and the uses that its name tells if none are given. */
    static Template template(String algorithm, Template given) {
        KeyType type = type(algorithm);
        return Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, type)
                .and(withUses(algorithm, given));
    }

    /** Returns a template with the uses that an algorithm's name tells, if it grants none itself. */
    static Template withUses(String algorithm, Template given) {
        if (grantsUse(given)) {
            return given;
        }
        if (!type(algorithm).equals(KeyType.GENERIC_SECRET)) {
            return given.orElse(Attribute.ENCRYPT, true).orElse(Attribute.DECRYPT, true);
        }
        Template signing = given.orElse(Attribute.SIGN, true).orElse(Attribute.VERIFY, true);
        return algorithm.regionMatches(true, 0, "Hmac", 0, 4) ? signing : signing.orElse(Attribute.DERIVE, true);
    }

    /** Returns whether a template says what the key may be used for. */
    static boolean grantsUse(Template template) {
        return StandardAttributes.USES.stream().anyMatch(template.attributes()::isTrue);
    }

    /** Returns the template of a key that only passes through the token, to be read at once. */
    static Template passing(int bytes) {
        return Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                .with(Attribute.VALUE_LEN, (long) bytes)
                .and(READABLE);
    }

    /**
     * Reads a key's value.
     *
     * @return the value, to be wiped by the caller
     * @throws TokenException if it is sensitive or not extractable
     */
    static byte[] value(Session session, KeyObject key) throws TokenException {
        Attributes read = session.getAttributes(key, Set.of(Attribute.VALUE));
        Optional<Bytes> value = read.find(Attribute.VALUE);
        if (value.isEmpty()) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_ATTRIBUTE_SENSITIVE"), key.describe() + " does not leave its token");
        }
        try {
            return value.get().toByteArray();
        } finally {
            if (value.get() instanceof SecretBytes secret) {
                secret.close();
            }
        }
    }

    /** Reads the value of a key that was made to be read, and destroys it whatever happens. */
    static byte[] take(Session session, KeyObject key) throws TokenException {
        try {
            return value(session, key);
        } finally {
            session.destroy(key);
        }
    }

    /** Creates a key of the token, for an algorithm, from one of the JVM. */
    static SecretKeyObject create(Session session, SecretKey key, String algorithm, Template template)
            throws TokenException, InvalidKeyException {
        byte[] value = key.getEncoded();
        if (value == null) {
            throw new InvalidKeyException("a secret key of " + key.getClass().getName() + " has no encoding to import");
        }
        try (SecretBytes secret = SecretBytes.takeOver(value)) {
            return (SecretKeyObject)
                    session.create(template(algorithm, template).with(Attribute.VALUE, (Bytes) secret));
        }
    }

    /** Returns a key of the JVM, and wipes the bytes that it is made of. */
    static SecretKey of(byte[] value, int offset, int length, String algorithm) {
        try {
            return new SecretKeySpec(value, offset, length, algorithm);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    static SecretKey of(byte[] value, String algorithm) {
        return of(value, 0, value.length, algorithm);
    }

    /** Returns a key that stays in the token; one of the session only as long as somebody has it. */
    static TokenSecretKey opaque(SymbolonProvider provider, Session session, KeyObject object, String algorithm) {
        SecretKeyObject watched = provider.unreachableKeys().watched(session, (SecretKeyObject) object);
        return TokenSecretKey.of(session, watched, algorithm);
    }
}
