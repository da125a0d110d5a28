package org.symbolon.soft.object;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.HashAlgorithm;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.StandardAttributes;
import org.symbolon.Status;
import org.symbolon.TokenPermissionException;

/**
 * What a token refuses beyond the standard: keys that undo each other's protection, and keys and signatures that are too
 * weak by now.
 */
public enum Hardening {
    /** All of it. */
    STRICT,
    /** Nothing. */
    COMPAT;

    private static final int MIN_RSA_BITS = 2048;
    private static final Set<KeyType> WEAK_TYPES = Set.of(KeyType.DES3);
    private static final Set<MechanismType> SHA1_SIGNATURES = Set.of(
            MechanismType.named("CKM_SHA1_RSA_PKCS"),
            MechanismType.named("CKM_SHA1_RSA_PKCS_PSS"),
            MechanismType.named("CKM_ECDSA_SHA1"));
    private static final Set<MechanismType> RAW_WRAPPING = Set.of(
            MechanismType.named("CKM_AES_ECB"),
            MechanismType.named("CKM_DES3_ECB"),
            MechanismType.named("CKM_RSA_X_509"));
    /** What makes something new; the other uses open what was made before. */
    private static final Set<Attribute<Boolean>> MAKING =
            Set.of(Attribute.SIGN, Attribute.ENCRYPT, Attribute.WRAP, Attribute.DERIVE, Attribute.ENCAPSULATE);

    /**
     * Refuses an object that is not to be.
     *
     * @param object its attributes
     * @throws InvalidAttributeException if so
     */
    public void requireSound(Attributes object) throws InvalidAttributeException {
        if (this == COMPAT || !object.get(Attribute.CLASS).isKey()) {
            return;
        }
        requireApart(object, object, Attribute.WRAP, Attribute.DECRYPT);
        requireApart(object, object, Attribute.UNWRAP, Attribute.ENCRYPT);
        if (object.find(Attribute.KEY_TYPE).filter(WEAK_TYPES::contains).isPresent()) {
            throw invalid(
                    "CKR_ATTRIBUTE_VALUE_INVALID",
                    "keys of type " + object.get(Attribute.KEY_TYPE) + " are too weak for a strict token");
        }
        Optional<Integer> bits = rsaBits(object);
        boolean signs = object.get(Attribute.CLASS).equals(ObjectClass.PRIVATE_KEY);
        if (signs && bits.isPresent() && bits.get() < MIN_RSA_BITS) {
            throw invalid(
                    "CKR_KEY_SIZE_RANGE",
                    "RSA keys of a strict token have at least " + MIN_RSA_BITS + " bits, not " + bits.get());
        }
    }

    /**
     * Refuses a key pair whose halves undo each other's protection.
     *
     * @param publicKey the public half's attributes
     * @param privateKey the private half's
     * @throws InvalidAttributeException if so
     */
    public void requireSoundPair(Attributes publicKey, Attributes privateKey) throws InvalidAttributeException {
        if (this == STRICT) {
            requireApart(publicKey, privateKey, Attribute.WRAP, Attribute.DECRYPT);
            requireApart(privateKey, publicKey, Attribute.UNWRAP, Attribute.ENCRYPT);
        }
    }

    private static void requireApart(
            Attributes key, Attributes other, Attribute<Boolean> use, Attribute<Boolean> otherUse)
            throws InvalidAttributeException {
        if (key.isTrue(use) && other.isTrue(otherUse)) {
            throw invalid(
                    "CKR_TEMPLATE_INCONSISTENT",
                    "a key of a strict token has not both " + use + " and " + otherUse
                            + ": whoever uses it would read every key that it wraps, or bring in keys of their own");
        }
    }

