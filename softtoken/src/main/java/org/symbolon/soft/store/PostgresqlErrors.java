package org.symbolon.soft.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;

/** What PostgreSQL's error codes (SQLSTATE, PostgreSQL's documentation appendix A) mean to the user of a token. */
final class PostgresqlErrors {
    /** Serialization failure, deadlock, lock not available, too many connections, and a server that stops or starts. */
    private static final Set<String> PASSING =
            Set.of("40001", "40P01", "55P03", "53300", "57P01", "57P02", "57P03", "57P05", "25P03");

    private PostgresqlErrors() {}

    private static String state(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "");
    }

    /** Returns whether the connection is gone, so that nobody knows what became of a commit. */
    static boolean isConnectionLost(SQLException e) {
        return state(e).startsWith("08") || state(e).startsWith("57P");
    }

    static boolean isRetryable(SQLException e) {
        boolean refused = isRefusal(state(e));
        return !refused
                && (isConnectionLost(e) || PASSING.contains(state(e)) || e instanceof SQLTransientConnectionException);
    }

    /** Returns whether the server does not let us in, or has no such database: trying again does not help. */
    private static boolean isRefusal(String state) {
        return state.startsWith("28") || state.startsWith("3D") || state.equals("08004") || state.equals("42501");
    }

    /** Returns what the server or the driver said, behind the pool's own words. */
    private static @Nullable String reason(SQLException e) {
        SQLException said = e;
        while (said.getCause() instanceof SQLException cause) {
            said = cause;
        }
        return said.getMessage();
    }

    static TokenException translate(String database, SQLException e) {
        String state = state(e);
        Status deviceError = Status.ckr("CKR_DEVICE_ERROR");
        if (isRefusal(state)) {
            return new TokenUnavailableException(
                    deviceError, "the database " + database + " does not let us in: " + reason(e), e);
        }
        if (isRetryable(e) || state.startsWith("57")) {
            return new TokenUnavailableException(
                    deviceError, "the database " + database + " does not answer: " + reason(e), e);
        }
        if (state.equals("25006")) {
            return new TokenOperationException(
                    Status.ckr("CKR_TOKEN_WRITE_PROTECTED"), "the database " + database + " cannot be written", e);
        }
        if (state.startsWith("53")) {
            return new TokenOperationException(
                    Status.ckr("CKR_DEVICE_MEMORY"),
                    "the database " + database + " has no room left: " + e.getMessage(),
                    e);
        }
        return new TokenProtocolException(deviceError, "the database " + database + " refuses: " + e.getMessage(), e);
    }
}
