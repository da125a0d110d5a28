package org.symbolon.soft.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;

/** Writes of a transaction that wait to be sent together, in one round trip. Not thread-safe. */
final class PendingWrites {
    private static final int MAX_WRITES = 64;
    private static final long MAX_BYTES = 1024 * 1024;

    private final List<PendingWrite> writes = new ArrayList<>();
    private long bytes;

    /** A statement; one that changes another number of rows than one shows that the table is not what it seems. */
    record PendingWrite(String text, List<@Nullable Object> arguments, boolean changesOne) {
        static PendingWrite of(String text, boolean changesOne, @Nullable Object... arguments) {
            return new PendingWrite(text, Arrays.asList(arguments), changesOne);
        }

        void check(int rows) throws SQLException {
            if (changesOne && rows != 1) {
                throw new SQLException("a write changed " + rows + " rows, not one");
            }
        }

        private static long length(@Nullable Object argument) {
            if (argument instanceof Bytes value) {
                return value.length();
            }
            return argument instanceof byte[] value ? value.length : Long.BYTES;
        }
    }

    /** Makes a statement with its arguments. */
    @FunctionalInterface
    interface Binder {
        PreparedStatement bind(String text, @Nullable Object... arguments) throws SQLException;
    }

    /** Adds a write; returns whether it is time to send them. */
    boolean add(PendingWrite write) {
        writes.add(write);
        bytes += write.arguments.stream().mapToLong(PendingWrite::length).sum();
        return writes.size() >= MAX_WRITES || bytes >= MAX_BYTES;
    }

    /**
     * Sends them, and forgets them whatever comes of it.
     *
     * @param kept makes the statement of one write, whose text comes again
     * @param once makes that of several, which is closed: its text hardly does
     */
    void send(Binder kept, Binder once) throws SQLException {
        List<PendingWrite> sent = List.copyOf(writes);
        clear();
        if (sent.size() == 1) {
            PendingWrite only = sent.get(0);
            run(kept.bind(only.text, only.arguments.toArray()), sent);
        } else if (!sent.isEmpty()) {
            sendTogether(sent, once);
        }
    }

    private static void sendTogether(List<PendingWrite> sent, Binder once) throws SQLException {
        String text = sent.stream().map(PendingWrite::text).collect(Collectors.joining("; "));
        Object[] arguments =
                sent.stream().flatMap(write -> write.arguments.stream()).toArray();
        try (PreparedStatement statement = once.bind(text, arguments)) {
            run(statement, sent);
        }
    }

    private static void run(PreparedStatement statement, List<PendingWrite> sent) throws SQLException {
        boolean isRows = statement.execute();
        for (PendingWrite write : sent) {
            write.check(isRows ? 0 : statement.getUpdateCount());
            isRows = statement.getMoreResults();
        }
    }

    void clear() {
        writes.clear();
        bytes = 0;
    }
}
