package org.symbolon.soft;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.symbolon.ModuleOptions;
import org.symbolon.config.SecretReference;
import org.symbolon.soft.store.DatabaseLocation;
import org.symbolon.soft.store.PostgresqlServer;

/**
 * A PostgreSQL database that soft tokens live in, shared by as many nodes as reach it.
 *
 * <p>The tokens are in a schema of their own, which is created by who comes first, if the user may. Off the loopback
 * interface the connection is by TLS, and the server's certificate and name are checked, unless that is turned off by name.
 * Wants {@code org.postgresql:postgresql} and {@code com.zaxxer:HikariCP} on the path, and a server of version 14 or later.
 * Immutable.
 *
 * <pre>{@code
 * Postgresql database = Postgresql.at("db.example.org", 5432, "keys")
 *         .withUser("symbolon")
 *         .withPassword(SecretReference.parse("file:/run/secrets/db"));
 * try (TokenModule module = SoftModule.builder().postgresql(database).open()) {
 *     ...
 * }
 * }</pre>
 */
public final class Postgresql {
    static final String USER = "database-user";
    static final String PASSWORD = "database-password";
    static final String TLS = "database-tls";
    static final String TLS_ROOT = "database-tls-root";
    static final String POOL = "database-pool";

    /** What each setting means. */
    static final Map<String, String> MEANINGS = Map.of(
            USER, "soft:postgresql: the user to connect as",
            PASSWORD, "soft:postgresql: a reference to that user's password",
            TLS, "soft:postgresql: verify-full (the default, but for loopback addresses) or off",
            TLS_ROOT, "soft:postgresql: the certificates that are trusted, in PEM (those that Java trusts)",
            POOL, "soft:postgresql: connections at most, 2 to 100 (8)");

