package org.symbolon.soft;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.symbolon.Change;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.soft.store.ChangeFeed;
import org.symbolon.soft.store.Database;
import org.symbolon.soft.store.DatabaseLocation;

/**
 * A database that is open in this process, shared by every module on it, so that what one module changes the others
 * hear of before the change returns; and the watch for what other processes change.
 */
final class OpenDatabase {
    private static final Map<DatabaseLocation, OpenDatabase> OPEN = new ConcurrentHashMap<>();
    /** What opens and closes are ordered by, so that a database that makes one wait holds up few others. */
    private static final List<Object> STRIPES =
            Stream.generate(Object::new).limit(64).toList();

    private final DatabaseLocation location;
    private final Database database;
    private final Map<Long, OpenToken> tokens = new ConcurrentHashMap<>();
    private int modules;
    private int watchers;
    private boolean watching;

    private OpenDatabase(DatabaseLocation location, Database database) {
        this.location = location;
        this.database = database;
    }

    /** Opens a database, or shares the one that is open. Pair it with {@link #release}. */
    static OpenDatabase acquire(DatabaseLocation location, Deadline deadline) throws TokenException {
        synchronized (stripe(location)) {
            OpenDatabase open = OPEN.get(location);
            if (open == null) {
                open = new OpenDatabase(location, Database.open(location, deadline));
                OPEN.put(location, open);
            }
            open.modules++;
            return open;
        }
    }

    private static Object stripe(DatabaseLocation location) {
        return STRIPES.get(Math.floorMod(location.hashCode(), STRIPES.size()));
    }

    void release() {
        synchronized (stripe(location)) {
            modules--;
            if (modules > 0) {
                return;
            }
            OPEN.remove(location);
            database.close();
        }
    }

    Database database() {
        return database;
    }

    OpenToken token(long slot) {
        return tokens.computeIfAbsent(slot, number -> new OpenToken(this, number));
    }

    /** Begins to watch for changes by other processes, for one listener or cache. */
    void watch() {
        synchronized (tokens) {
            watchers++;
            if (!watching) {
                database.openFeed().ifPresent(this::startWatching);
            }
        }
    }

    private void startWatching(ChangeFeed feed) {
        watching = true;
        Thread thread = new Thread(() -> listen(feed), "symbolon-watch-" + database.name());
        thread.setDaemon(true);
        thread.start();
    }

    void unwatch() {
        synchronized (tokens) {
            watchers--;
        }
    }

    private void listen(ChangeFeed feed) {
        try (feed) {
            while (isWatched()) {
                ChangeFeed.Changed changed = feed.await();
                tokens.values().stream()
                        .filter(token -> changed.everything() || changed.slots().contains(token.slot()))
                        .forEach(token -> token.tell(Change.any()));
            }
        }
    }

    private boolean isWatched() {
        synchronized (tokens) {
            watching = watchers > 0 && !database.isClosed();
            return watching;
        }
    }
}
