package org.symbolon.serve;

import java.util.List;

/**
 * Whether a server can do its work.
 *
 * @param problems what is wrong, one text each, without details that are not for everybody; none if all is well
 */
public record ServerHealth(List<String> problems) {
    /** Copies the list. */
    public ServerHealth {
        problems = List.copyOf(problems);
    }

    /** {@return whether nothing is wrong} */
    public boolean isGood() {
        return problems.isEmpty();
    }
}
