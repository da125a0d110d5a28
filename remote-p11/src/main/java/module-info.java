/** Remote PKCS #11: a module behind a socket, a process or TLS as a token. */
module org.symbolon.remote {
    requires transitive org.symbolon;
    requires org.slf4j;

    exports org.symbolon.remote;

    provides org.symbolon.spi.ModuleFactory with
            org.symbolon.remote.RemoteModuleFactory;
}
