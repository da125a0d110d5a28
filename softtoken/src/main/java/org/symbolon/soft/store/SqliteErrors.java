package org.symbolon.soft.store;

import java.sql.SQLException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;

/** What SQLite's result codes mean to the user of a token. */
final class SqliteErrors {
    private static final int PRIMARY_CODE = 0xFF;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int TOOBIG = 18;
    private static final int NOTADB = 26;

    private SqliteErrors() {}

    static boolean isBusy(SQLException e) {
        int code = e.getErrorCode() & PRIMARY_CODE;
        return code == BUSY || code == LOCKED;
    }

    static TokenException translate(String database, SQLException e) {
        Status deviceError = Status.ckr("CKR_DEVICE_ERROR");
        return switch (e.getErrorCode() & PRIMARY_CODE) {
            case BUSY, LOCKED -> new TokenUnavailableException(deviceError, "the database " + database + " is busy", e);
            case READONLY ->
                new TokenOperationException(
                        Status.ckr("CKR_TOKEN_WRITE_PROTECTED"),
                        "the database " + database + " cannot be written: it, its folder or its disk is read-only",
                        e);
            case FULL ->
                new TokenOperationException(
                        Status.ckr("CKR_DEVICE_MEMORY"), "the disk of the database " + database + " is full", e);
            case CANTOPEN ->
                new TokenUnavailableException(
                        deviceError,
                        "the database " + database
                                + " cannot be opened: who uses it writes the file and its folder, where SQLite keeps"
                                + " two more files beside it",
                        e);
            case IOERR ->
                new TokenUnavailableException(
                        deviceError, "the database " + database + " cannot be read: " + e.getMessage(), e);
            case NOTADB -> new TokenProtocolException(deviceError, database + " is not an SQLite database", e);
            case TOOBIG ->
                new TokenProtocolException(
                        deviceError,
                        "the database " + database + " was tampered with: a row is longer than any object may be",
                        e);
            case CORRUPT -> new TokenProtocolException(deviceError, "the database " + database + " is damaged", e);
            default ->
                new TokenProtocolException(deviceError, "the database " + database + " refuses: " + e.getMessage(), e);
        };
    }
}
