package org.symbolon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The named constants of PKCS #11 3.2 ({@code constants.tsv}), read once. */
final class ConstantTable {
    /** A constant: its name, its value and whether it is a second, deprecated name. */
    record Constant(String name, long value, boolean alias) {}

    private static final Map<String, Map<String, Constant>> GROUPS = read();

    private ConstantTable() {}

    /** {@return the constants of a group ({@code mechanisms}, {@code return_values} ...), in the table's order} */
    static Collection<Constant> group(String group) {
        return GROUPS.getOrDefault(group, Map.of()).values();
    }

    /** {@return the value of a constant} */
    static long value(String group, String name) {
        Constant constant = GROUPS.getOrDefault(group, Map.of()).get(name);
        if (constant == null) {
            throw new AssertionError("no constant " + name + " in group " + group);
        }
        return constant.value();
    }

    /** {@return the proper name of each value of a group} */
    static Map<Long, String> names(String group) {
        Map<Long, String> names = new HashMap<>();
        for (Constant constant : group(group)) {
            if (!constant.alias()) {
                names.putIfAbsent(constant.value(), constant.name());
            }
        }
        return names;
    }

    /** {@return the rows of a tab-separated resource beside this class, without its header line} */
    static List<String[]> rows(String resource) {
        @Nullable InputStream stream = ConstantTable.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new AssertionError("the resource " + resource + " is missing beside " + ConstantTable.class);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .skip(1)
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + resource, e);
        }
    }

    private static Map<String, Map<String, Constant>> read() {
        Map<String, Map<String, Constant>> groups = new HashMap<>();
        for (String[] row : rows("constants.tsv")) {
            Constant constant =
                    new Constant(row[0], Long.parseUnsignedLong(row[1].substring(2), 16), row[3].equals("alias"));
            groups.computeIfAbsent(row[2], group -> new LinkedHashMap<>()).put(row[0], constant);
        }
        return groups;
    }
}
