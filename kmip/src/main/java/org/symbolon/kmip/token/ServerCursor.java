package org.symbolon.kmip.token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Deadline;
import org.symbolon.ObjectCursor;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.object.UniqueIdentifier;

/** Session objects first, then the objects of a server, read a page at a time. For one thread. */
final class ServerCursor implements ObjectCursor {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCursor.class);

    private final ObjectCursor first;
    private final List<UniqueIdentifier> ids;
    private final ObjectReader reader;
    private final Predicate<ServedObject> matches;
    private final Set<Attribute<?>> wanted;
    private final String tokenSerial;
    private final int pageSize;
    private final boolean open;
    private final Deadline deadline;
    private final Deque<TokenObject> ready = new ArrayDeque<>();
    private int position;
    private long left;
    private boolean firstIsDone;

    /**
     * How a cursor reads.
     *
     * @param open whether only what is shown whole to everybody is asked for
     */
    record Reading(
            ObjectReader reader,
            Predicate<ServedObject> matches,
            Set<Attribute<?>> wanted,
            String tokenSerial,
            int pageSize,
            boolean open) {}

    ServerCursor(ObjectCursor first, List<UniqueIdentifier> ids, Reading reading, long limit, Deadline deadline) {
        this.first = first;
        this.ids = ids;
        this.reader = reading.reader();
        this.matches = reading.matches();
        this.wanted = reading.wanted();
        this.tokenSerial = reading.tokenSerial();
        this.pageSize = reading.pageSize();
        this.open = reading.open();
        this.left = limit;
        this.deadline = deadline;
    }

    @Override
    public List<TokenObject> next(int max) throws TokenException {
        List<TokenObject> part = new ArrayList<>();
        int most = (int) Math.min(max, left);
        if (!firstIsDone && most > 0) {
            part.addAll(first.next(most));
            firstIsDone = part.size() < most;
        }
        while (part.size() < most && (!ready.isEmpty() || position < ids.size())) {
            if (ready.isEmpty()) {
                readPage();
            } else {
                part.add(ready.remove());
            }
        }
        left -= part.size();
        return part;
    }

    /**
     * Reads the first page of several cursors in as few messages as the server takes.
     *
     * @param most how many objects are read at most; cursors that would bring more read theirs when they are asked
     */
    static void readFirst(List<ServerCursor> cursors, ObjectReader reader, int most, Deadline deadline)
            throws TokenException {
        Map<ServerCursor, List<UniqueIdentifier>> pages = new LinkedHashMap<>();
        Set<UniqueIdentifier> all = new LinkedHashSet<>();
        Set<UniqueIdentifier> open = new LinkedHashSet<>();
        for (ServerCursor cursor : cursors) {
            List<UniqueIdentifier> page = cursor.page();
            if (all.size() + page.size() <= most) {
                pages.put(cursor, page);
                all.addAll(page);
                open.addAll(cursor.open ? page : List.of());
            }
        }
        Map<UniqueIdentifier, ServedObject> read = new HashMap<>();
        try {
            reader.read(List.copyOf(all), open, deadline).forEach(object -> read.put(object.id(), object));
        } catch (TokenUnavailableException e) {
            throw e;
        } catch (TokenException e) {
            LOG.debug("{} finds read by themselves, since one of their objects is refused", cursors.size(), e);
            return;
        }
        pages.forEach((cursor, page) -> {
            cursor.position += page.size();
            page.stream().filter(read::containsKey).map(read::get).forEach(cursor::show);
        });
    }

    private List<UniqueIdentifier> page() {
        return ids.subList(position, Math.min(ids.size(), position + pageSize));
    }

    private void readPage() throws TokenException {
        List<UniqueIdentifier> page = page();
        position += page.size();
        reader.read(page, open ? Set.copyOf(page) : Set.of(), deadline).forEach(this::show);
    }

    private void show(ServedObject object) {
        if (matches.test(object)) {
            ready.add(object.toTokenObject(tokenSerial, wanted));
        }
    }

    @Override
    public void close() {
        first.close();
        ready.clear();
        position = ids.size();
        left = 0;
    }
}
