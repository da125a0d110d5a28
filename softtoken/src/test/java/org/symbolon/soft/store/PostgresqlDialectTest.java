package org.symbolon.soft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a dialect asks the server for, seen by a connection that has the answers. */
class PostgresqlDialectTest {
    private static final Clock OF_THIS_MACHINE = Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC);

    private static <T> T answering(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object answer = answers.get(method.getName());
                    if (answer instanceof Supplier<?> made) {
                        return made.get();
                    }
                    return answer instanceof Iterator<?> several ? several.next() : answer;
                }));
    }

    @Test
    void now_whateverTheClockOfTheMachine_isThatOfTheServer() {
        ResultSet rows = answering(
                ResultSet.class, Map.of("next", List.of(true, false).iterator(), "getLong", 1_700_000_000_000L));
        PreparedStatement statement = answering(PreparedStatement.class, Map.of("executeQuery", rows));
        Connection connection = answering(Connection.class, Map.of("prepareStatement", statement));

        Sql remote = new Sql(connection, new PostgresqlDialect("a test", new PostgresqlAnnouncements("a test")));

        assertThat(remote.now(OF_THIS_MACHINE)).isEqualTo(1_700_000_000_000L);
    }

    @Test
    void now_ofAFileOfThisMachine_isThatOfItsClock() {
        Sql local = new Sql(answering(Connection.class, Map.of()), new SqliteDialect("a test"));

        assertThat(local.now(OF_THIS_MACHINE)).isEqualTo(5);
    }

    @Test
    void update_manyTogether_keepsNoStatementOfThem() {
        AtomicInteger open = new AtomicInteger();
        PreparedStatement statement = answering(
                PreparedStatement.class,
                Map.of("execute", false, "getUpdateCount", 1, "getMoreResults", false, "close", (Supplier<Integer>)
                        open::decrementAndGet));
        Supplier<PreparedStatement> prepared = () -> {
            open.incrementAndGet();
            return statement;
        };
        Connection connection = answering(Connection.class, Map.of("prepareStatement", prepared));
        Sql remote = new Sql(connection, new PostgresqlDialect("a test", new PostgresqlAnnouncements("a test")));

        for (int i = 0; i < 1000; i++) {
            remote.updateOne(i % 3 == 0 ? "UPDATE a" + i + " SET b = ?" : "UPDATE a SET b = ?", i);
        }
        remote.flush();
        assertThat(open).hasValue(0);

        remote.updateOne("UPDATE a SET b = ?", 1);
        remote.flush();
        assertThat(open).as("one that comes again is kept").hasValue(1);
    }
}
