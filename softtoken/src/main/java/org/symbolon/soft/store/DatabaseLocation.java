package org.symbolon.soft.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.symbolon.Deadline;
import org.symbolon.TokenException;

/** Where a database is. Equal locations are the same database, opened in the same way. */
public sealed interface DatabaseLocation {
    /**
     * Makes what reaches the database.
     *
     * @param deadline until when it may wait
     * @return the connector
     * @throws TokenException if there is nothing to connect to
     */
    Connector connector(Deadline deadline) throws TokenException;

    /**
     * Returns the location of a file.
     *
     * @param path the file
     * @return the location
     * @throws IllegalArgumentException if the path is one that SQLite's driver cannot take
     */
    static DatabaseLocation file(Path path) {
        String absolute = real(path.toAbsolutePath().normalize()).toString();
        if (absolute.contains("?") || absolute.contains("\0")) {
            throw new IllegalArgumentException("the path of a database has no ? and no NUL, unlike " + absolute);
        }
        return new SqliteFile(absolute);
    }

    /**
     * Returns the path without links, so that a file has one location; of a file that is not there yet, its folder's.
     */
    private static Path real(Path absolute) {
        try {
            Path folder = absolute.getParent();
            if (Files.exists(absolute) || folder == null) {
                return absolute.toRealPath();
            }
            return folder.toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            return absolute;
        }
    }

    /**
     * Returns the location of a database in memory.
     *
     * @param name its name
     * @return the location
     */
    static DatabaseLocation memory(String name) {
        return new Memory(name);
    }

    /**
     * An SQLite database in a file.
     *
     * @param path the file, absolute and normal
     */
    record SqliteFile(String path) implements DatabaseLocation {
        @Override
        public Connector connector(Deadline deadline) throws TokenException {
            return SqliteConnector.ofFile(Path.of(path), deadline);
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * An SQLite database in memory.
     *
     * @param name what tells it from others
     */
    record Memory(String name) implements DatabaseLocation {
        @Override
        public Connector connector(Deadline deadline) throws TokenException {
            return SqliteConnector.ofMemory(deadline);
        }

        @Override
        public String toString() {
            return "in memory";
        }
    }

    /**
     * A schema of a PostgreSQL database.
     *
     * @param server how it is reached
     */
    record Postgresql(PostgresqlServer server) implements DatabaseLocation {
        @Override
        public Connector connector(Deadline deadline) throws TokenException {
            PostgresqlServer.requireDriver();
            return new PostgresqlConnector(server);
        }

        @Override
        public String toString() {
            return server.toString();
        }
    }
}
