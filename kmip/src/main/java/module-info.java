/** KMIP: a server's managed objects as a token, and a token served to KMIP clients. */
module org.symbolon.kmip {
    requires transitive org.symbolon;
    requires com.fasterxml.jackson.core;
    requires java.xml;
    requires org.slf4j;
    requires static org.jspecify;
}
