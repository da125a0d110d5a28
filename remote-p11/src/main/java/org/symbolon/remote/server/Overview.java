package org.symbolon.remote.server;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.serve.Clients;
import org.symbolon.serve.Listener;
import org.symbolon.serve.Monitored;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;

/** What can be told of a server as a whole: its metrics and its health. */
record Overview(SlotTable slots, Clients clients, List<Listener> listeners, ServerMetrics metrics)
        implements Monitored {
    @Override
    public void writeTo(PrometheusText text) {
        clients.writeTo(text);
        metrics.writeTo(text);
        slots.writeTo(text);
    }

    @Override
    public ServerHealth health() {
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
