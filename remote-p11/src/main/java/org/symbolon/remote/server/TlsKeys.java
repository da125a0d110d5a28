package org.symbolon.remote.server;

import javax.net.ssl.SSLContext;

/** The key, the certificates and the trusted authorities that a port with TLS uses now. Thread-safe. */
interface TlsKeys {
    /** Returns what the next handshake uses. */
    SSLContext context();

    /** Looks whether there are new ones. */
    default void refresh(long now) {}

    /** Appends what there is to say of them. */
    default void writeTo(PrometheusText text, String address) {}
}
