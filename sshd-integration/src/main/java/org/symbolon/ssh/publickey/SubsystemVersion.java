package org.symbolon.ssh.publickey;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** The versions of the public key subsystem that are spoken here. Version 1 was a draft with other layouts. */
public enum SubsystemVersion {
    /** RFC 4819: keys. */
    RFC4819(2),
    /** RFC 7076: keys and certificates in namespaces. */
    RFC7076(3);

    private final int number;

    SubsystemVersion(int number) {
        this.number = number;
    }

    /**
     * The number on the wire.
     *
     * @return 2 or 3
     */
    public int number() {
        return number;
    }

    /** The highest version that is not above what a peer announces nor above this one; empty if there is none. */
    Optional<SubsystemVersion> agreedWith(long announced) {
        return Arrays.stream(values())
                .filter(version -> version.number <= Math.min(number, announced))
                .max(Comparator.comparingInt(SubsystemVersion::number));
    }
}
