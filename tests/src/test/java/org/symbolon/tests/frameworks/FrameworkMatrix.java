package org.symbolon.tests.frameworks;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries every framework with every kind of key and writes a line of the table for each: a way that works is a word in its
 * cell. Also a program, so that a test can run it on another JVM.
 */
final class FrameworkMatrix implements AutoCloseable {
    private static final String NOTHING = "–";
    private static final long LIMIT_SECONDS = 30;

    private final Map<KeyKind, HeldKey> keys = new EnumMap<>(KeyKind.class);
    private final PrintStream reasons;

    private FrameworkMatrix(PrintStream reasons) {
        this.reasons = reasons;
    }

    /** Makes the keys. */
    static FrameworkMatrix open(PrintStream reasons) throws Exception {
        FrameworkMatrix matrix = new FrameworkMatrix(reasons);
        Authority authority = Authority.create();
        for (KeyKind kind : KeyKind.values()) {
            matrix.keys.put(kind, HeldKey.create(kind, authority));
        }
        return matrix;
    }

    static List<Framework> frameworks() {
        List<Framework> all = new ArrayList<>(List.of(SslContexts.values()));
        all.addAll(List.of(NettyFramework.values()));
        all.add(new TomcatFramework());
        all.add(new JettyFramework());
        all.addAll(List.of(HttpClients.values()));
        all.add(new JarSignerFramework());
        all.add(new CmsFramework());
        all.add(new XmlSignatureFramework());
        all.add(new JoseFramework());
        return all;
    }

    /** Writes the table into the file that is named; tells the reasons of what did not work. */
    @SuppressWarnings("ClosingStandardOutputStreams") // the matrix does not close what it tells reasons to
    public static void main(String[] arguments) throws Exception {
        List<String> rows = new ArrayList<>();
        try (FrameworkMatrix matrix = open(System.err)) {
            for (Framework framework : frameworks()) {
                rows.add(matrix.row(framework));
            }
        }
        Files.write(Path.of(arguments[0]), rows);
        System.exit(0); // some frameworks leave threads behind
    }

    /** Tries a framework and returns its line. */
    String row(Framework framework) {
        StringBuilder line = new StringBuilder("| ").append(framework.title()).append(" |");
        for (HeldKey key : keys.values()) {
            List<String> working = framework.ways(key.kind()).stream()
                    .filter(way -> works(framework, key, way))
                    .map(way -> way.replace("TLSv", ""))
                    .toList();
            line.append(' ')
                    .append(working.isEmpty() ? NOTHING : String.join(", ", working))
                    .append(" |");
        }
        return line.toString();
    }

    private boolean works(Framework framework, HeldKey key, String way) {
        Callable<Boolean> use = () -> {
            framework.use(key, way);
            return true;
        };
        FutureTask<Boolean> task = new FutureTask<>(use);
        Thread thread = new Thread(task, framework.title());
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            reasons.println(framework.title() + ", " + key.kind().title() + ", " + way + ":");
            e.printStackTrace(reasons);
        } catch (TimeoutException e) {
            reasons.println(
                    framework.title() + ", " + key.kind().title() + ", " + way + ": no end in " + LIMIT_SECONDS + " s");
            task.cancel(true);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return false;
    }

    @Override
    public void close() {
        keys.values().forEach(HeldKey::close);
    }
}
