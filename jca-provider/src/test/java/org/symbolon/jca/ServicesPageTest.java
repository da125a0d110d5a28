package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the provider's services says what the provider says. */
class ServicesPageTest {
    private static final String BEGIN = "<!-- services: written by ServicesPageTest -->\n";
    private static final String END = "<!-- end of services -->\n";

    @Test
    void page_ofServices_isThatOfTheProvider() throws Exception {
        Path page = Path.of(System.getProperty("symbolon.root", "..")).resolve("docs/jca.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(end).as("the page's marks").isGreaterThanOrEqualTo(begin);
        String table = String.join("\n", table()) + "\n";
        if (Boolean.getBoolean("symbolon.services.update")) {
            Files.writeString(page, text.substring(0, begin) + table + text.substring(end));
            return;
        }

        assertThat(text.substring(begin, end)).isEqualTo(table);
    }

    private static List<String> table() {
        Map<String, TreeSet<String>> names = new TreeMap<>();
        for (Provider.Service service : new SymbolonProvider().getServices()) {
            names.computeIfAbsent(service.getType(), type -> new TreeSet<>(Comparator.naturalOrder()))
                    .add(service.getAlgorithm());
        }
        return Stream.concat(
                        Stream.of("| engine | names |", "|---|---|"),
                        names.entrySet().stream()
                                .map(entry ->
                                        "| " + entry.getKey() + " | " + String.join(", ", entry.getValue()) + " |"))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
