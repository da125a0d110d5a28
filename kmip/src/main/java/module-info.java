/** KMIP: a server's managed objects as a token, and a token served to KMIP clients. */
module org.symbolon.kmip {
    requires transitive org.symbolon;
    requires com.fasterxml.jackson.core;
    requires java.xml;
    requires okhttp3;
    requires jdk.jfr;
    requires org.slf4j;
    requires static org.jspecify;

    exports org.symbolon.kmip;
    exports org.symbolon.kmip.enumeration;
    exports org.symbolon.kmip.object;
    exports org.symbolon.kmip.operation;
    exports org.symbolon.kmip.server;
    exports org.symbolon.kmip.testing;
    exports org.symbolon.kmip.token;
    exports org.symbolon.kmip.ttlv;

    provides org.symbolon.spi.ModuleFactory with
            org.symbolon.kmip.token.KmipModuleFactory;
}
