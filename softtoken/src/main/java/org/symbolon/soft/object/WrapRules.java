package org.symbolon.soft.object;

import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.ObjectClass;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;

/**
 * Which key may be wrapped under which (PKCS #11 v3.2 section 5.18.3).
 *
 * <p>Beyond the standard, a key that wraps must not decrypt and a key that unwraps must not encrypt: with both, whoever may
 * use the key reads every extractable key of the token, or brings in keys of its own.
 */
public final class WrapRules {
    private WrapRules() {}

    /**
     * Refuses to wrap a key under another.
     *
     * @param wrapping the wrapping key
     * @param target the key to be wrapped
     * @throws TokenException if it may not be
     */
    public static void requireWrappable(Attributes wrapping, Attributes target) throws TokenException {
        requireApart(wrapping, Attribute.WRAP, Attribute.DECRYPT);
        ObjectClass objectClass = target.get(Attribute.CLASS);
        if (!objectClass.equals(ObjectClass.SECRET_KEY) && !objectClass.equals(ObjectClass.PRIVATE_KEY)) {
            throw new TokenOperationException(
                    Status.ckr("CKR_KEY_NOT_WRAPPABLE"), "secret and private keys are wrapped, not a " + objectClass);
        }
        if (!target.isTrue(Attribute.EXTRACTABLE)) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_KEY_UNEXTRACTABLE"), "the key's CKA_EXTRACTABLE is not true");
        }
        if (target.isTrue(Attribute.WRAP_WITH_TRUSTED) && !wrapping.isTrue(Attribute.TRUSTED)) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_KEY_NOT_WRAPPABLE"),
                    "the key's CKA_WRAP_WITH_TRUSTED wants a wrapping key with CKA_TRUSTED");
        }
        if (!target.has(Attribute.VALUE) && !target.has(Attribute.PRIVATE_EXPONENT)) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"), "the key's value is sealed until somebody logs in");
        }
        KeyTemplates.requireMatch(target, wrapping, Attribute.WRAP_TEMPLATE);
    }

    /**
     * Refuses to unwrap with a key.
     *
     * @param key the unwrapping key
     * @throws TokenException if it may not
     */
    public static void requireUnwrapping(Attributes key) throws TokenException {
        requireApart(key, Attribute.UNWRAP, Attribute.ENCRYPT);
    }

    private static void requireApart(Attributes key, Attribute<Boolean> use, Attribute<Boolean> other)
            throws TokenException {
        if (key.isTrue(other)) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_KEY_FUNCTION_NOT_PERMITTED"),
                    "a key with both " + use + " and " + other + " would undo what the other is for");
        }
    }
}
