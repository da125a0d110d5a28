/** Soft tokens: the keys live encrypted in a database or in memory. */
module org.symbolon.soft {
    requires transitive org.symbolon;
    requires org.bouncycastle.provider;
    requires java.sql;
    requires org.slf4j;
    requires static org.jspecify;
}
