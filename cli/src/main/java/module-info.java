/** The command line. */
module org.symbolon.cli {
    requires org.symbolon;
    requires org.symbolon.soft;
    requires org.symbolon.kmip;
    requires org.symbolon.remote;
    requires org.symbolon.jca;
    requires org.symbolon.ssh;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires org.apache.sshd.osgi;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires static org.jspecify;

    opens org.symbolon.cli to
            info.picocli;
}
