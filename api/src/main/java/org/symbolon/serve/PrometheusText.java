package org.symbolon.serve;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes metrics in the text format of Prometheus, version 0.0.4, in which the samples of a family stand together. Not thread-safe. */
public final class PrometheusText {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, StringBuilder> families = new LinkedHashMap<>();
    private StringBuilder family = new StringBuilder();

    /** Begins an empty text. */
    public PrometheusText() {}

    /**
     * Begins a family of samples, or goes on with it.
     *
     * @param name the family's name
     * @param type counter, gauge or histogram
     * @param help what it counts, in a sentence
     */
    public void family(String name, String type, String help) {
        family = families.computeIfAbsent(
                name,
                absent -> new StringBuilder("# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n'));
    }

    /**
     * Appends a sample to the family.
     *
     * @param name the sample's name
     * @param value its value
     * @param labels labels and their values by turns
     */
    public void sample(String name, long value, String... labels) {
        append(name, Long.toString(value), labels);
    }

    /**
     * Appends a sample to the family.
     *
     * @param name the sample's name
     * @param value its value
     * @param labels labels and their values by turns
     */
    public void sample(String name, double value, String... labels) {
        append(name, number(value), labels);
    }

    private void append(String name, String value, String... labels) {
        family.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            family.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            family.append(escaped(labels[i + 1])).append('"');
        }
        family.append(labels.length > 0 ? "} " : " ").append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /**
     * Returns a number as it is written.
     *
     * @param value the number
     * @return its digits, without zeros at their end
     */
    public static String number(double value) {
        return String.format(Locale.ROOT, "%.9f", value).replaceFirst("\\.?0+$", "");
    }

    @Override
    public String toString() {
        return String.join("", families.values());
    }
}
