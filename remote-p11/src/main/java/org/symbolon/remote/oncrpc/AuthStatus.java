package org.symbolon.remote.oncrpc;

import java.util.Arrays;

/** Why a caller is not let in: auth_stat (RFC 5531 section 9, RFC 2203 section 5.3.3.3). */
public enum AuthStatus {
    /** AUTH_BADCRED: the credential makes no sense; a new context would not help. */
    BAD_CREDENTIAL(1),
    /** AUTH_TOOWEAK: another flavor of authentication is wanted. */
    TOO_WEAK(5),
    /** AUTH_FAILED: any other reason. */
    FAILED(7),
    /** RPCSEC_GSS_CREDPROBLEM: the context is not known here (any more); a new one helps. */
    CREDENTIAL_PROBLEM(13),
    /** RPCSEC_GSS_CTXPROBLEM: the context has come to its end; a new one helps. */
    CONTEXT_PROBLEM(14);

    private final int code;

    AuthStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Whether a new context may help (RFC 2203 section 5.3.3.3). */
    boolean wantsNewContext() {
        return this == CREDENTIAL_PROBLEM || this == CONTEXT_PROBLEM;
    }

    static AuthStatus of(long code) {
        return Arrays.stream(values())
                .filter(status -> status.code == code)
                .findFirst()
                .orElse(FAILED);
    }
}
