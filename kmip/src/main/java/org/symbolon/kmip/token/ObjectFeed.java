package org.symbolon.kmip.token;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Change;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;

/** Who wants to hear of changes of one token's objects. Thread-safe. */
final class ObjectFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectFeed.class);

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /** One subscription; a listener may have several. */
    private static final class Subscriber {
        private final ChangeListener listener;

        Subscriber(ChangeListener listener) {
            this.listener = listener;
        }
    }

    ChangeSubscription subscribe(ChangeListener listener, Runnable afterwards) {
        Subscriber subscriber = new Subscriber(listener);
        AtomicBoolean open = new AtomicBoolean(true);
        subscribers.add(subscriber);
        return () -> {
            if (open.compareAndSet(true, false)) {
                subscribers.remove(subscriber);
                afterwards.run();
            }
        };
    }

    void tell(Change change) {
        for (Subscriber subscriber : subscribers) {
            try {
                subscriber.listener.changed(change);
            } catch (RuntimeException e) {
                LOG.warn("A change listener failed", e);
            }
        }
    }
}
