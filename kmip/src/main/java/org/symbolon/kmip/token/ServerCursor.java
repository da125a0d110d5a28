package org.symbolon.kmip.token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.symbolon.Attribute;
import org.symbolon.Deadline;
import org.symbolon.ObjectCursor;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.object.UniqueIdentifier;

/** Session objects first, then the objects of a server, read a page at a time. For one thread. */
final class ServerCursor implements ObjectCursor {
    private final ObjectCursor first;
    private final List<UniqueIdentifier> ids;
    private final ObjectReader reader;
    private final Predicate<ServedObject> matches;
    private final Set<Attribute<?>> wanted;
    private final String tokenSerial;
    private final int pageSize;
    private final Deadline deadline;
    private final Deque<TokenObject> ready = new ArrayDeque<>();
    private int position;
    private long left;
    private boolean firstIsDone;

    /** How a cursor reads. */
    record Reading(
            ObjectReader reader,
            Predicate<ServedObject> matches,
            Set<Attribute<?>> wanted,
            String tokenSerial,
            int pageSize) {}

    ServerCursor(ObjectCursor first, List<UniqueIdentifier> ids, Reading reading, long limit, Deadline deadline) {
        this.first = first;
        this.ids = ids;
        this.reader = reading.reader();
        this.matches = reading.matches();
        this.wanted = reading.wanted();
        this.tokenSerial = reading.tokenSerial();
        this.pageSize = reading.pageSize();
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

    private void readPage() throws TokenException {
        int end = Math.min(ids.size(), position + pageSize);
        List<UniqueIdentifier> page = ids.subList(position, end);
        position = end;
        for (ServedObject object : reader.read(page, deadline)) {
            if (matches.test(object)) {
                ready.add(object.toTokenObject(tokenSerial, wanted));
            }
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
