package org.symbolon.soft.store;

import java.sql.SQLException;

/** An SQL error on its way to the {@link Database}, which retries it or turns it into a token exception. */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException failure;

    SqlFailure(SQLException failure) {
        super(failure);
        this.failure = failure;
    }

    SQLException failure() {
        return failure;
    }
}
