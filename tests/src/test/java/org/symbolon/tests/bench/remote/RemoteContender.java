package org.symbolon.tests.bench.remote;

/** Who signs, and through what. */
enum RemoteContender {
    /** The soft token in the process that signs: what the wire is added to. */
    LOCAL("soft token in the same process"),
    /** No signature: as many bytes as a signature's request and reply have, through a unix socket. */
    ECHO("bare echo of the same sizes"),
    /** What Java programs have without Symbolon. */
    SUN_P11KIT("SunPKCS11, p11-kit-client.so, p11-kit server, SoftHSM 2"),
    /** Symbolon's client and a stock server. */
    SYMBOLON_P11KIT("Symbolon's client, p11-kit server, SoftHSM 2"),
    /** A stock client and Symbolon's server. */
    SUN_SYMBOLON("SunPKCS11, p11-kit-client.so, Symbolon's server, soft token"),
    /** Symbolon at both ends of a unix socket. */
    SYMBOLON("Symbolon's client and server, unix socket, soft token"),
    /** Symbolon at both ends of TLS 1.3 with client certificates. */
    SYMBOLON_TLS("Symbolon's client and server, TLS, soft token"),
    /** Symbolon's server passes on what it is asked. */
    SYMBOLON_RELAY("Symbolon's client and server, p11-kit server, SoftHSM 2");

    private final String title;

    RemoteContender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
