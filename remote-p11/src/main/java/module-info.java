/** Remote PKCS #11: a module behind a socket as a token, and a token served to PKCS #11 programs. */
module org.symbolon.remote {
    requires transitive org.symbolon;
    requires org.slf4j;
    requires java.security.jgss;
    requires jdk.security.auth;

    exports org.symbolon.remote;
    exports org.symbolon.remote.server;

    provides org.symbolon.spi.ModuleFactory with
            org.symbolon.remote.RemoteModuleFactory;
}
