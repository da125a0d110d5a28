package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.symbolon.KeyType;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;

/**
 * The table of mechanisms in docs/support-matrix.md is what the token says.
 *
 * <p>{@code mvn verify -pl softtoken -am -Dtest=SupportMatrixTest -Dsymbolon.matrix.update=true} writes it anew.
 */
class SupportMatrixTest extends TokenWithKeys {
    private static final String BEGIN = "<!-- mechanisms: written by SupportMatrixTest -->\n";
    private static final String END = "<!-- end of mechanisms -->\n";

    @Test
    void supportMatrix_mechanisms_areThoseOfTheToken() throws Exception {
        Path page = Path.of(System.getProperty("symbolon.root", "..")).resolve("docs/support-matrix.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(end).as("the page's marks").isGreaterThanOrEqualTo(begin);
        String table = String.join("\n", table()) + "\n";
        if (Boolean.getBoolean("symbolon.matrix.update")) {
            write(page, text.substring(0, begin) + table + text.substring(end));
            return;
        }

        assertThat(text.substring(begin, end)).isEqualTo(table);
    }

    private static void write(Path page, String text) throws IOException {
        Files.writeString(page, text);
    }

    @Test
    void mechanisms_each_standInTheTableOfMechanisms() throws Exception {
        Map<MechanismType, MechanismInfo> mechanisms = token.mechanisms();
        for (Map.Entry<MechanismType, MechanismInfo> entry : mechanisms.entrySet()) {
            MechanismTable.Row row = MechanismTable.row(entry.getKey()).orElseThrow();
            assertThat(row.functions())
                    .as(row.type().name())
                    .containsAll(entry.getValue().functions());
            assertThat(entry.getValue().minKeySize())
                    .as(row.type().name())
                    .isLessThanOrEqualTo(entry.getValue().maxKeySize());
        }
        for (MechanismTable.Row row : MechanismTable.rows()) {
            assertThat(mechanisms).as("every mechanism of the house").containsKey(row.type());
        }
    }

    private static List<String> table() throws Exception {
        List<String> lines = new ArrayList<>(
                List.of("| mechanism | functions | keys | smallest | largest |", "|---|---|---|---|---|"));
        token.mechanisms().entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getKey().code()))
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .forEach(lines::add);
        return lines;
    }

    private static String line(MechanismType type, MechanismInfo info) {
        String functions = EnumSet.copyOf(info.functions()).stream()
                .map(MechanismFunction::lowerName)
                .collect(Collectors.joining(", "));
        String keys = MechanismTable.row(type).orElseThrow().keyTypes().stream()
                .map(KeyType::name)
                .map(name -> name.substring("CKK_".length()))
                .collect(Collectors.joining(", "));
        boolean sized = info.maxKeySize() > 0;
        return "| " + type.name() + " | " + functions + " | " + keys + " | " + (sized ? info.minKeySize() : "") + " | "
                + (sized ? info.maxKeySize() : "") + " |";
    }
}
