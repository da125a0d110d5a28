package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.soft.Postgresql;
import org.symbolon.tests.SoftTokens;

/** Processes that are killed by SIGKILL while they write: what they were told is kept, and nothing is there by half. */
class SoftKillTest {
    private static final int AT_ONCE = 2;
    private static final int SQLITE_ROUNDS = 25; // 50 kills
    private static final int POSTGRESQL_ROUNDS = 3;
    private static final int MADE_BEFORE_KILL = 3;

    @TempDir
    Path folder;

    /** Starts one process of a burst. */
    private interface Starter {
        Process start() throws IOException;
    }

    @Test
    void kill_fiftyTimesDuringABurstOnSqlite_losesNothingAcknowledged() throws Exception {
        Path database = folder.resolve("killed.db");
        try (TokenModule module = SoftTokens.inDatabase(database)) {
            SoftTokens.make(module, Burst.TOKEN);
            List<String> made = new ArrayList<>();
            for (int round = 0; round < SQLITE_ROUNDS; round++) {
                made.addAll(killed(() -> Burst.start(List.of(), database, 2, 10_000), round));
                requireUsable(module);
            }
            requireKept(module, made);
        }
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            assertThat(number(
                            raw,
                            "SELECT count(*) FROM attribute_tag t LEFT JOIN object o ON o.uid = t.uid"
                                    + " WHERE o.uid IS NULL"))
                    .as("tags without an object")
                    .isZero();
        }
    }

    @Test
    void kill_duringABurstOnPostgresql_losesNothingAcknowledged() throws Exception {
        PostgresqlCluster server = PostgresqlCluster.shared();
        Postgresql database = server.newDatabase();
        try (TokenModule module = PostgresqlNodesTest.open(database, Duration.ofSeconds(60))) {
            SoftTokens.make(module, Burst.TOKEN);
            List<String> made = new ArrayList<>();
            for (int round = 0; round < POSTGRESQL_ROUNDS; round++) {
                made.addAll(killed(() -> Burst.start(List.of(), database, server, 2, 10_000), round));
                requireUsable(module);
            }
            requireKept(module, made);
        }
    }

    /** Lets processes write at once, kills them, and returns the labels of what they were told is made. */
    private static List<String> killed(Starter starter, int round) throws IOException {
        List<Process> processes = new ArrayList<>();
        List<BufferedReader> outputs = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Process process = starter.start();
            processes.add(process);
            outputs.add(new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        }
        List<String> made = new ArrayList<>();
        for (BufferedReader output : outputs) {
            int wanted = made.size() + MADE_BEFORE_KILL + round % 5;
            while (made.size() < wanted) {
                String line = output.readLine();
                assertThat(line).as("what the burst prints").isNotNull().doesNotStartWith("refused");
                note(line, made);
            }
        }
        processes.forEach(
                process -> process.toHandle().destroyForcibly()); // SIGKILL; what it printed can be read still
        for (BufferedReader output : outputs) {
            output.lines()
                    .filter(line -> line.length() == "made ".length() + 36)
                    .forEach(line -> note(line, made));
        }
        return made;
    }

    private static void note(String line, List<String> made) {
        if (line.startsWith("made ")) {
            made.add(line.substring("made ".length()));
        }
    }

    /** No lock was left: one writes at once. */
    private static void requireUsable(TokenModule module) throws TokenException {
        try (Session session = login(module)) {
            session.destroy(session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("in between")));
        }
    }

    private static Session login(TokenModule module) throws TokenException {
        return module.token(Burst.TOKEN).open(Login.user(SoftTokens.PIN));
    }

    private static void requireKept(TokenModule module, List<String> made) throws TokenException {
        try (Session session = login(module)) {
            List<TokenObject> all = session.findAll(ObjectQuery.all());
            Map<String, Long> halves = all.stream()
                    .map(TokenObject::label)
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(all).allMatch(TokenObject::verified);
            assertThat(halves.values()).as("halves of each pair").containsOnly(2L);
            assertThat(halves.keySet()).containsAll(made);
            session.sign(session.privateKey(made.get(made.size() - 1)), Mechanism.ECDSA_SHA256, new byte[] {1, 2, 3});
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
