package org.symbolon.remote.server;

import java.util.ArrayList;
import java.util.List;

/** What can be told of a server as a whole: its metrics and its health. */
record Overview(SlotTable slots, Clients clients, List<Listener> listeners) {
    /** Returns the metrics of the moment. */
    PrometheusText metrics() {
        PrometheusText text = new PrometheusText();
        clients.writeTo(text);
        listeners.forEach(listener -> listener.writeTo(text));
        slots.writeTo(text);
        return text;
    }

    /** Asks each module whether it answers; blocks as long as their timeouts allow. */
    ServerHealth health() {
        List<String> problems = new ArrayList<>();
        if (clients.isClosed()) {
            problems.add("the server ends");
        }
        for (int i = 0; i < slots.sources(); i++) {
            int number = i + 1;
            slots.failure(i).ifPresent(status -> problems.add("module " + number + " does not answer: " + status));
        }
        return new ServerHealth(problems);
    }
}
