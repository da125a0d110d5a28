/** The model of Symbolon: tokens, sessions, objects, mechanisms, and what a backend implements. */
module org.symbolon {
    requires static transitive org.apiguardian.api;
    requires jdk.net;
    requires transitive org.jspecify;
    requires org.slf4j;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;

    exports org.symbolon;
    exports org.symbolon.config;
    exports org.symbolon.key;
    exports org.symbolon.serve;
    exports org.symbolon.spi;
    exports org.symbolon.transfer;
    exports org.symbolon.transport;

    uses org.symbolon.spi.ModuleFactory;
}
