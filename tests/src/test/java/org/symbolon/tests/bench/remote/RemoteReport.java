package org.symbolon.tests.bench.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.symbolon.tests.remote.CountingRelay;

/** The tables of docs/performance.md. */
final class RemoteReport {
    private static final double COUNTED = 200;
    private static final List<Target> TARGETS = List.of(
            new Target(RemoteContender.SYMBOLON, 1, RemoteContender.SUN_P11KIT, 1, 1.5),
            new Target(RemoteContender.SYMBOLON, 8, RemoteContender.SUN_P11KIT, 8, 4),
            new Target(RemoteContender.SYMBOLON_TLS, 8, RemoteContender.SUN_P11KIT, 8, 2),
            new Target(RemoteContender.SYMBOLON_P11KIT, 1, RemoteContender.SUN_P11KIT, 1, 1.1),
            new Target(RemoteContender.SYMBOLON_P11KIT, 8, RemoteContender.SUN_P11KIT, 8, 1.6));

    private final List<RemoteResult> results = new ArrayList<>();
    private final List<String> idle = new ArrayList<>();
    private Map<String, CountingRelay.Count> roundTrips = Map.of();

    /** How much faster one is to be than another. */
    private record Target(RemoteContender who, int threads, RemoteContender than, int thanThreads, double times) {}

    void add(RemoteResult result) {
        results.add(result);
    }

    List<RemoteResult> results() {
        return List.copyOf(results);
    }

    void roundTrips(Map<String, CountingRelay.Count> counts) {
        roundTrips = counts;
    }

    void idle(String transport, int clients, double megabytes) {
        idle.add(String.format(Locale.ROOT, "| %,d idle clients, %s | %.0f MB |%n", clients, transport, megabytes));
    }

    String text() {
        return speeds() + "\n" + targets() + "\n" + latency() + "\n" + sizes();
    }

    private String speeds() {
        StringBuilder table = new StringBuilder("""
            | ECDSA P-256 with SHA-256 | 1 thread /s | p50 | CPU | 8 threads /s | p50 | CPU |
            |---|---:|---:|---:|---:|---:|---:|
            """);
        for (RemoteContender contender : RemoteContender.values()) {
            if (results.stream().anyMatch(result -> result.contender() == contender)) {
                table.append("| ").append(contender.title()).append(cells(contender, 1));
                table.append(cells(contender, 8)).append(" |\n");
            }
        }
        return table.toString();
    }

    private String cells(RemoteContender contender, int threads) {
        return " | "
                + text("%,.0f", median(contender, threads, RemoteResult::perSecond))
                + " | " + text("%.0f µs", median(contender, threads, RemoteResult::p50Micros))
                + " | " + text("%.0f µs", median(contender, threads, RemoteResult::cpuMicros));
    }

    private String targets() {
        StringBuilder table =
                new StringBuilder("| signatures per second, of the same round | is | target |\n|---|---:|---:|\n");
        for (Target target : TARGETS) {
            List<Double> ratios = new ArrayList<>();
            for (RemoteResult result : of(target.who(), target.threads())) {
                of(target.than(), target.thanThreads()).stream()
                        .filter(other -> other.round() == result.round())
                        .forEach(other -> ratios.add(result.perSecond() / other.perSecond()));
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %s, %d threads / %s | %s | %.1f |%n",
                    target.who().title(),
                    target.threads(),
                    target.than().title(),
                    text("%.2f", median(ratios)),
                    target.times()));
        }
        return table.toString();
    }

    private String latency() {
        OptionalDouble added = difference(median(RemoteContender.SYMBOLON, 1, RemoteResult::p50Micros));
        OptionalDouble echo = median(RemoteContender.ECHO, 1, RemoteResult::p50Micros);
        OptionalDouble allowed = echo.isEmpty() ? echo : OptionalDouble.of(1.3 * echo.getAsDouble() + 10);
        return String.format(
                Locale.ROOT,
                "| p50 on one thread | is | target |%n|---|---:|---:|%n| added by unix socket and protocol to the"
                        + " local call; target: 1.3 echo + 10 µs | %s | %s |%n",
                text("%.1f µs", added),
                text("%.1f µs", allowed));
    }

    private OptionalDouble difference(OptionalDouble remote) {
        OptionalDouble local = median(RemoteContender.LOCAL, 1, RemoteResult::p50Micros);
        return remote.isEmpty() || local.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(remote.getAsDouble() - local.getAsDouble());
    }

    private String sizes() {
        StringBuilder table = new StringBuilder("| | |\n|---|---:|\n");
        roundTrips.forEach((server, count) -> table.append(String.format(
                Locale.ROOT,
                "| a signature by Symbolon's client at a server of %s | %.2f round trips, %.0f bytes there, %.0f back"
                        + " |%n",
                server,
                count.roundTrips() / COUNTED,
                count.requestBytes() / COUNTED,
                count.replyBytes() / COUNTED)));
        idle.forEach(table::append);
        return table.toString();
    }

    private List<RemoteResult> of(RemoteContender contender, int threads) {
        return results.stream()
                .filter(result -> result.contender() == contender && result.threads() == threads)
                .toList();
    }

    private OptionalDouble median(RemoteContender contender, int threads, ToDoubleFunction<RemoteResult> quantity) {
        return median(
                of(contender, threads).stream().map(quantity::applyAsDouble).toList());
    }

    private static OptionalDouble median(List<Double> values) {
        return values.stream()
                .sorted()
                .skip(values.size() / 2)
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    private static String text(String format, OptionalDouble value) {
        return Optional.of(value)
                .filter(OptionalDouble::isPresent)
                .map(present -> String.format(Locale.ROOT, format, present.getAsDouble()))
                .orElse("-");
    }
}
