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
import org.junit.jupiter.api.Test;

/** What a dialect asks the server for, seen by a connection that has the answers. */
class PostgresqlDialectTest {
    private static final Clock OF_THIS_MACHINE = Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC);

    private static <T> T answering(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object answer = answers.get(method.getName());
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
}
