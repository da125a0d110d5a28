package org.symbolon.remote.oncrpc;

import java.util.Optional;

/** How RPCSEC_GSS protects what calls carry (RFC 2203 section 5). Headers are always protected against changes. */
public enum GssService {
    /** Arguments and results travel as they are: whoever is between reads and changes them. */
    NONE(1),
    /** Changes are noticed. */
    INTEGRITY(2),
    /** Nobody between reads anything, and changes are noticed. */
    PRIVACY(3);

    private final int code;

    GssService(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<GssService> of(long code) {
        return code < 1 || code > values().length ? Optional.empty() : Optional.of(values()[(int) code - 1]);
    }
}
