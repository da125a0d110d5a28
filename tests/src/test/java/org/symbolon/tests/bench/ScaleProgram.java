package org.symbolon.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Outcome;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.key.KeyImport;
import org.symbolon.spi.Request;
import org.symbolon.tests.SoftTokens;

/**
 * {@code tests/bench scale}: a soft token in SQLite with many private keys, made by one program and used by another, whose
 * memory is small.
 */
public final class ScaleProgram {
    private static final String TOKEN = "scale";
    private static final int BATCH = 1000;
    private static final int DISTINCT_KEYS = 64;
    private static final int SINGLE_CREATES = 20;
    private static final int PAGE = 256;
    private static final int WARM_UP = 2000;
    private static final byte[] MESSAGE = new byte[64];

    private ScaleProgram() {}

    /**
     * Runs.
     *
     * @param args {@code create FILE KEYS}, or {@code use FILE KEYS FINDS}, which prints a row of the table
     */
    public static void main(String[] args) throws GeneralSecurityException, IOException {
        Path file = Path.of(args[1]);
        int keys = Integer.parseInt(args[2]);
        if (args[0].equals("create")) {
            create(file, keys);
        } else {
            use(file, keys, Integer.parseInt(args[3]));
        }
    }

    // ---- create

    private static void create(Path file, int keys) throws GeneralSecurityException, IOException {
        List<KeyPair> pairs = pairs();
        try (TokenModule module = SoftTokens.inDatabase(file);
                Session session = SoftTokens.newSession(module, TOKEN)) {
            long start = System.nanoTime();
            for (int from = 0; from < keys; from += BATCH) {
                createBatch(session, pairs, from, Math.min(keys, from + BATCH));
                if (from % 100_000 == 0) {
                    System.err.printf("%,d keys after %.0f s%n", from, (System.nanoTime() - start) / 1e9);
                }
            }
            double micros = (System.nanoTime() - start) / 1e3 / keys;
            long single = System.nanoTime();
            for (int i = 0; i < SINGLE_CREATES; i++) {
                createBatch(session, pairs, keys + i, keys + i + 1);
            }
            double singleMillis = (System.nanoTime() - single) / 1e6 / SINGLE_CREATES;
            System.out.printf(
                    Locale.ROOT,
                    "%,d keys: %.0f µs for each in transactions of %,d; %.2f ms for one alone, durable; %,d MB%n",
                    keys,
                    micros,
                    BATCH,
                    singleMillis,
                    Files.size(file) >> 20);
        }
    }

    private static List<KeyPair> pairs() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        List<KeyPair> pairs = new ArrayList<>();
        for (int i = 0; i < DISTINCT_KEYS; i++) {
            pairs.add(generator.generateKeyPair());
        }
        return pairs;
    }

    private static void createBatch(Session session, List<KeyPair> pairs, int from, int to)
            throws GeneralSecurityException {
        List<KeyImport.PrivateKeyTemplate> templates = new ArrayList<>();
        List<Request<?>> requests = new ArrayList<>();
        for (int i = from; i < to; i++) {
            KeyPair pair = pairs.get(i % DISTINCT_KEYS);
            KeyImport.PrivateKeyTemplate template =
                    KeyImport.PrivateKeyTemplate.of(pair.getPrivate(), pair.getPublic());
            templates.add(template);
            requests.add(new Request.Create(
                    template.template().and(Template.label(label(i)).onToken())));
        }
        for (Outcome<?> outcome : session.performAll(requests)) {
            outcome.get();
        }
        templates.forEach(KeyImport.PrivateKeyTemplate::close);
    }

    private static String label(int number) {
        return "key-" + number;
    }

    // ---- use

    private static void use(Path file, int keys, int finds) throws TokenException, IOException {
        long start = System.nanoTime();
        try (TokenModule module = SoftTokens.inDatabase(file);
                Session session = module.token(TOKEN).open(Login.user(SoftTokens.PIN))) {
            double login = (System.nanoTime() - start) / 1e6;
            Random random = new Random(1);
            double[] first = times(1, () -> find(session, random.nextInt(keys)));
            times(WARM_UP, () -> find(session, random.nextInt(keys)));
            double[] found = times(finds, () -> find(session, random.nextInt(keys)));
            long walk = System.nanoTime();
            int walked = walk(session);
            double walkSeconds = (System.nanoTime() - walk) / 1e9;
            String memory = residentMemory();
            PrivateKeyObject one = find(session, 0);
            times(WARM_UP, () -> session.sign(one, Mechanism.ECDSA_SHA256, MESSAGE));
            double[] signed = times(WARM_UP, () -> session.sign(one, Mechanism.ECDSA_SHA256, MESSAGE));
            double[] both = times(WARM_UP, () -> session.sign(find(session, 0), Mechanism.ECDSA_SHA256, MESSAGE));
            double[] uncached = times(
                    WARM_UP, () -> session.sign(find(session, random.nextInt(keys)), Mechanism.ECDSA_SHA256, MESSAGE));
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %.0f ms | %.2f ms | %.3f / %.3f ms | %.3f ms | %.3f ms | %.3f ms | %,d in %.1f s | %s |%n",
                    keys,
                    login,
                    first[0],
                    percentile(found, 50),
                    percentile(found, 99),
                    percentile(signed, 50),
                    percentile(both, 50),
                    percentile(uncached, 50),
                    walked,
                    walkSeconds,
                    memory);
        }
    }

    private static PrivateKeyObject find(Session session, int number) throws TokenException {
        return session.privateKey(label(number));
    }

    private static int walk(Session session) throws TokenException {
        int count = 0;
        try (ObjectCursor cursor = session.find(ObjectQuery.privateKeys())) {
            for (int page = cursor.next(PAGE).size();
                    page > 0;
                    page = cursor.next(PAGE).size()) {
                count += page;
            }
        }
        return count;
    }

    private interface Work {
        Object run() throws TokenException;
    }

    /** Returns how long each of so many runs took, in milliseconds, the shortest first. */
    private static double[] times(int runs, Work work) throws TokenException {
        double[] millis = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            if (work.run() == null) {
                throw new AssertionError("nothing came out");
            }
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** Returns the largest resident memory of this process so far, as Linux counts it. */
    private static String residentMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("\\D", ""))
                .map(kilobytes -> Long.parseLong(kilobytes) / 1024 + " MB")
                .findFirst()
                .orElse("unknown");
    }
}
