/** The JCA provider {@code Symbolon}: token keys as ordinary {@code KeyStore} and {@code Signature} objects. */
module org.symbolon.jca {
    requires transitive org.symbolon;
    requires org.slf4j;
    requires static org.jspecify;
}
