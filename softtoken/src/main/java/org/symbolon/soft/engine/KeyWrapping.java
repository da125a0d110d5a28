package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;

/**
 * Wraps keys under keys: secret keys as their value, private keys as PKCS #8.
 *
 * <p><b>Security guarantees.</b> Only authenticated or padded mechanisms wrap: no ECB, no CBC without padding, no raw RSA.
 * Whatever is wrong inside a wrapped key has one answer, CKR_WRAPPED_KEY_INVALID. Thread-safe.
 */
public final class KeyWrapping {
    private static final Set<String> FOR_SECRET_KEYS_ONLY =
            Set.of("CKM_RSA_PKCS", "CKM_RSA_PKCS_OAEP", "CKM_AES_KEY_WRAP");

    private KeyWrapping() {}

    /** Returns what the token says of CKM_RSA_AES_KEY_WRAP. */
    static MechanismInfo compositeInfo() {
        return new MechanismInfo(
                KeySizes.MIN_RSA_BITS,
                KeySizes.MAX_RSA_BITS,
                EnumSet.of(MechanismFunction.WRAP, MechanismFunction.UNWRAP));
    }

    /**
     * Wraps a key.
     *
     * @param wrapping the wrapping key, which may wrap; stays entered
     * @param mechanism the mechanism; checked before to be one that wraps
     * @param target the key to be wrapped, which may be; stays entered
     * @return the wrapped key
     * @throws TokenException if the target does not suit the mechanism
     */
    public static byte[] wrap(LoadedKey wrapping, Mechanism mechanism, LoadedKey target) throws TokenException {
        boolean isPrivate = target.attributes().get(Attribute.CLASS).equals(ObjectClass.PRIVATE_KEY);
        if (isPrivate && FOR_SECRET_KEYS_ONLY.contains(mechanism.type().name())) {
            throw Failures.operation("CKR_KEY_NOT_WRAPPABLE", mechanism + " wraps secret keys only");
        }
        byte[] encoded = isPrivate
                ? KeyEncoding.pkcs8(target.attributes())
                : target.attributes().get(Attribute.VALUE).toByteArray();
        try {
            return isComposite(mechanism)
                    ? wrapTwice(wrapping, composite(mechanism), encoded)
                    : apply(MechanismFunction.WRAP, wrapping, mechanism, encoded);
        } catch (TokenException e) {
            throw e.status().name().equals("CKR_DATA_LEN_RANGE")
                    ? Failures.operation(
                            "CKR_KEY_SIZE_RANGE", mechanism + " does not wrap keys of " + encoded.length + " bytes")
                    : e;
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static byte[] apply(MechanismFunction function, LoadedKey key, Mechanism mechanism, byte[] data)
            throws TokenException {
        try {
            return Mechanisms.engine(mechanism)
                    .start(function, key, mechanism, () -> {})
                    .run(data);
        } catch (TokenException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw Failures.engine(e);
        }
    }

    private static boolean isComposite(Mechanism mechanism) {
        return mechanism.type().equals(Mechanism.RSA_AES_KEY_WRAP.type());
    }

    private static MechanismParameters.RsaAesKeyWrap composite(Mechanism mechanism) throws TokenException {
        if (mechanism.parameters() instanceof MechanismParameters.RsaAesKeyWrap composite) {
            return composite;
        }
        throw Failures.parameter(mechanism + " wants the length of the AES key and OAEP parameters");
    }

    private static byte[] wrapTwice(LoadedKey wrapping, MechanismParameters.RsaAesKeyWrap composite, byte[] encoded)
            throws TokenException {
        byte[] aes = KeyGeneration.random(composite.aesKeyBits() / 8);
        byte[] wrappedAes = apply(MechanismFunction.WRAP, wrapping, oaep(composite), aes);
        try (LoadedKey once = aesKey(aes, wrapping.choice())) {
            byte[] wrappedKey = apply(MechanismFunction.WRAP, once, Mechanism.AES_KEY_WRAP_KWP, encoded);
            byte[] both = Arrays.copyOf(wrappedAes, wrappedAes.length + wrappedKey.length);
            System.arraycopy(wrappedKey, 0, both, wrappedAes.length, wrappedKey.length);
            return both;
        }
    }

    private static Mechanism oaep(MechanismParameters.RsaAesKeyWrap composite) {
        return new Mechanism(Mechanism.RSA_PKCS_OAEP.type(), composite.oaep());
    }

    private static LoadedKey aesKey(byte[] value, EngineChoice choice) {
        Attributes attributes = Attributes.builder()
                .set(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .set(Attribute.KEY_TYPE, KeyType.AES)
                .set(Attribute.VALUE, SecretBytes.takeOver(value))
                .build();
        return new LoadedKey(attributes, true, choice);
    }

    /**
     * Unwraps a key.
     *
     * @param key the unwrapping key, which may unwrap; stays entered
     * @param mechanism the mechanism; checked before to be one that unwraps
     * @param wrapped the wrapped key
     * @param objectClass the class of the key that it is to be
     * @param keyType its type
     * @return the key's own attributes
     * @throws TokenException with CKR_WRAPPED_KEY_INVALID if it does not open or is no such key
     */
    public static Attributes unwrap(
            LoadedKey key, Mechanism mechanism, Bytes wrapped, ObjectClass objectClass, KeyType keyType)
            throws TokenException {
        byte[] encoded = open(key, mechanism, wrapped.sharedArray());
        try {
            if (objectClass.equals(ObjectClass.PRIVATE_KEY)) {
                Attributes decoded = PrivateKeyDecoding.decode(encoded);
                if (!decoded.get(Attribute.KEY_TYPE).equals(keyType)) {
                    throw invalid();
                }
                return decoded;
            }
            return Attributes.builder()
                    .set(Attribute.VALUE, SecretBytes.copyOf(encoded))
                    .build();
        } catch (IllegalArgumentException e) {
            throw invalid();
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static byte[] open(LoadedKey key, Mechanism mechanism, byte[] wrapped) throws TokenException {
        try {
            if (isComposite(mechanism)) {
                return openTwice(key, composite(mechanism), wrapped);
            }
            return apply(MechanismFunction.UNWRAP, key, mechanism, wrapped);
        } catch (TokenException e) {
            throw switch (e.status().name()) {
                case "CKR_ENCRYPTED_DATA_LEN_RANGE" ->
                    Failures.operation(
                            "CKR_WRAPPED_KEY_LEN_RANGE", mechanism + " makes no wrapped key of " + wrapped.length);
                case "CKR_ENCRYPTED_DATA_INVALID", "CKR_FUNCTION_FAILED" -> invalid();
                default -> e;
            };
        }
    }

    private static byte[] openTwice(LoadedKey key, MechanismParameters.RsaAesKeyWrap composite, byte[] wrapped)
            throws TokenException {
        int modulusBytes =
                (KeyEncoding.integer(key.attributes(), Attribute.MODULUS).bitLength() + 7) / 8;
        if (wrapped.length <= modulusBytes) {
            throw Failures.operation("CKR_ENCRYPTED_DATA_LEN_RANGE", "the wrapped key is too short");
        }
        byte[] aes = apply(MechanismFunction.UNWRAP, key, oaep(composite), Arrays.copyOf(wrapped, modulusBytes));
        if (aes.length != composite.aesKeyBits() / 8) {
            throw invalid();
        }
        try (LoadedKey once = aesKey(aes, key.choice())) {
            return apply(
                    MechanismFunction.UNWRAP,
                    once,
                    Mechanism.AES_KEY_WRAP_KWP,
                    Arrays.copyOfRange(wrapped, modulusBytes, wrapped.length));
        }
    }

    /** The one answer to a wrapped key that is none, whatever is wrong with it. */
    public static TokenException invalid() {
        return Failures.operation("CKR_WRAPPED_KEY_INVALID", "the wrapped key does not open to such a key");
    }
}
