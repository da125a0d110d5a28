package org.symbolon.ssh.certificate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.symbolon.ssh.SshPublicKey;

/**
 * What is revoked of one authority, or of any.
 *
 * @param authority the authority's key; empty: any
 * @param serials the serials of revoked certificates
 * @param keyIds the key ids of revoked certificates
 */
record RevokedCertificates(Optional<SshPublicKey> authority, SerialRanges serials, SortedSet<String> keyIds) {
    RevokedCertificates {
        keyIds = Collections.unmodifiableSortedSet(new TreeSet<>(keyIds));
    }

    /** Serial 0 says that the authority does not count, so that it names no certificate. */
    boolean isRevoked(SshCertificate certificate) {
        return (authority.isEmpty() || authority.get().equals(certificate.authority()))
                && (keyIds.contains(certificate.keyId())
                        || (certificate.serial() != 0 && serials.contains(certificate.serial())));
    }

    RevokedCertificates and(RevokedCertificates other) {
        List<SerialRanges.Range> ranges = new ArrayList<>(serials.ranges());
        ranges.addAll(other.serials.ranges());
        SortedSet<String> ids = new TreeSet<>(keyIds);
        ids.addAll(other.keyIds);
        return new RevokedCertificates(authority, SerialRanges.of(ranges), ids);
    }
}
