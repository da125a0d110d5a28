package org.symbolon.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody who mistyped a word may have meant. */
final class NearestWord {
    private static final int MAX_CHARS = 100;

    private NearestWord() {}

    /** Returns the word that takes the fewest changed characters, or empty if more than half of them differ. */
    static Optional<String> of(String word, Collection<String> words) {
        if (word.length() > MAX_CHARS) {
            return Optional.empty();
        }
        return words.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(word.length(), candidate.length()) / 2)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
