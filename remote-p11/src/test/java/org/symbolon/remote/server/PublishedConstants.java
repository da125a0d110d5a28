package org.symbolon.remote.server;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.symbolon.remote.Reference;

/** The constants of PKCS #11 as they were published, by group and name. */
final class PublishedConstants {
    private final Map<String, Long> values = new HashMap<>();

    PublishedConstants() throws IOException {
        for (String line : Files.readAllLines(Reference.file("pkcs11/constants.tsv"))) {
            String[] cells = line.split("\t", -1);
            if (cells[1].startsWith("0x")) {
                values.put(cells[2] + "/" + cells[0], Long.parseUnsignedLong(cells[1].substring(2), 16));
            }
        }
    }

    long value(String group, String name) {
        Long value = values.get(group + "/" + name);
        if (value == null) {
            throw new IllegalArgumentException("no constant " + name + " in " + group);
        }
        return value;
    }

    /** Returns flags, written as names without prefix between bars, or as a number. */
    long flags(String group, String names) {
        if (Character.isDigit(names.charAt(0))) {
            return Long.decode(names);
        }
        return Arrays.stream(names.split("[| ]+"))
                .mapToLong(name -> value(group, "CKF_" + name))
                .reduce(0, (a, b) -> a | b);
    }
}
