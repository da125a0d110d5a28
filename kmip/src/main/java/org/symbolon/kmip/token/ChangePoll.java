package org.symbolon.kmip.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Change;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.Outcome;
import org.symbolon.TokenException;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.GetAttributes;

/**
 * Asks the server for changes while somebody listens: which objects there are, and what they say of their state and their last change.
 * A server that does not answer is told as {@link Change#any()}, once when it is gone and once when it is back. Thread-safe.
 */
final class ChangePoll {
    private static final Logger LOG = LoggerFactory.getLogger(ChangePoll.class);
    private static final List<AttributeType<?>> SIGNS =
            List.of(AttributeType.STATE, AttributeType.LAST_CHANGE_DATE, AttributeType.NAME);

    private final Server server;
    private final ObjectFinder finder;
    private final ObjectFeed feed;
    private final String tokenSerial;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable Future<?> polling;
    private volatile Map<UniqueIdentifier, Attributes> known = Map.of();
    private int listeners;
    private boolean lost;

    ChangePoll(Server server, ObjectFinder finder, ObjectFeed feed, String tokenSerial) {
        this.server = server;
        this.finder = finder;
        this.feed = feed;
        this.tokenSerial = tokenSerial;
    }

    /** Begins, if it has not begun: what is there now is no change. */
    void enter(Duration timeout) throws TokenException {
        synchronized (this) {
            if (listeners > 0) {
                listeners++;
                return;
            }
        }
        Map<UniqueIdentifier, Attributes> now = look(Deadline.after(timeout));
        synchronized (this) {
            if (listeners == 0) {
                begin(now);
            }
            listeners++;
        }
    }

    private synchronized void begin(Map<UniqueIdentifier, Attributes> now) {
        known = now;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "symbolon-kmip-changes");
            made.setDaemon(true);
            return made;
        });
        long millis = server.settings().poll().toMillis();
        polling = thread.scheduleWithFixedDelay(this::poll, millis, millis, TimeUnit.MILLISECONDS);
    }

    synchronized void leave() {
        listeners--;
        if (listeners == 0) {
            close();
        }
    }

    synchronized void close() {
        if (polling != null) {
            polling.cancel(true);
            polling = null;
        }
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    private void poll() {
        try {
            tell(look(Deadline.after(server.settings().timeout())));
        } catch (TokenException | IllegalStateException e) {
            lose(e);
        }
    }

    private void lose(Exception reason) {
        if (!lost) {
            lost = true;
            LOG.warn(
                    "The server does not tell of changes, so that nothing is remembered of it: {}",
                    reason.getMessage());
            feed.tell(Change.any());
        }
    }

    private Map<UniqueIdentifier, Attributes> look(Deadline deadline) throws TokenException {
        List<UniqueIdentifier> ids = finder.find(org.symbolon.Attributes.none(), deadline);
        List<GetAttributes.Request> requests = new ArrayList<>();
        ids.forEach(id -> requests.add(new GetAttributes.Request(id, SIGNS)));
        List<Outcome<GetAttributes.Response>> answers = server.all(requests, deadline);
        Map<UniqueIdentifier, Attributes> seen = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            Optional<GetAttributes.Response> answer =
                    Optional.ofNullable(answers.get(i).result());
            answer.ifPresent(response -> seen.put(response.uniqueIdentifier(), response.attributes()));
        }
        return seen;
    }

    private void tell(Map<UniqueIdentifier, Attributes> seen) {
        Map<UniqueIdentifier, Attributes> before = known;
        known = seen;
        if (lost) {
            lost = false;
            feed.tell(Change.any());
            return;
        }
        seen.forEach((id, signs) -> {
            if (!before.containsKey(id)) {
                tell(Change.Kind.CREATED, id);
            } else if (!signs.equals(before.get(id))) {
                tell(Change.Kind.MODIFIED, id);
            }
        });
        before.keySet().stream().filter(id -> !seen.containsKey(id)).forEach(id -> tell(Change.Kind.DESTROYED, id));
    }

    private void tell(Change.Kind kind, UniqueIdentifier id) {
        feed.tell(Change.of(kind, new ObjectId.Unique(tokenSerial, id.text())));
    }
}
