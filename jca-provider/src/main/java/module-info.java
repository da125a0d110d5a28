/** The JCA provider {@code Symbolon}: token keys as ordinary {@code KeyStore} and {@code Signature} objects. */
module org.symbolon.jca {
    requires transitive org.symbolon;
    requires org.slf4j;
    requires static org.apiguardian.api;
    requires static org.jspecify;

    exports org.symbolon.jca;

    provides java.security.Provider with
            org.symbolon.jca.SymbolonProvider;
}
