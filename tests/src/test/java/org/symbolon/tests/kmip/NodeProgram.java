package org.symbolon.tests.kmip;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.symbolon.Login;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.config.SecretReference;
import org.symbolon.kmip.server.KmipServer;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.Postgresql;
import org.symbolon.soft.SoftModule;
import org.symbolon.tests.SoftTokens;

/** A program that serves a token in PostgreSQL to KMIP clients until it is killed. */
final class NodeProgram {
    static final String TOKEN = "Nodes";
    static final String READY = "ready";

    private NodeProgram() {}

    static TokenModule open(Postgresql database) throws Exception {
        return SoftModule.builder()
                .postgresql(database)
                .kdf(KdfParameters.floor())
                .open();
    }

    /** Takes the port to listen on, the folder of the keys, and the database's port, schema and file of the password. */
    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Postgresql database = Postgresql.at("127.0.0.1", Integer.parseInt(arguments[2]), "postgres")
                .withSchema(arguments[3])
                .withPassword(SecretReference.parse("file:" + arguments[4]));
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        try (TokenModule module = open(database);
                Session session = module.token(TOKEN).open(Login.user(SoftTokens.PIN));
                KmipServer server = KmipServer.builder(session)
                        .tls(address, new KmipKeys(Path.of(arguments[1])).serverContext())
                        .start()) {
            System.out.println(READY);
            server.await();
        }
    }
}
