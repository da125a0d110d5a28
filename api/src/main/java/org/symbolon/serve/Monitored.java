package org.symbolon.serve;

import java.util.ArrayList;
import java.util.List;

/** Something that tells how it is: a server, or several. Thread-safe. */
public interface Monitored {
    /**
     * Appends the metrics of the moment, without names of users, keys or tokens.
     *
     * @param text what they are appended to
     */
    void writeTo(PrometheusText text);

    /** {@return what is wrong, if anything is; blocks as long as the timeouts of what is asked allow} */
    ServerHealth health();

    /**
     * Returns several as one.
     *
     * @param parts whose metrics follow each other, and of which each must be well
     * @return all of them
     */
    static Monitored all(List<? extends Monitored> parts) {
        List<Monitored> each = List.copyOf(parts);
        return new Monitored() {
            @Override
            public void writeTo(PrometheusText text) {
                each.forEach(part -> part.writeTo(text));
            }

            @Override
            public ServerHealth health() {
                List<String> problems = new ArrayList<>();
                each.forEach(part -> problems.addAll(part.health().problems()));
                return new ServerHealth(problems);
            }
        };
    }
}
