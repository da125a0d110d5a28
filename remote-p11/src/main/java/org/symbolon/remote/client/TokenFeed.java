package org.symbolon.remote.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Change;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;

/** Who wants to hear of changes of one token's objects. Thread-safe. */
final class TokenFeed {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFeed.class);

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /** One subscription; a listener may have several. */
    private record Subscriber(ChangeListener listener, AtomicBoolean open) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    ChangeSubscription subscribe(ChangeListener listener) {
        Subscriber subscriber = new Subscriber(listener, new AtomicBoolean(true));
        subscribers.add(subscriber);
        return () -> {
            if (subscriber.open().compareAndSet(true, false)) {
                subscribers.remove(subscriber);
            }
        };
    }

    void tell(Change change) {
        for (Subscriber subscriber : subscribers) {
            try {
                subscriber.listener().changed(change);
            } catch (RuntimeException e) {
                LOG.warn("A change listener failed", e);
            }
        }
    }
}
