package org.symbolon.serve;

import java.util.Locale;

/** Why a client is refused or cut off. */
public enum CutOff {
    /** As many clients as may be are connected. */
    FULL,
    /** As many as may be have yet to prove who they are. */
    PENDING,
    /** The user may not. */
    USER,
    /** The certificate is not trusted, or whoever it is does not speak TLS. */
    HANDSHAKE,
    /** It took too long to say what it wants. */
    LATE,
    /** It sent what is no request. */
    MALFORMED,
    /** The server ends. */
    ENDING;

    /** Returns its name in metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
