/** Soft tokens: the keys live encrypted in a database or in memory. */
module org.symbolon.soft {
    requires transitive org.symbolon;
    requires org.bouncycastle.provider;
    requires java.management;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static com.amazon.corretto.crypto.provider;
    requires static com.zaxxer.hikari;
    requires static org.postgresql.jdbc;

    exports org.symbolon.soft;
    exports org.symbolon.soft.foreign;

    // PostgreSQL's driver makes what hands it the password.
    opens org.symbolon.soft.store to
            org.postgresql.jdbc;

    provides org.symbolon.spi.ModuleFactory with
            org.symbolon.soft.SoftModuleFactory;
}
