package org.symbolon.tests.bench.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers of one kind, one a round. */
final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return quantile(0.5);
    }

    /** The value that a share of all does not exceed. */
    double quantile(double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
    }

    /** The median, and the least and the most in brackets. */
    String text(String format) {
        return String.format(Locale.ROOT, format, median()) + " (" + String.format(Locale.ROOT, format, quantile(0))
                + "–" + String.format(Locale.ROOT, format, quantile(1)) + ")";
    }
}
