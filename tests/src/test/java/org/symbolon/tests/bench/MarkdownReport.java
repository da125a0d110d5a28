package org.symbolon.tests.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** The tables of docs/performance.md. */
final class MarkdownReport {
    private static final Map<Contender, String> COLUMNS = new EnumMap<>(Map.of(
            Contender.PKCS11, "SunPKCS11, SoftHSM",
            Contender.RAW_ACCP, "raw ACCP",
            Contender.RAW_JDK, "raw JDK",
            Contender.RAW_BC, "raw BC",
            Contender.API, "API",
            Contender.JCA, "JCA",
            Contender.API_JAVA, "API, Java engines",
            Contender.JCA_JAVA, "JCA, Java engines"));

    private final Measurements measured;

    MarkdownReport(Measurements measured) {
        this.measured = measured;
    }

    String text() {
        return speeds() + "\n" + ratios() + "\n" + scaling();
    }

    private String speeds() {
        StringBuilder table = new StringBuilder("Operations per second of CPU time, one thread:\n\n");
        List<Contender> columns = List.of(Contender.values());
        head(table, columns.stream().map(COLUMNS::get).toList());
        for (Workload workload : Workload.values()) {
            row(
                    table,
                    workload,
                    columns.stream().map(each -> speed(workload, each)).toList());
        }
        return table.toString();
    }

    private String speed(Workload workload, Contender contender) {
        return measured.median(workload, contender, 1, Measurement::perCpuSecond)
                .map(speed -> String.format(Locale.ROOT, "%,.0f", speed).replace(',', ' '))
                .orElse("-");
    }

    private String ratios() {
        StringBuilder table = new StringBuilder("Ratios, one thread:\n\n");
        head(
                table,
                List.of(
                        "API / fastest raw",
                        "JCA / fastest raw",
                        "API / SoftHSM",
                        "JCA / SoftHSM",
                        "API / raw, Java engines",
                        "JCA / raw, Java engines",
                        "API, Java engines / SoftHSM"));
        for (Workload workload : Workload.values()) {
            Optional<Contender> fastest = measured.fastestRaw(workload, true, 1);
            Optional<Contender> java = measured.fastestRaw(workload, false, 1);
            Optional<Contender> softHsm = Optional.of(Contender.PKCS11);
            row(
                    table,
                    workload,
                    List.of(
                            ratio(workload, Contender.API, fastest, 1),
                            ratio(workload, Contender.JCA, fastest, 1),
                            ratio(workload, Contender.API, softHsm, 1),
                            ratio(workload, Contender.JCA, softHsm, 1),
                            ratio(workload, Contender.API_JAVA, java, 1),
                            ratio(workload, Contender.JCA_JAVA, java, 1),
                            ratio(workload, Contender.API_JAVA, softHsm, 1)));
        }
        return table.toString();
    }

    private String ratio(Workload workload, Contender contender, Optional<Contender> base, int threads) {
        return base.flatMap(other -> measured.ratio(workload, contender, other, threads, Measurement::perCpuSecond))
                .map(MarkdownReport::decimal)
                .orElse("-");
    }

    private String scaling() {
        StringBuilder table = new StringBuilder("Operations per second by the clock, two threads over one thread:\n\n");
        List<Contender> columns = List.of(Contender.RAW_ACCP, Contender.RAW_JDK, Contender.API, Contender.JCA);
        head(table, columns.stream().map(COLUMNS::get).toList());
        for (Workload workload : Workload.values()) {
            row(
                    table,
                    workload,
                    columns.stream().map(each -> gain(workload, each)).toList());
        }
        return table.toString();
    }

    private String gain(Workload workload, Contender contender) {
        Optional<Double> one = measured.median(workload, contender, 1, Measurement::perSecond);
        return measured.median(workload, contender, 2, Measurement::perSecond)
                .flatMap(two -> one.map(single -> decimal(two / single)))
                .orElse("-");
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2f", value);
    }

    private static void head(StringBuilder table, List<String> columns) {
        StringJoiner names = new StringJoiner(" | ", "| | ", " |\n");
        StringJoiner rule = new StringJoiner("|", "|---|", "|\n");
        for (String column : columns) {
            names.add(column);
            rule.add("---:");
        }
        table.append(names).append(rule);
    }

    private static void row(StringBuilder table, Workload workload, List<String> cells) {
        table.append("| ")
                .append(workload.title())
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }
}
