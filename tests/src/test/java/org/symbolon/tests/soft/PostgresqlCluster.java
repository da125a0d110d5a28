package org.symbolon.tests.soft;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.symbolon.config.SecretReference;
import org.symbolon.soft.Postgresql;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/**
 * A PostgreSQL server of our own, on a loopback port, with a password; one for the whole run, stopped at its end. Root
 * runs it as nobody, since PostgreSQL refuses root.
 */
public final class PostgresqlCluster {
    private static final String PACKAGE = "postgresql";
    private static final String PASSWORD = "a password of the tests";
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresqlCluster(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    private static final class Holder {
        static final PostgresqlCluster CLUSTER = create();
    }

    /** Returns the server that tests share; it runs. */
    public static PostgresqlCluster shared() {
        return Holder.CLUSTER;
    }

    /** Makes a server for one test, which may stop it; {@link #remove} it. */
    static PostgresqlCluster create() {
        try {
            Path initdb = Peer.requireFile(
                    PACKAGE,
                    Stream.of("15", "16", "17", "14", "18")
                            .map(version -> Path.of("/usr/lib/postgresql", version, "bin", "initdb"))
                            .toArray(Path[]::new));
            Path programs = Objects.requireNonNull(initdb.getParent());
            Path folder = Files.createTempDirectory("symbolon-postgresql");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            PostgresqlCluster cluster = new PostgresqlCluster(programs, folder, freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::remove));
            cluster.initialize();
            cluster.start();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void initialize() throws IOException {
        Files.writeString(passwordFile(), PASSWORD);
        Files.createDirectory(data());
        if (isRoot()) {
            run(List.of("chown", "nobody", data()));
        }
        runAsServer(
                programs.resolve("initdb"),
                "--pgdata=" + data(),
                "--username=symbolon",
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync");
        Files.setPosixFilePermissions(passwordFile(), PosixFilePermissions.fromString("rw-------"));
    }

    /** Starts the server and waits until it answers. */
    void start() {
        runAsServer(
                programs.resolve("pg_ctl"),
                "--pgdata=" + data(),
                "--log=" + data().resolve("log"),
                "--wait",
                "--options=-p " + port
                        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=60"
                        + " -c shared_buffers=32MB",
                "start");
    }

    /** Stops the server, cutting off whoever is connected. */
    void stop() {
        runAsServer(programs.resolve("pg_ctl"), "--pgdata=" + data(), "--mode=fast", "--wait", "stop");
    }

    /** Turns TLS on, for those who ask for it, and returns the server's certificate, which is its own issuer. */
    Path turnTlsOn() throws SQLException, IOException {
        runAsServer(
                Peer.require("openssl", "openssl"),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                data().resolve("server.key"),
                "-out",
                data().resolve("server.crt"),
                "-subj",
                "/CN=symbolon",
                "-addext",
                "subjectAltName=IP:127.0.0.1");
        execute("ALTER SYSTEM SET ssl = on");
        execute("SELECT pg_reload_conf()");
        return Files.copy(data().resolve("server.crt"), folder.resolve("server.crt"));
    }

    /** Kills all connections but the one that asks. */
    void killConnections() throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND usename = 'symbolon'");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "symbolon", PASSWORD);
    }

    private void remove() {
        try {
            if (Files.exists(data().resolve("postmaster.pid"))) {
                runAsServer(programs.resolve("pg_ctl"), "--pgdata=" + data(), "--mode=immediate", "--wait", "stop");
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Returns the file with the password of its user. */
    public Path passwordFile() {
        return folder.resolve("password");
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Returns the database, in a schema that no other test uses. */
    public Postgresql newDatabase() {
        return database("t" + SCHEMAS.incrementAndGet());
    }

    Postgresql database(String schema) {
        return database(schema, port);
    }

    /** Returns the database as it is reached through another port. */
    Postgresql database(String schema, int otherPort) {
        return Postgresql.at("127.0.0.1", otherPort, "postgres")
                .withSchema(schema)
                .withPassword(SecretReference.parse("file:" + passwordFile()));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void runAsServer(Object... command) {
        List<Object> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        whole.addAll(List.of(command));
        run(whole);
    }

    private void run(List<Object> command) {
        try {
            Path output = Files.createTempFile(folder, "run", ".log");
            List<Object> quiet = new ArrayList<>(List.of("sh", "-c", "\"$@\" > " + output + " 2>&1 < /dev/null", "sh"));
            quiet.addAll(command);
            Program program = Program.run(Path.of("/"), Map.of("LC_ALL", "C.UTF-8"), quiet);
            if (program.exitCode() != 0) {
                throw new AssertionError(command + " failed: " + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        }
    }
}
