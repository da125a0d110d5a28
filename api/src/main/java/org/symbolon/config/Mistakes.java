package org.symbolon.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The mistakes found in a file so far, each in a sentence that begins with its place. */
final class Mistakes {
    private static final int MAX = 50;

    private final String file;
    private final List<String> found = new ArrayList<>();

    Mistakes(String file) {
        this.file = file;
    }

    void add(Location at, String what) {
        if (found.size() < MAX) {
            found.add(file + ":" + at + ": " + what);
        }
    }

    /** Says that a word is none of the legal ones, and which it may have been meant to be. */
    void unknown(Location at, String kind, String word, String where, Collection<String> legal) {
        String hint = NearestWord.of(word, legal)
                .map(nearest -> "did you mean '" + nearest + "'?")
                .orElseGet(() -> legal.isEmpty() ? "there is none" : "there are " + String.join(", ", legal));
        add(at, "unknown " + kind + " '" + shortened(word) + "'" + where + "; " + hint);
    }

    /** Throws them all together, if there are any. */
    void check() throws ConfigurationException {
        if (!found.isEmpty()) {
            throw new ConfigurationException(String.join("\n", found), null);
        }
    }

    private static String shortened(String word) {
        return word.length() > 80 ? word.substring(0, 80) + "…" : word;
    }
}
