package org.symbolon.soft.store;

import java.sql.SQLException;
import java.time.Clock;
import org.symbolon.TokenException;

/** What differs between databases in SQL, in transactions and in errors. Within a transaction unless it says otherwise. */
interface Dialect {
    /** Begins a transaction that sees one state of the database, and checks the schema. */
    void beginRead(Sql sql) throws TokenException;

    /** Begins a transaction that nobody else's write to the token in a slot comes between, and checks the schema. */
    void beginWrite(Sql sql, long slot) throws TokenException;

    /** Sends what is written and not sent yet, and what the other processes are told with the commit. */
    void finish(Sql sql);

    /** Makes what was written durable. */
    void commit(Sql sql);

    /** Ends the transaction without a trace. */
    void rollback(Sql sql);

    /** Returns whether a flight is sent at once; else what was foreseen is of no use. */
    boolean flies();

    /** Answers a flight in one round trip, outside of transactions: all of it is one state of the database. */
    void fly(Sql sql, Flight flight) throws TokenException;

    /** Returns the time in milliseconds since 1970: of the database where machines share it, else of this one's clock. */
    long now(Sql sql, Clock clock);

    /** Returns the condition that a column holds 16 bytes. */
    String isUid(String column);

    /** Returns the expression for a column of bytes, which is empty where they are more than an object may have. */
    String bounded(String column);

    /** Returns the expression for the number in the first two bytes of a column. Only where there are flights. */
    String prefix(String column);

    /** Returns the join whose left side is read first. */
    String orderedJoin();

    /** Returns whether the same work may well succeed when it is done again. */
    boolean isRetryable(SQLException e);

    /** Returns whether a commit that failed so may have been done all the same. */
    boolean isInDoubt(SQLException e);

    /** Returns what an error means to the user of a token. */
    TokenException translate(SQLException e);
}
