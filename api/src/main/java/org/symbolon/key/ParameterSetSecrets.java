package org.symbolon.key;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.KeyType;
import org.symbolon.ParameterSet;
import org.symbolon.SecretBytes;
import org.symbolon.Template;

/**
 * The secret values in the PKCS #8 encoding of a private key of ML-DSA (RFC 9881 section 6), ML-KEM (RFC 9935 section 6) or
 * SLH-DSA (RFC 9909 section 6): a seed, the expanded key, or both. The JDK's bare values, without a choice around them, are
 * taken too.
 */
record ParameterSetSecrets(Optional<SecretBytes> seed, Optional<SecretBytes> expanded) {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int SEED = 0x80;

    /**
     * Returns the values of an encoding.
     *
     * @param pkcs8 the encoding; stays the caller's
     * @throws IllegalArgumentException if it is none of a key of this parameter set; says nothing of its content
     */
    static ParameterSetSecrets of(ParameterSet set, byte[] pkcs8) {
        ByteBuffer info = whole(ByteBuffer.wrap(pkcs8), SEQUENCE, set);
        ByteBuffer version = next(info, INTEGER, set);
        ByteBuffer algorithm = next(info, SEQUENCE, set);
        if (!version.hasRemaining()
                || !algorithm.equals(ByteBuffer.wrap(Der.objectIdentifier(set.objectIdentifier())))) {
            throw malformed(set);
        }
        return choice(set, next(info, OCTET_STRING, set));
    }

    private static ParameterSetSecrets choice(ParameterSet set, ByteBuffer key) {
        if (key.remaining() == expandedBytes(set)) {
            return new ParameterSetSecrets(Optional.empty(), Optional.of(secret(key)));
        } else if (key.remaining() == seedBytes(set)) {
            return new ParameterSetSecrets(Optional.of(secret(key)), Optional.empty());
        } else if (seedBytes(set) == 0 || !key.hasRemaining()) {
            throw malformed(set);
        }
        return switch (key.get(key.position()) & 0xFF) {
            case SEED ->
                new ParameterSetSecrets(
                        Optional.of(sized(whole(key, SEED, set), seedBytes(set), set)), Optional.empty());
            case OCTET_STRING ->
                new ParameterSetSecrets(
                        Optional.empty(), Optional.of(sized(whole(key, OCTET_STRING, set), expandedBytes(set), set)));
            case SEQUENCE -> both(set, whole(key, SEQUENCE, set));
            default -> throw malformed(set);
        };
    }

    private static ParameterSetSecrets both(ParameterSet set, ByteBuffer values) {
        ByteBuffer seed = next(values, OCTET_STRING, set);
        ByteBuffer expanded = whole(values, OCTET_STRING, set);
        requireLength(seed, seedBytes(set), set);
        requireLength(expanded, expandedBytes(set), set);
        return new ParameterSetSecrets(Optional.of(secret(seed)), Optional.of(secret(expanded)));
    }

    private static SecretBytes sized(ByteBuffer value, int bytes, ParameterSet set) {
        requireLength(value, bytes, set);
        return secret(value);
    }

    private static void requireLength(ByteBuffer value, int bytes, ParameterSet set) {
        if (value.remaining() != bytes) {
            throw malformed(set);
        }
    }

    private static SecretBytes secret(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return SecretBytes.takeOver(bytes);
    }

    /** Returns the content of the one value that there is. */
    private static ByteBuffer whole(ByteBuffer in, int tag, ParameterSet set) {
        ByteBuffer content = next(in, tag, set);
        if (in.hasRemaining()) {
            throw malformed(set);
        }
        return content;
    }

    /** Returns the content of the next value, and goes behind it. */
    private static ByteBuffer next(ByteBuffer in, int tag, ParameterSet set) {
        if (in.remaining() < 2 || (in.get() & 0xFF) != tag) {
            throw malformed(set);
        }
        int first = in.get() & 0xFF;
        int octets = first < 0x80 ? 0 : first & 0x7F;
        if (first == 0x80 || octets > 2 || in.remaining() < octets) {
            throw malformed(set);
        }
        int length = octets == 0 ? first : 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (in.get() & 0xFF);
        }
        if (length > in.remaining()) {
            throw malformed(set);
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }

    private static IllegalArgumentException malformed(ParameterSet set) {
        return new IllegalArgumentException("this is no PKCS #8 encoding of a private key of " + set.displayName());
    }

    /** Returns the length of a seed (FIPS 203 section 7.1, FIPS 204 section 5.1); 0 where PKCS #8 knows none. */
    private static int seedBytes(ParameterSet set) {
        if (set.keyType().equals(KeyType.SLH_DSA)) {
            return 0;
        }
        return set.keyType().equals(KeyType.ML_KEM) ? 64 : 32;
    }

    /** Returns the length of a private key (FIPS 203 table 3, FIPS 204 table 2, FIPS 205 table 2). */
    private static int expandedBytes(ParameterSet set) {
        return switch (set) {
            case ML_DSA_44 -> 2560;
            case ML_DSA_65 -> 4032;
            case ML_DSA_87 -> 4896;
            case ML_KEM_512 -> 1632;
            case ML_KEM_768 -> 2400;
            case ML_KEM_1024 -> 3168;
            case SLH_DSA_SHA2_128S, SLH_DSA_SHA2_128F, SLH_DSA_SHAKE_128S, SLH_DSA_SHAKE_128F -> 64;
            case SLH_DSA_SHA2_192S, SLH_DSA_SHA2_192F, SLH_DSA_SHAKE_192S, SLH_DSA_SHAKE_192F -> 96;
            case SLH_DSA_SHA2_256S, SLH_DSA_SHA2_256F, SLH_DSA_SHAKE_256S, SLH_DSA_SHAKE_256F -> 128;
        };
    }

    /** Returns a template with the values. */
    Template addTo(Template template) {
        Template with = template;
        if (seed.isPresent()) {
            with = with.with(Attribute.SEED, seed.get());
        }
        return expanded.isPresent() ? with.with(Attribute.VALUE, expanded.get()) : with;
    }
}
