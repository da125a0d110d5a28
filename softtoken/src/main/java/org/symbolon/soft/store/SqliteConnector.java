package org.symbolon.soft.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;

/** Makes connections to an SQLite database with the settings that the house wants. */
final class SqliteConnector {
    /** SQLite's own wait for a lock; the waiting for longer is done outside, where interruption is answered. */
    private static final int BUSY_TIMEOUT_MILLIS = 50;

    /** The longest row in bytes: longer ones are refused before they are read. */
    private static final int MAX_ROW_BYTES = 16 * 1024 * 1024;

    private final DatabaseLocation location;

    SqliteConnector(DatabaseLocation location) throws TokenException {
        this.location = location;
        if (!location.isMemory()) {
            create(Path.of(location.path()));
        }
    }

    /** Creates the file if there is none, so that nobody but its owner ever reads it. */
    private static void create(Path path) throws TokenException {
        if (Files.exists(path)) {
            return;
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(path, ownerOnly);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the database " + path + " cannot be created", e);
        }
    }

    boolean isMemory() {
        return location.isMemory();
    }

    String name() {
        return location.toString();
    }

    Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, Integer.toString(MAX_ROW_BYTES));
        config.enforceForeignKeys(true);
        config.setSynchronous(SynchronousMode.FULL);
        if (!isMemory()) {
            config.setJournalMode(JournalMode.WAL);
        }
        Connection connection = config.createConnection("jdbc:sqlite:" + (isMemory() ? ":memory:" : location.path()));
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA secure_delete = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA temp_store = MEMORY");
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }
}
