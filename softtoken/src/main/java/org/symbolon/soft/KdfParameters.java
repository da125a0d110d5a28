package org.symbolon.soft;

import org.symbolon.soft.seal.Argon2id;

/**
 * How much work it is to try one PIN on a stolen database: the parameters of Argon2id (RFC 9106), stored with each
 * token when it is initialised.
 *
 * <p>The default is the RFC's second choice, 3 passes over 64 MiB in 4 lanes, about 0.2 seconds. The floor is OWASP's
 * minimum, 2 passes over 19 MiB in 1 lane; nothing weaker is made or read. The ceiling, 16 passes over 1 GiB in 16
 * lanes, keeps a database that somebody else wrote from exhausting the machine. Immutable and thread-safe.
 */
public final class KdfParameters {
    private static final KdfParameters DEFAULT = argon2id(64 * 1024, 3, 4);
    private static final KdfParameters FLOOR = argon2id(Argon2id.MIN_MEMORY_KIB, Argon2id.MIN_PASSES, 1);

    private final Argon2id argon2id;

    private KdfParameters(Argon2id argon2id) {
        this.argon2id = argon2id;
    }

    /** {@return the default: {@code argon2id,m=65536,t=3,p=4}} */
    public static KdfParameters ofDefaults() {
        return DEFAULT;
    }

    /** {@return the floor: {@code argon2id,m=19456,t=2,p=1}} */
    public static KdfParameters floor() {
        return FLOOR;
    }

    /**
     * Returns parameters of Argon2id.
     *
     * @param memoryKib the memory in KiB, 19456 to 1048576
     * @param passes the passes over it, 2 to 16
     * @param lanes the lanes, 1 to 16
     * @return the parameters
     * @throws IllegalArgumentException if one is out of range; the message says which
     */
    public static KdfParameters argon2id(int memoryKib, int passes, int lanes) {
        return new KdfParameters(new Argon2id(memoryKib, passes, lanes));
    }

    /**
     * Returns the parameters of a text, as {@link #toString()} writes it.
     *
     * @param text such as {@code argon2id,m=65536,t=3,p=4}
     * @return the parameters
     * @throws IllegalArgumentException if it is malformed or out of range
     */
    public static KdfParameters parse(String text) {
        return new KdfParameters(Argon2id.parse(text));
    }

    Argon2id argon2id() {
        return argon2id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KdfParameters that && argon2id.equals(that.argon2id);
    }

    @Override
    public int hashCode() {
        return argon2id.hashCode();
    }

    /** Returns the parameters as the setting {@code kdf} takes them, such as {@code argon2id,m=65536,t=3,p=4}. */
    @Override
    public String toString() {
        return argon2id.toString();
    }
}
