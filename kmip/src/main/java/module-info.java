/** KMIP: a server's managed objects as a token, and a token served to KMIP clients. */
module org.symbolon.kmip {
    requires transitive org.symbolon;
    requires org.slf4j;
    requires static org.jspecify;
}
