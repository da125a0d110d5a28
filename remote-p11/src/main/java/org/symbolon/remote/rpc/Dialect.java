package org.symbolon.remote.rpc;

import java.util.Set;

/**
 * What two ends agreed on: by the byte that each sent first which version of the protocol, and so which of p11-kit's forms; and
 * by C_Initialize, if both are of ours, what they can beyond it.
 *
 * @param version 0, 1 or 2
 * @param mechanisms how mechanisms are written
 * @param nestedBuffers when the buffers inside a template's buffer are written
 * @param capabilities what both ends can beyond p11-kit's protocol
 */
public record Dialect(int version, Mechanisms mechanisms, NestedBuffers nestedBuffers, Set<Capability> capabilities) {
    /** The newest version of the protocol. */
    public static final int NEWEST = 2;

    /** p11-kit up to 0.24.1. */
    public static final Dialect V0 = new Dialect(0, Mechanisms.OLD, NestedBuffers.NEVER, Set.of());
    /** p11-kit 0.25.0 to 0.25.3. */
    public static final Dialect V1 = new Dialect(1, Mechanisms.OLD, NestedBuffers.NEVER, Set.of());
    /** p11-kit 0.25.4 and 0.25.5. */
    public static final Dialect V1_NESTED = new Dialect(1, Mechanisms.OLD, NestedBuffers.ALWAYS, Set.of());
    /** p11-kit 0.25.6 and newer. */
    public static final Dialect V2 = new Dialect(2, Mechanisms.NEW, NestedBuffers.WITH_CAPACITY, Set.of());

    /** Our ONC RPC program, which types everything itself. */
    public static final Dialect XDR =
            new Dialect(1, Mechanisms.STRUCTURED, NestedBuffers.NEVER, Set.of(Capability.ONE_SHOT));

    /** Caml Crush's program, which has everything as it is in a memory of 64 bits, little-endian. */
    public static final Dialect CRUSH = new Dialect(0, Mechanisms.FLAT, NestedBuffers.NEVER, Set.of());

    /** How mechanisms are written. */
    public enum Mechanisms {
        /** With a byte array, perhaps NULL, for every mechanism that the table does not type: p11-kit up to 0.25.5. */
        OLD,
        /** With a byte that says whether there is a parameter: p11-kit 0.25.6 and newer. */
        NEW,
        /** With the structures of PKCS #11, whatever they are: not p11-kit's. */
        STRUCTURED,
        /** As the bytes of the structure in memory, if there is no pointer in it: not p11-kit's either. */
        FLAT
    }

    /** When the buffers of a template's attributes follow the buffer of the template. */
    public enum NestedBuffers {
        /** Never. */
        NEVER,
        /** Always, even to ask for the size. */
        ALWAYS,
        /** If the buffer of the template has a capacity. */
        WITH_CAPACITY
    }

    public Dialect {
        if (version < 0 || version > NEWEST) {
            throw new IllegalArgumentException("the protocol has versions 0 to " + NEWEST + ", not " + version);
        }
        capabilities = Set.copyOf(capabilities);
    }

    /**
     * Returns the dialect of a version: of the server's answer for a client, of what the client sent for a server.
     *
     * @param version the version; one that is newer than {@link #NEWEST} counts as the newest
     * @return the dialect
     */
    public static Dialect of(int version) {
        return switch (version) {
            case 0 -> V0;
            case 1 -> V1;
            default -> V2;
        };
    }

    /**
     * Returns this dialect with another form of mechanisms.
     *
     * @param form the form
     * @return the dialect
     */
    public Dialect with(Mechanisms form) {
        return new Dialect(version, form, nestedBuffers, capabilities);
    }

    /**
     * Returns this dialect with what both ends can beyond it.
     *
     * @param agreed what they can
     * @return the dialect
     */
    public Dialect with(Set<Capability> agreed) {
        return new Dialect(version, mechanisms, nestedBuffers, agreed);
    }

    /**
     * Returns whether both ends can something.
     *
     * @param capability what
     * @return whether they can
     */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }
}
