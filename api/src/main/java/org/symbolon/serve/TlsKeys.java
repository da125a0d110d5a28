package org.symbolon.serve;

import javax.net.ssl.SSLContext;

/** The key, the certificates and the trusted authorities that a port with TLS uses now. Thread-safe. */
public interface TlsKeys {
    /**
     * Returns those that stay.
     *
     * @param context the server's key and certificate, and the authorities whose clients are let in
     * @return keys that never change
     */
    static TlsKeys fixed(SSLContext context) {
        return () -> context;
    }

    /** {@return what the next handshake uses} */
    SSLContext context();

    /**
     * Looks whether there are new ones.
     *
     * @param now the time of {@link System#nanoTime}
     */
    default void refresh(long now) {}

    /**
     * Appends what there is to say of them.
     *
     * @param text what it is appended to
     * @param address where the port is
     */
    default void writeTo(PrometheusText text, String address) {}
}
