package org.symbolon.ssh.publickey;

/** What a user may do in a namespace (RFC 7076 section 6). */
public enum NamespaceRight {
    /** See that it exists, and list one's own keys and certificates in it. */
    SEE,
    /** Add keys and certificates, and overwrite one's own. */
    ADD,
    /** Remove one's own keys and certificates. */
    REMOVE,
    /** Begin it by adding something. */
    CREATE
}
