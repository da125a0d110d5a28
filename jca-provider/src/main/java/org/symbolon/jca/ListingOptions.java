package org.symbolon.jca;

import java.nio.file.Path;
import java.util.List;

/**
 * What a key store shows beside what is in the token.
 *
 * @param certificates files and folders of certificates that complete chains
 * @param selfSigned whether keys without certificate get one that is made at run time
 */
record ListingOptions(List<Path> certificates, boolean selfSigned) {
    static final ListingOptions NONE = new ListingOptions(List.of(), false);

    ListingOptions {
        certificates = List.copyOf(certificates);
    }
}
