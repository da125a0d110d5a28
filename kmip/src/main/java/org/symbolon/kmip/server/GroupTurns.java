package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whose turn it is in groups whose members are given one after the other (Default members, KMIP 1.4 section 3.33). Thread-safe. */
final class GroupTurns {
    private static final int MOST_GROUPS = 1_000;

    /** The member that was given last, by group; groups that were not asked for long are forgotten first. */
    private final Map<String, String> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_GROUPS;
        }
    };

    /** Returns the members of a group, beginning with the one whose turn it is. */
    synchronized List<Managed> inTurn(String group, List<Managed> members) {
        if (members.isEmpty()) {
            return members;
        }
        List<Managed> turned = new ArrayList<>(members);
        String before = last.getOrDefault(group, "");
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).id().equals(before)) {
                Collections.rotate(turned, -(i + 1));
            }
        }
        last.put(group, turned.get(0).id());
        return turned;
    }
}
