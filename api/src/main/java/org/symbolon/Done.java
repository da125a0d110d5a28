package org.symbolon;

/** The result of a request that has none: it was done. */
public enum Done {
    /** The only value. */
    DONE
}
