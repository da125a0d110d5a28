package org.symbolon;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An attribute of PKCS #11 objects: its name, its number and the type of its values.
 *
 * <p>The constants here are those that programs name often; {@link #named} and {@link #of} reach every attribute of
 * PKCS #11 3.2, vendor-defined ones included. Two attributes are equal if their numbers are.
 *
 * @param <T> the class of the values
 */
public final class Attribute<T> implements Comparable<Attribute<?>> {
    private static final Map<String, Attribute<?>> BY_NAME = new HashMap<>();
    private static final Map<Long, Attribute<?>> BY_CODE = new HashMap<>();

    static {
        Map<String, AttributeType<?>> types = AttributeTable.types();
        for (ConstantTable.Constant constant : ConstantTable.group("attributes")) {
            Attribute<?> attribute = BY_CODE.get(constant.value());
            if (attribute == null) {
                attribute = new Attribute<>(
                        constant.name(), constant.value(), types.getOrDefault(constant.name(), AttributeType.BYTES));
            }
            BY_NAME.put(constant.name(), attribute);
            if (!constant.alias()) {
                BY_CODE.put(constant.value(), attribute);
            }
        }
    }

    /** CKA_CLASS. */
    public static final Attribute<ObjectClass> CLASS = typed("CKA_CLASS", AttributeType.OBJECT_CLASS);
    /** CKA_TOKEN: whether the object outlives its session. */
    public static final Attribute<Boolean> TOKEN = typed("CKA_TOKEN", AttributeType.BOOLEAN);
    /** CKA_PRIVATE: whether the object is visible only after login. */
    public static final Attribute<Boolean> PRIVATE = typed("CKA_PRIVATE", AttributeType.BOOLEAN);
    /** CKA_LABEL. */
    public static final Attribute<String> LABEL = typed("CKA_LABEL", AttributeType.STRING);
    /** CKA_UNIQUE_ID: made by the token, never accepted from outside. */
    public static final Attribute<String> UNIQUE_ID = typed("CKA_UNIQUE_ID", AttributeType.STRING);
    /** CKA_APPLICATION of a data object. */
    public static final Attribute<String> APPLICATION = typed("CKA_APPLICATION", AttributeType.STRING);
    /** CKA_OBJECT_ID of a data object: a DER object identifier. */
    public static final Attribute<Bytes> OBJECT_ID = typed("CKA_OBJECT_ID", AttributeType.BYTES);
    /** CKA_VALUE: of a certificate or data object, of a secret key, of an EC private key. */
    public static final Attribute<Bytes> VALUE = typed("CKA_VALUE", AttributeType.BYTES);
    /** CKA_VALUE_LEN in bytes. */
    public static final Attribute<Long> VALUE_LEN = typed("CKA_VALUE_LEN", AttributeType.ULONG);
    /** CKA_CERTIFICATE_TYPE: 0 is X.509. */
    public static final Attribute<Long> CERTIFICATE_TYPE = typed("CKA_CERTIFICATE_TYPE", AttributeType.ULONG);
    /** CKA_ISSUER: a DER name. */
    public static final Attribute<Bytes> ISSUER = typed("CKA_ISSUER", AttributeType.BYTES);
    /** CKA_SERIAL_NUMBER: a DER integer. */
    public static final Attribute<Bytes> SERIAL_NUMBER = typed("CKA_SERIAL_NUMBER", AttributeType.BYTES);
    /** CKA_SUBJECT: a DER name. */
    public static final Attribute<Bytes> SUBJECT = typed("CKA_SUBJECT", AttributeType.BYTES);
    /** CKA_TRUSTED: set by the security officer only. */
    public static final Attribute<Boolean> TRUSTED = typed("CKA_TRUSTED", AttributeType.BOOLEAN);
    /** CKA_CHECK_VALUE: the first three bytes of a checksum over a key or certificate. */
    public static final Attribute<Bytes> CHECK_VALUE = typed("CKA_CHECK_VALUE", AttributeType.BYTES);
    /** CKA_KEY_TYPE. */
    public static final Attribute<KeyType> KEY_TYPE = typed("CKA_KEY_TYPE", AttributeType.KEY_TYPE);
    /** CKA_ID: by convention the same for a private key, its public key and its certificates. */
    public static final Attribute<Bytes> ID = typed("CKA_ID", AttributeType.BYTES);
    /** CKA_SENSITIVE: once true, the secret part is never shown. */
    public static final Attribute<Boolean> SENSITIVE = typed("CKA_SENSITIVE", AttributeType.BOOLEAN);
    /** CKA_EXTRACTABLE: once false, the key never leaves the token, not even wrapped. */
    public static final Attribute<Boolean> EXTRACTABLE = typed("CKA_EXTRACTABLE", AttributeType.BOOLEAN);
    /** CKA_ALWAYS_SENSITIVE. */
    public static final Attribute<Boolean> ALWAYS_SENSITIVE = typed("CKA_ALWAYS_SENSITIVE", AttributeType.BOOLEAN);
    /** CKA_NEVER_EXTRACTABLE. */
    public static final Attribute<Boolean> NEVER_EXTRACTABLE = typed("CKA_NEVER_EXTRACTABLE", AttributeType.BOOLEAN);
    /** CKA_ENCRYPT. */
    public static final Attribute<Boolean> ENCRYPT = typed("CKA_ENCRYPT", AttributeType.BOOLEAN);
    /** CKA_DECRYPT. */
    public static final Attribute<Boolean> DECRYPT = typed("CKA_DECRYPT", AttributeType.BOOLEAN);
    /** CKA_WRAP. */
    public static final Attribute<Boolean> WRAP = typed("CKA_WRAP", AttributeType.BOOLEAN);
    /** CKA_UNWRAP. */
    public static final Attribute<Boolean> UNWRAP = typed("CKA_UNWRAP", AttributeType.BOOLEAN);
    /** CKA_SIGN. */
    public static final Attribute<Boolean> SIGN = typed("CKA_SIGN", AttributeType.BOOLEAN);
    /** CKA_VERIFY. */
    public static final Attribute<Boolean> VERIFY = typed("CKA_VERIFY", AttributeType.BOOLEAN);
    /** CKA_DERIVE. */
    public static final Attribute<Boolean> DERIVE = typed("CKA_DERIVE", AttributeType.BOOLEAN);
    /** CKA_ENCAPSULATE. */
    public static final Attribute<Boolean> ENCAPSULATE = typed("CKA_ENCAPSULATE", AttributeType.BOOLEAN);
    /** CKA_DECAPSULATE. */
    public static final Attribute<Boolean> DECAPSULATE = typed("CKA_DECAPSULATE", AttributeType.BOOLEAN);
    /** CKA_START_DATE: the first day on which the key is meant to be used; informative. */
    public static final Attribute<LocalDate> START_DATE = typed("CKA_START_DATE", AttributeType.DATE);
    /** CKA_END_DATE: the last day on which the key is meant to be used; informative. */
    public static final Attribute<LocalDate> END_DATE = typed("CKA_END_DATE", AttributeType.DATE);
    /** CKA_MODULUS of an RSA key: unsigned, big-endian. */
    public static final Attribute<Bytes> MODULUS = typed("CKA_MODULUS", AttributeType.BYTES);
    /** CKA_MODULUS_BITS. */
    public static final Attribute<Long> MODULUS_BITS = typed("CKA_MODULUS_BITS", AttributeType.ULONG);
    /** CKA_PUBLIC_EXPONENT of an RSA key: unsigned, big-endian. */
    public static final Attribute<Bytes> PUBLIC_EXPONENT = typed("CKA_PUBLIC_EXPONENT", AttributeType.BYTES);
    /** CKA_PRIVATE_EXPONENT. */
    public static final Attribute<Bytes> PRIVATE_EXPONENT = typed("CKA_PRIVATE_EXPONENT", AttributeType.BYTES);
    /** CKA_PRIME_1. */
    public static final Attribute<Bytes> PRIME_1 = typed("CKA_PRIME_1", AttributeType.BYTES);
    /** CKA_PRIME_2. */
    public static final Attribute<Bytes> PRIME_2 = typed("CKA_PRIME_2", AttributeType.BYTES);
    /** CKA_EXPONENT_1. */
    public static final Attribute<Bytes> EXPONENT_1 = typed("CKA_EXPONENT_1", AttributeType.BYTES);
    /** CKA_EXPONENT_2. */
    public static final Attribute<Bytes> EXPONENT_2 = typed("CKA_EXPONENT_2", AttributeType.BYTES);
    /** CKA_COEFFICIENT. */
    public static final Attribute<Bytes> COEFFICIENT = typed("CKA_COEFFICIENT", AttributeType.BYTES);
    /** CKA_PUBLIC_KEY_INFO: a DER SubjectPublicKeyInfo. */
    public static final Attribute<Bytes> PUBLIC_KEY_INFO = typed("CKA_PUBLIC_KEY_INFO", AttributeType.BYTES);
    /** CKA_LOCAL: whether the key was generated on the token. */
    public static final Attribute<Boolean> LOCAL = typed("CKA_LOCAL", AttributeType.BOOLEAN);
    /** CKA_KEY_GEN_MECHANISM. */
    public static final Attribute<MechanismType> KEY_GEN_MECHANISM =
            typed("CKA_KEY_GEN_MECHANISM", AttributeType.MECHANISM);
    /** CKA_MODIFIABLE. */
    public static final Attribute<Boolean> MODIFIABLE = typed("CKA_MODIFIABLE", AttributeType.BOOLEAN);
    /** CKA_COPYABLE. */
    public static final Attribute<Boolean> COPYABLE = typed("CKA_COPYABLE", AttributeType.BOOLEAN);
    /** CKA_DESTROYABLE. */
    public static final Attribute<Boolean> DESTROYABLE = typed("CKA_DESTROYABLE", AttributeType.BOOLEAN);
    /** CKA_EC_PARAMS: a DER object identifier; see {@link NamedCurve#ecParams()}. */
    public static final Attribute<Bytes> EC_PARAMS = typed("CKA_EC_PARAMS", AttributeType.BYTES);
    /** CKA_EC_POINT: a DER OCTET STRING around the point. */
    public static final Attribute<Bytes> EC_POINT = typed("CKA_EC_POINT", AttributeType.BYTES);
    /** CKA_ALWAYS_AUTHENTICATE: whether each use of the key wants the PIN again. */
    public static final Attribute<Boolean> ALWAYS_AUTHENTICATE =
            typed("CKA_ALWAYS_AUTHENTICATE", AttributeType.BOOLEAN);
    /** CKA_WRAP_WITH_TRUSTED. */
    public static final Attribute<Boolean> WRAP_WITH_TRUSTED = typed("CKA_WRAP_WITH_TRUSTED", AttributeType.BOOLEAN);
    /** CKA_WRAP_TEMPLATE. */
    public static final Attribute<Template> WRAP_TEMPLATE = typed("CKA_WRAP_TEMPLATE", AttributeType.TEMPLATE);
    /** CKA_UNWRAP_TEMPLATE. */
    public static final Attribute<Template> UNWRAP_TEMPLATE = typed("CKA_UNWRAP_TEMPLATE", AttributeType.TEMPLATE);
    /** CKA_DERIVE_TEMPLATE: what keys that are derived from this one have. */
    public static final Attribute<Template> DERIVE_TEMPLATE = typed("CKA_DERIVE_TEMPLATE", AttributeType.TEMPLATE);
    /** CKA_ENCAPSULATE_TEMPLATE: what shared secrets that are made with this key have. */
    public static final Attribute<Template> ENCAPSULATE_TEMPLATE =
            typed("CKA_ENCAPSULATE_TEMPLATE", AttributeType.TEMPLATE);
    /** CKA_DECAPSULATE_TEMPLATE: what shared secrets that are recovered with this key have. */
    public static final Attribute<Template> DECAPSULATE_TEMPLATE =
            typed("CKA_DECAPSULATE_TEMPLATE", AttributeType.TEMPLATE);
    /** CKA_PRIME of a Diffie-Hellman key: unsigned, big-endian. */
    public static final Attribute<Bytes> PRIME = typed("CKA_PRIME", AttributeType.BYTES);
    /** CKA_BASE of a Diffie-Hellman key: unsigned, big-endian. */
    public static final Attribute<Bytes> BASE = typed("CKA_BASE", AttributeType.BYTES);
    /** CKA_VALUE_BITS of a Diffie-Hellman key: the length of the private value in bits. */
    public static final Attribute<Long> VALUE_BITS = typed("CKA_VALUE_BITS", AttributeType.ULONG);
    /** CKA_SEED of an ML-DSA or ML-KEM key: what the private key is made of. */
    public static final Attribute<Bytes> SEED = typed("CKA_SEED", AttributeType.BYTES);
    /** CKA_ALLOWED_MECHANISMS: absent means all that suit the key. */
    public static final Attribute<MechanismSet> ALLOWED_MECHANISMS =
            typed("CKA_ALLOWED_MECHANISMS", AttributeType.MECHANISMS);
    /** CKA_PARAMETER_SET of an ML-DSA, ML-KEM or SLH-DSA key. */
    public static final Attribute<Long> PARAMETER_SET = typed("CKA_PARAMETER_SET", AttributeType.ULONG);

    private final String name;
    private final long code;
    private final AttributeType<T> type;

    private Attribute(String name, long code, AttributeType<T> type) {
        this.name = name;
        this.code = code;
        this.type = type;
    }

    /** {@return every attribute of PKCS #11 3.2, in no particular order} */
    public static Collection<Attribute<?>> all() {
        return java.util.List.copyOf(BY_CODE.values());
    }

    /**
     * Returns the attribute of a standard name.
     *
     * @param name such as {@code CKA_LABEL}; the prefix may be left out and case does not matter
     * @return the attribute, or empty if PKCS #11 3.2 has none of this name
     */
    public static Optional<Attribute<?>> named(String name) {
        String upper = name.toUpperCase(java.util.Locale.ROOT);
        return Optional.ofNullable(BY_NAME.get(upper.startsWith("CKA_") ? upper : "CKA_" + upper));
    }

    /**
     * Returns the attribute of a number.
     *
     * @param code the CKA_ value
     * @return the attribute; for a number that PKCS #11 3.2 does not name, one whose values are bytes
     */
    public static Attribute<?> of(long code) {
        Attribute<?> known = BY_CODE.get(code);
        return known != null ? known : new Attribute<>("0x" + Long.toHexString(code), code, AttributeType.BYTES);
    }

    /**
     * Returns this attribute as one of another value class, after checking that it is.
     *
     * @param wanted the type that the caller believes it has
     * @param <V> the class of the values
     * @return this attribute
     * @throws IllegalArgumentException if it has another type
     */
    public <V> Attribute<V> as(AttributeType<V> wanted) {
        if (!type.equals(wanted)) {
            throw new IllegalArgumentException(name + " is of type " + type + ", not " + wanted);
        }
        @SuppressWarnings("unchecked") // the type objects are singletons that carry the class
        Attribute<V> same = (Attribute<V>) this;
        return same;
    }

    private static <V> Attribute<V> typed(String name, AttributeType<V> type) {
        return named(name).orElseThrow(() -> new AssertionError(name)).as(type);
    }

    /** {@return the standard's name, such as {@code CKA_LABEL}, or the number in hexadecimal where it has none} */
    public String name() {
        return name;
    }

    /** {@return the CKA_ value} */
    public long code() {
        return code;
    }

    /** {@return the type of the values} */
    public AttributeType<T> type() {
        return type;
    }

    @Override
    public int compareTo(Attribute<?> other) {
        return Long.compareUnsigned(code, other.code);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attribute<?> that && code == that.code;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(code);
    }

    @Override
    public String toString() {
        return name;
    }
}
