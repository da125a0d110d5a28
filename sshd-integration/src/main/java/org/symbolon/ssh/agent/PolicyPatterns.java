package org.symbolon.ssh.agent;

import java.util.Set;
import org.symbolon.ssh.Wildcard;

/** Sets of patterns of which an empty one fits everything. */
final class PolicyPatterns {
    private PolicyPatterns() {}

    static boolean fit(Set<String> patterns, String text) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, text));
    }
}
