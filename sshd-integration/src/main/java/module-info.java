/** SSH with tokens: authorized keys looked up, host keys and user keys used, keys never leaving. */
@SuppressWarnings("requires-transitive-automatic")
module org.symbolon.ssh {
    requires transitive org.symbolon;
    requires java.naming;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;
    requires static transitive org.apache.sshd.osgi;
    requires static com.hierynomus.sshj;
    requires static com.jcraft.jsch;

    exports org.symbolon.ssh.agent;
    exports org.symbolon.ssh.certificate;
    exports org.symbolon.ssh.lookup;
    exports org.symbolon.ssh.jsch;
    exports org.symbolon.ssh.mina.publickey;
    exports org.symbolon.ssh.mina.x509;
    exports org.symbolon.ssh.mina;
    exports org.symbolon.ssh.publickey;
    exports org.symbolon.ssh.sshj;
    exports org.symbolon.ssh.x509;
    exports org.symbolon.ssh;

    provides org.symbolon.spi.ModuleFactory with
            org.symbolon.ssh.agent.AgentModuleFactory;
}