    /**
     * Refuses a use of a key that is too weak by now, or outside the key's dates.
     *
     * @param key the key's attributes
     * @param mechanism what it is used for
     * @param use the attribute that allows the use
     * @param today the date in UTC
     * @throws TokenPermissionException if so
     */
    public void requireUse(Attributes key, Mechanism mechanism, Attribute<Boolean> use, LocalDate today)
            throws TokenPermissionException {
        if (this == COMPAT) {
            return;
        }
        requireDate(key, use, today);
        boolean making = MAKING.contains(use);
        if (use.equals(Attribute.SIGN) && signsWithSha1(mechanism)) {
            throw refused(mechanism.type() + " signs with SHA-1, which a strict token only verifies");
        }
        if (making && key.find(Attribute.KEY_TYPE).filter(WEAK_TYPES::contains).isPresent()) {
            throw refused("keys of type " + key.get(Attribute.KEY_TYPE) + " only open what is there in a strict token");
        }
        boolean wraps = use.equals(Attribute.WRAP) || use.equals(Attribute.UNWRAP);
        if (wraps && RAW_WRAPPING.contains(mechanism.type())) {
            throw refused(
                    mechanism.type() + " protects no key: a strict token wraps and unwraps with padding or a tag");
        }
        if (use.equals(Attribute.SIGN)
                && rsaBits(key).filter(bits -> bits < MIN_RSA_BITS).isPresent()) {
            throw refused("RSA keys of fewer than " + MIN_RSA_BITS + " bits do not sign in a strict token");
        }
    }

    /** CKM_RSA_PKCS_PSS takes a digest, and its parameters say of what. */
    private static boolean signsWithSha1(Mechanism mechanism) {
        boolean parameters = mechanism.parameters() instanceof MechanismParameters.Pss pss
                && (pss.hash() == HashAlgorithm.SHA_1 || pss.mgfHash() == HashAlgorithm.SHA_1);
        return parameters || SHA1_SIGNATURES.contains(mechanism.type());
    }

    private static void requireDate(Attributes key, Attribute<Boolean> use, LocalDate today)
            throws TokenPermissionException {
        Optional<LocalDate> start = key.find(Attribute.START_DATE);
        if (start.isPresent() && today.isBefore(start.get())) {
            throw refused("the key's CKA_START_DATE is " + start.get() + ", and this is a strict token");
        }
        Optional<LocalDate> end = key.find(Attribute.END_DATE);
        if (end.isPresent() && today.isAfter(end.get()) && MAKING.contains(use)) {
            throw refused(
                    "the key's CKA_END_DATE was " + end.get() + ": in a strict token it only opens what is there");
        }
    }

    /**
     * Refuses a key that the token has already, and there with less: a key must not be brought in again to get around
     * what the token says of it.
     *
     * @param made the key that comes in
     * @param present the token's key of the same value
     * @throws InvalidAttributeException if it may more than that one
     */
    public void requireNotWider(Attributes made, Attributes present) throws InvalidAttributeException {
        boolean shows = present.isTrue(Attribute.SENSITIVE) && !made.isTrue(Attribute.SENSITIVE);
        boolean leaves = made.isTrue(Attribute.EXTRACTABLE) && !present.isTrue(Attribute.EXTRACTABLE);
        Optional<Attribute<Boolean>> use = StandardAttributes.USES.stream()
                .filter(each -> made.isTrue(each) && !present.isTrue(each))
                .sorted()
                .findFirst();
        if (this == STRICT && (shows || leaves || use.isPresent())) {
            String more = shows
                    ? Attribute.SENSITIVE + " false"
                    : leaves ? Attribute.EXTRACTABLE + " true" : use.orElseThrow() + " true";
            throw invalid(
                    "CKR_TEMPLATE_INCONSISTENT",
                    "the token has this key already, and there not with " + more
                            + ": a strict token takes no key again to let it do more");
        }
    }

    private static Optional<Integer> rsaBits(Attributes key) {
        return key.find(Attribute.MODULUS).map(modulus -> new BigInteger(1, modulus.toByteArray()).bitLength());
    }

    private static InvalidAttributeException invalid(String status, String detail) {
        return new InvalidAttributeException(Status.ckr(status), detail);
    }

    private static TokenPermissionException refused(String detail) {
        return new TokenPermissionException(Status.ckr("CKR_KEY_FUNCTION_NOT_PERMITTED"), detail);
    }
}
