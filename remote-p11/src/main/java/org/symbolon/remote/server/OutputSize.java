package org.symbolon.remote.server;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.TokenException;

/**
 * How much output an operation makes at most: what a question for the length is answered with, without any cryptography. The
 * answer may be somewhat too large (PKCS #11 v3.2 section 5.2).
 */
final class OutputSize {
    /** A block of padding, a tag and a little more: what ciphers add. */
    private static final int MAX_EXPANSION = 32;

    private final OperationKind kind;
    private final Session session;
    private final Mechanism mechanism;
    private final @Nullable KeyObject key;
    private long pending;

    OutputSize(OperationKind kind, Session session, Mechanism mechanism, @Nullable KeyObject key) {
        this.kind = kind;
        this.session = session;
        this.mechanism = mechanism;
        this.key = key;
    }

    /** Notes that a part went in and so much came out. */
    void passed(long in, long out) {
        pending += in - out;
    }

    /** Returns the bound for a whole message; empty where only doing it tells. */
    OptionalLong whole(long bytes) throws TokenException {
        return switch (kind) {
            case DIGEST -> digest();
            case SIGN, VERIFY -> signature();
            case ENCRYPT, DECRYPT -> OptionalLong.of(Math.max(modulus(), part(bytes)));
        };
    }

    /** Returns the bound for a part. */
    long part(long bytes) {
        return Math.max(0, pending) + bytes + MAX_EXPANSION;
    }

    /** Returns the bound for what comes last; empty where only doing it tells. */
    OptionalLong rest() throws TokenException {
        return whole(0);
    }

    private OptionalLong digest() {
        Optional<HashAlgorithm> hash = mechanism.hash();
        return hash.isPresent() ? OptionalLong.of(hash.get().digestBytes()) : OptionalLong.empty();
    }

    private OptionalLong signature() throws TokenException {
        if (key == null) {
            return OptionalLong.empty();
        }
        KeyType type = key.keyType();
        if (type.equals(KeyType.RSA)) {
            return OptionalLong.of(modulus());
        } else if (type.equals(KeyType.EC)) {
            Attributes attributes = session.getAttributes(key, Set.of(Attribute.EC_PARAMS));
            Optional<NamedCurve> curve = attributes.find(Attribute.EC_PARAMS).flatMap(NamedCurve::ofEcParams);
            return curve.isPresent() ? OptionalLong.of(2L * curve.get().fieldBytes()) : OptionalLong.empty();
        } else if (mechanism.parameters() instanceof MechanismParameters.MacLength length) {
            return OptionalLong.of(length.bytes());
        }
        return type.equals(KeyType.GENERIC_SECRET) ? digest() : OptionalLong.empty();
    }

    /** Returns the length of an RSA key's modulus in bytes, 0 for other keys. */
    private long modulus() throws TokenException {
        if (key == null || !key.keyType().equals(KeyType.RSA)) {
            return 0;
        }
        Attributes attributes = session.getAttributes(key, Set.of(Attribute.MODULUS));
        return attributes
                .find(Attribute.MODULUS)
                .map(modulus -> modulus.length())
                .orElse(0);
    }
}
