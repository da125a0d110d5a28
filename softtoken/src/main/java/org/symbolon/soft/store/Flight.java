package org.symbolon.soft.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queries that a reading work will ask, as far as they can be foreseen: sent to a remote database together, in one
 * round trip. The work itself asks them one by one, as ever, and finds them answered; when it asks another, it is done
 * again in a transaction. Not thread-safe.
 */
public final class Flight {
    private final List<Part> parts = new ArrayList<>();
    private final Map<Key, List<?>> answers = new HashMap<>();

    private final Dialect dialect;

    /** Makes an empty one. */
    Flight(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /** What a query is known by: its text and its arguments, whole numbers all as long. */
    private record Key(String text, List<?> arguments) {
        static Key of(String text, @Nullable Object[] arguments) {
            return new Key(
                    text,
                    Arrays.stream(arguments)
                            .map(argument -> argument instanceof Integer number ? Long.valueOf(number) : argument)
                            .toList());
        }
    }

    /** Takes one row of an answer. */
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** A query and who reads its rows. */
    record Part(String text, List<?> arguments, RowReader reader) {}

    /** Adds a query that the work will ask. */
    <T> void add(String text, Sql.Mapper<T> mapper, @Nullable Object... arguments) {
        List<T> rows = new ArrayList<>();
        answers.put(Key.of(text, arguments), rows);
        parts.add(new Part(text, Arrays.asList(arguments), row -> rows.add(mapper.map(row))));
    }

    /** Adds a query whose rows answer others, by {@link #answer}. */
    void addForOthers(String text, RowReader reader, @Nullable Object... arguments) {
        parts.add(new Part(text, Arrays.asList(arguments), reader));
    }

    /** Answers a query. */
    <T> void answer(T row, String text, @Nullable Object... arguments) {
        answers.put(Key.of(text, arguments), List.of(row));
    }

    /** {@return whether nothing is foreseen} */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    List<Part> parts() {
        return parts;
    }

    /** Returns the answer to a query. */
    @SuppressWarnings("unchecked") // a text is always read by the same mapper
    <T> List<T> answerTo(String text, @Nullable Object... arguments) {
        List<?> rows = answers.get(Key.of(text, arguments));
        if (rows == null) {
            throw new UnforeseenQuery();
        }
        return (List<T>) rows;
    }
}
