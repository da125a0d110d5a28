package org.symbolon.soft.store;

import java.nio.file.Path;
import java.util.Optional;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.SecretReference;

/**
 * How a PostgreSQL database is reached.
 *
 * @param host a name or an address
 * @param port the port
 * @param database the database's name
 * @param schema the schema that the tokens are in
 * @param user in whose name
 * @param password where the password is; empty if the server asks for none
 * @param tls whether the connection is by TLS, and the server's certificate and name are checked
 * @param tlsRoot the certificates that are trusted, in PEM; empty for those that Java trusts
 * @param poolSize how many connections there are at most
 */
public record PostgresqlServer(
        String host,
        int port,
        String database,
        String schema,
        String user,
        Optional<SecretReference> password,
        boolean tls,
        Optional<Path> tlsRoot,
        int poolSize) {

    /** Tells who misses the driver what to do about it. */
    static void requireDriver() throws TokenException {
        for (String name : new String[] {"org.postgresql.Driver", "com.zaxxer.hikari.HikariDataSource"}) {
            try {
                Class.forName(name, false, PostgresqlServer.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new TokenUnavailableException(
                        Status.ckr("CKR_LIBRARY_LOAD_FAILED"),
                        "soft:postgresql: wants org.postgresql:postgresql and com.zaxxer:HikariCP on the path; " + name
                                + " is not there",
                        e);
            }
        }
    }

    @Override
    public String toString() {
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return "postgresql://" + bracketed + ":" + port + "/" + database + "?schema=" + schema;
    }
}
