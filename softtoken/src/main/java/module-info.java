/** Soft tokens: the keys live encrypted in a database or in memory. */
module org.symbolon.soft {
    requires transitive org.symbolon;
    requires org.bouncycastle.provider;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static com.amazon.corretto.crypto.provider;

    exports org.symbolon.soft;

    provides org.symbolon.spi.ModuleFactory with
            org.symbolon.soft.SoftModuleFactory;
}
