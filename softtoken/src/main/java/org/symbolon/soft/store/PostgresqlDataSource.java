package org.symbolon.soft.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Makes connections to a PostgreSQL server with the settings that the house wants. */
final class PostgresqlDataSource implements DataSource {
    private static final int CONNECT_SECONDS = 5;

    /**
     * Every transaction sees one state of the database unless it says otherwise; a server process whose client is gone
     * stops waiting for locks, and one whose client stands still within a transaction lets go of those that it has, since
     * all other nodes wait for them; statements are planned once.
     */
    private static final String OPTIONS = "-c default_transaction_isolation=repeatable\\ read"
            + " -c client_connection_check_interval=1000 -c idle_in_transaction_session_timeout=3000"
            + " -c plan_cache_mode=force_generic_plan";

    private final String url;
    private final Properties properties = new Properties();

    PostgresqlDataSource(PostgresqlServer server) {
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        this.url = "jdbc:postgresql://" + host + ":" + server.port() + "/"
                + URLEncoder.encode(server.database(), StandardCharsets.UTF_8).replace("+", "%20");
        set(PGProperty.USER, server.user());
        set(PGProperty.CURRENT_SCHEMA, server.schema());
        set(PGProperty.APPLICATION_NAME, "symbolon");
        set(PGProperty.OPTIONS, OPTIONS);
        set(PGProperty.CONNECT_TIMEOUT, Integer.toString(CONNECT_SECONDS));
        set(PGProperty.LOGIN_TIMEOUT, Integer.toString(CONNECT_SECONDS));
        set(PGProperty.TCP_KEEP_ALIVE, "true");
        set(PGProperty.PREPARE_THRESHOLD, "1");
        set(PGProperty.SSL_MODE, server.tls() ? "verify-full" : "disable");
        set(PGProperty.GSS_ENC_MODE, "disable");
        if (server.tls() && server.tlsRoot().isPresent()) {
            set(PGProperty.SSL_ROOT_CERT, server.tlsRoot().get().toString());
        } else if (server.tls()) {
            set(PGProperty.SSL_FACTORY, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        set(PGProperty.AUTHENTICATION_PLUGIN_CLASS_NAME, PostgresqlPassword.class.getName());
        server.password().ifPresent(reference -> {
            String text = reference.toString();
            properties.setProperty(PostgresqlPassword.REFERENCE, text.substring(2, text.length() - 1));
        });
    }

    private void set(PGProperty property, String value) {
        properties.setProperty(property.getName(), value);
    }

    /** Makes a connection. The pool's question whether it is still alive is answered without asking the server. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = connect();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getName().equals("isValid")
                        ? !connection.isClosed()
                        : invoke(connection, method, arguments));
    }

    private static @Nullable Object invoke(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Makes a connection as the driver gives it. */
    Connection connect() throws SQLException {
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("PostgreSQL's driver does not know " + url);
        }
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user is a setting");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("logging goes through SLF4J");
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The pool sets what it waits; the connection's own limit stands.
    }

    @Override
    public int getLoginTimeout() {
        return CONNECT_SECONDS;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("logging goes through SLF4J");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException("nothing is wrapped");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
