package org.symbolon.tests.soft;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.LoggerFactory;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.SecretReference;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.Postgresql;
import org.symbolon.soft.SoftModule;
import org.symbolon.tests.SoftTokens;

/**
 * A program that makes key pairs in a token as fast as it can and prints the label of each when it was made; the first
 * before {@code begin}. What the token refuses is printed too, and how many of the pairs that were made are there then.
 */
final class Burst {
    static final String TOKEN = "Burst";

    private Burst() {}

    /** Starts the program in a process of its own, behind the words that run it. */
    static Process start(List<String> runner, Postgresql database, PostgresqlCluster server, int threads, int each)
            throws IOException {
        String text = database.toString();
        return start(
                runner,
                threads,
                each,
                Integer.toString(server.port()),
                text.substring(text.indexOf("schema=") + "schema=".length()),
                server.passwordFile().toString());
    }

    static Process start(List<String> runner, Path database, int threads, int each) throws IOException {
        return start(runner, threads, each, database.toString());
    }

    private static Process start(List<String> runner, int threads, int each, String... where) throws IOException {
        List<String> command = new ArrayList<>(runner);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Burst.class.getName(),
                Integer.toString(threads),
                Integer.toString(each)));
        command.addAll(List.of(where));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        int threads = Integer.parseInt(arguments[0]);
        int each = Integer.parseInt(arguments[1]);
        try (TokenModule module = arguments.length == 3
                ? SoftTokens.inDatabase(Path.of(arguments[2]))
                : onServer(Integer.parseInt(arguments[2]), arguments[3], arguments[4])) {
            burst(module, threads, each);
        } catch (TokenException e) {
            System.out.println("refused " + e.getMessage());
        }
    }

    private static TokenModule onServer(int port, String schema, String password) throws TokenException {
        return SoftModule.builder()
                .kdf(KdfParameters.floor())
                .postgresql(Postgresql.at("127.0.0.1", port, "postgres")
                        .withSchema(schema)
                        .withPassword(SecretReference.parse("file:" + password)))
                .open();
    }

    private static void burst(TokenModule module, int threads, int each) throws Exception {
        if (module.tokens().isEmpty()) {
            SoftTokens.make(module, TOKEN);
        }
        System.out.println("tokens " + module.tokens().size());
        try (Session session = module.token(TOKEN).open(Login.user(SoftTokens.PIN))) {
            make(session);
            System.out.println("begin");
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> makeMany(session, each)));
            }
            int made = 1;
            for (Future<Integer> future : futures) {
                made += future.get();
            }
            System.out.println("end");
            pool.shutdown();
            int kept = session.within(Duration.ofSeconds(20))
                            .findAll(ObjectQuery.all())
                            .size()
                    / 2;
            System.out.println("kept " + kept + " of " + made);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static int makeMany(Session session, int times) {
        for (int i = 0; i < times; i++) {
            try {
                make(session);
            } catch (TokenException e) {
                System.out.println("refused " + e.getMessage());
                return i;
            }
        }
        return times;
    }

    private static void make(Session session) throws TokenException {
        String label = UUID.randomUUID().toString();
        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label(label));
        System.out.println("made " + label);
    }
}