    private static final String LEGAL = "soft:postgresql://HOST[:PORT]/DATABASE[?schema=NAME]";
    private static final int DEFAULT_PORT = 5432;
    private static final int MAX_PORT = 65_535;
    private static final String DEFAULT_SCHEMA = "symbolon";
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,47}");
    private static final int DEFAULT_POOL = 8;
    private static final int MIN_POOL = 2;
    private static final int MAX_POOL = 100;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final PostgresqlServer server;

    private Postgresql(PostgresqlServer server) {
        this.server = server;
    }

    /**
     * Returns a database in the schema {@code symbolon}, reached as the user {@code symbolon} without a password, by TLS
     * unless the host is this one.
     *
     * @param host a host name or an address
     * @param port 1 to 65535
     * @param database its name
     * @return the database
     */
    public static Postgresql at(String host, int port, String database) {
        if (host.isBlank() || database.isBlank()) {
            throw new IllegalArgumentException("a PostgreSQL database has a host and a name");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is 1 to " + MAX_PORT + ", not " + port);
        }
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Postgresql(new PostgresqlServer(
                plain,
                port,
                database,
                DEFAULT_SCHEMA,
                DEFAULT_SCHEMA,
                Optional.empty(),
                !LOOPBACK.contains(plain),
                Optional.empty(),
                DEFAULT_POOL));
    }

    /**
     * Returns this database with another schema.
     *
     * @param schema a lower-case letter or underscore, then at most 47 such and digits
     * @return the database
     */
    public Postgresql withSchema(String schema) {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException(
                    "a schema's name is a lower-case letter or _ and at most 47 letters, digits and _, not " + schema);
        }
        return with(schema, server.user(), server.password(), server.tls(), server.tlsRoot(), server.poolSize());
    }

    /**
     * Returns this database, reached as another user.
     *
     * @param user the user's name
     * @return the database
     */
    public Postgresql withUser(String user) {
        if (user.isBlank()) {
            throw new IllegalArgumentException(USER + " is a name");
        }
        return with(server.schema(), user, server.password(), server.tls(), server.tlsRoot(), server.poolSize());
    }

    /**
     * Returns this database with a password, which is read at each connection anew.
     *
     * @param password where it is
     * @return the database
     */
    public Postgresql withPassword(SecretReference password) {
        return with(
                server.schema(),
                server.user(),
                Optional.of(password),
                server.tls(),
                server.tlsRoot(),
                server.poolSize());
    }

    /**
     * Returns this database, reached by TLS or not.
     *
     * @param tls whether by TLS, with the server's certificate and name checked; without it whoever sits between reads and
     *     changes what is sent, among it who may log in
     * @return the database
     */
    public Postgresql withTls(boolean tls) {
        return with(server.schema(), server.user(), server.password(), tls, server.tlsRoot(), server.poolSize());
    }

    /**
     * Returns this database, whose certificate is one of these or issued by one of them; by TLS.
     *
     * @param certificates a file with certificates in PEM
     * @return the database
     */
    public Postgresql withTlsRoot(Path certificates) {
        return with(
                server.schema(),
                server.user(),
                server.password(),
                true,
                Optional.of(certificates.toAbsolutePath()),
                server.poolSize());
    }

    /**
     * Returns this database with another number of connections.
     *
     * @param connections how many at most, 2 to 100; one more listens while anybody wants to hear of changes
     * @return the database
     */
    public Postgresql withPoolSize(int connections) {
        if (connections < MIN_POOL || connections > MAX_POOL) {
            throw new IllegalArgumentException(POOL + " is " + MIN_POOL + " to " + MAX_POOL + ", not " + connections);
        }
        return with(server.schema(), server.user(), server.password(), server.tls(), server.tlsRoot(), connections);
    }

    private Postgresql with(
            String schema,
            String user,
            Optional<SecretReference> password,
            boolean tls,
            Optional<Path> tlsRoot,
            int poolSize) {
        return new Postgresql(new PostgresqlServer(
                server.host(), server.port(), server.database(), schema, user, password, tls, tlsRoot, poolSize));
    }

    DatabaseLocation location() {
        return new DatabaseLocation.Postgresql(server);
    }

    /** Returns the database that a URI and settings speak of. */
    static Postgresql of(String uri, ModuleOptions options) {
        Postgresql database = parse(uri);
        database = options.setting(USER).map(database::withUser).orElse(database);
        database = options.setting(PASSWORD)
                .map(SecretReference::parse)
                .map(database::withPassword)
                .orElse(database);
        database = options.setting(TLS_ROOT)
                .map(Postgresql::path)
                .map(database::withTlsRoot)
                .orElse(database);
        database =
                options.setting(TLS).map(Postgresql::tls).map(database::withTls).orElse(database);
        return options.setting(POOL)
                .map(Postgresql::number)
                .map(database::withPoolSize)
                .orElse(database);
    }

    private static Postgresql parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "a soft token in PostgreSQL is at " + LEGAL + ", not at soft:" + text, e);
        }
        String path = uri.getPath();
        if (uri.getHost() == null || path == null || path.length() < 2 || path.indexOf('/', 1) > 0) {
            throw new IllegalArgumentException("a soft token in PostgreSQL is at " + LEGAL + ", not at soft:" + text);
        }
        if (uri.getUserInfo() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("a soft token in PostgreSQL is at " + LEGAL
                    + "; the user is the setting " + USER + ", the password " + PASSWORD);
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        Postgresql database = at(uri.getHost(), port, path.substring(1));
        return uri.getQuery() == null ? database : database.withSchema(schema(uri.getQuery()));
    }

    private static String schema(String query) {
        if (!query.startsWith("schema=")) {
            throw new IllegalArgumentException("a soft token in PostgreSQL is at " + LEGAL + ", without ?" + query
                    + "; settings are " + new TreeMap<>(MEANINGS).keySet());
        }
        return query.substring("schema=".length());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(TLS_ROOT + " is the path of a file, not " + text, e);
        }
    }

    private static boolean tls(String text) {
        if (!Set.of("verify-full", "off").contains(text)) {
            throw new IllegalArgumentException(TLS + " is verify-full or off, not " + text);
        }
        return text.equals("verify-full");
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    POOL + " is a number from " + MIN_POOL + " to " + MAX_POOL + ", not " + text, e);
        }
    }

    /** {@return the database without its password} */
    @Override
    public String toString() {
        return server.toString();
    }
}
