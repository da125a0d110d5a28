package org.symbolon.soft.object;

/** What a token refuses beyond the standard. */
public enum Hardening {
    /** All of it. */
    STRICT,
    /** Nothing. */
    COMPAT
}
