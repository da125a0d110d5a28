package org.symbolon.soft;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.ObjectRecord;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.Database;
import org.symbolon.soft.store.Flight;
import org.symbolon.soft.store.ObjectTable;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TokenTable;

/**
 * Walks the objects that match a query: session objects, then public objects of the token, then private ones, each page
 * one transaction. Objects that were tampered with are left out and logged.
 */
final class SoftCursor implements ObjectCursor {
    private static final int MAX_PAGE = 256;
    private static final int MIN_PAGE = 4;
    private static final int PAGE_STEP = 4;

    private final ObjectView view;
    private final String serial;
    private final ObjectQuery query;
    private final Set<Attribute<?>> wanted;
    private final Duration budget;
    private final Deque<StoredObject> ready = new ArrayDeque<>();
    private final Deque<Boolean> phases = new ArrayDeque<>();
    private Bytes after = Bytes.empty();
    private long left;

    SoftCursor(
            ObjectView view,
            String serial,
            ObjectQuery query,
            Set<Attribute<?>> wanted,
            List<StoredObject> sessionObjects,
            Duration budget) {
        this.view = view;
        this.serial = serial;
        this.query = query;
        this.wanted = wanted;
        this.budget = budget;
        this.left = query.limit();
        ready.addAll(sessionObjects);
        if (query.attributes().find(Attribute.TOKEN).orElse(true)) {
            Optional<Boolean> onlyPrivate = query.attributes().find(Attribute.PRIVATE);
            if (!onlyPrivate.orElse(false)) {
                phases.add(false);
            }
            if (onlyPrivate.orElse(true) && view.seesPrivate()) {
                phases.add(true);
            }
        }
    }

    @Override
    public List<TokenObject> next(int max) throws TokenException {
        List<TokenObject> found = new ArrayList<>();
        while (found.size() < max && left > 0) {
            if (ready.isEmpty() && !readPage(max - found.size())) {
                break;
            }
            StoredObject object = ready.poll();
            if (object != null) {
                found.add(object.toTokenObject(serial, wanted));
                object.wipe();
                left--;
            }
        }
        return found;
    }

    /** Reads objects until some match; returns false if there are no more. */
    private boolean readPage(int size) throws TokenException {
        if (phases.isEmpty()) {
            return false;
        }
        readPages(view, List.of(this), Math.min(size, left), Deadline.after(budget));
        return !ready.isEmpty();
    }

    /** Reads the first objects of several cursors of a session in one transaction. */
    static void readFirst(ObjectView view, List<SoftCursor> cursors, Deadline deadline) throws TokenException {
        List<SoftCursor> reading = cursors.stream()
                .filter(cursor -> cursor.ready.isEmpty() && !cursor.phases.isEmpty() && cursor.left > 0)
                .toList();
        if (!reading.isEmpty()) {
            readPages(view, reading, MIN_PAGE, deadline);
        }
    }

    private static void readPages(ObjectView view, List<SoftCursor> cursors, long size, Deadline deadline)
            throws TokenException {
        Database database = view.token().database();
        Flight flight = database.newFlight();
        List<Page> pages = cursors.stream()
                .map(cursor -> cursor.new Page(limit(size), flight))
                .toList();
        database.read(deadline, flight, sql -> {
            TokenRecord record = view.record(sql);
            for (Page page : pages) {
                page.read(sql, record, deadline);
            }
            return true;
        });
    }

    /** A page that is read, perhaps more than once, from where its cursor stood before. */
    private final class Page {
        private final int limit;
        private final int foreseen;
        private final List<Boolean> phasesBefore = List.copyOf(phases);
        private final Bytes afterBefore = after;

        Page(int limit, Flight flight) {
            this.limit = limit;
            this.foreseen = view.token()
                    .lastRecord()
                    .map(record -> foresee(flight, record, limit))
                    .orElse(0);
        }

        void read(Sql sql, TokenRecord record, Deadline deadline) throws TokenException {
            phases.clear();
            phases.addAll(phasesBefore);
            after = afterBefore;
            ready.forEach(StoredObject::wipe);
            ready.clear();
            readUntilSomeMatch(sql, record, this, deadline);
        }
    }

    /** Returns the size of a page: one of a few, so that there are few statements. */
    private static int limit(long wanted) {
        int limit = MIN_PAGE;
        while (limit < wanted && limit < MAX_PAGE) {
            limit *= PAGE_STEP;
        }
        return limit;
    }

    /** Foresees what a remote database will be asked, if its token is as it was; returns for how many phases. */
    private int foresee(Flight flight, TokenRecord record, int limit) {
        if (!view.token().database().isRemote()) {
            return 0;
        }
        if (flight.isEmpty()) {
            TokenTable.foresee(flight, record.slot());
        }
        Optional<String> unique = query.attributes().find(Attribute.UNIQUE_ID);
        if (unique.isPresent()) {
            StoredObject.parseUid(unique.get()).ifPresent(uid -> ObjectTable.foreseeFind(flight, record.slot(), uid));
            return phases.size();
        }
        int foreseen = 0;
        for (boolean isPrivate : phases) {
            if (foreseen == 0 || after.isEmpty()) {
                ObjectTable.foreseePage(flight, record.slot(), probe(record, isPrivate), after, limit);
                foreseen++;
            }
        }
        return foreseen;
    }

    private ObjectTable.Probe probe(TokenRecord record, boolean isPrivate) {
        return new ObjectTable.Probe(
                isPrivate, query.attributes().find(Attribute.CLASS), view.tags(record, query.attributes(), isPrivate));
    }

    private void readUntilSomeMatch(Sql sql, TokenRecord record, Page page, Deadline deadline) throws TokenException {
        int asked = 0;
        while (!phases.isEmpty() && (ready.isEmpty() || (after.isEmpty() && hasMore(page, asked)))) {
            asked++;
            deadline.check("the objects of the token");
            List<ObjectRecord> rows = rows(sql, record, page.limit);
            for (ObjectRecord row : rows) {
                keepIfItMatches(sql, record, row);
            }
            if (rows.size() < page.limit) {
                phases.poll();
                after = Bytes.empty();
            } else {
                after = ObjectView.advance(after, rows.get(rows.size() - 1).uid());
            }
        }
    }

    /** Returns whether the next phase belongs to a page: it is here already, or a database that is near has it at once. */
    private boolean hasMore(Page page, int asked) {
        return view.token().database().isRemote() ? asked < page.foreseen : ready.size() < left;
    }

    private void keepIfItMatches(Sql sql, TokenRecord record, ObjectRecord row) throws TokenException {
        try {
            StoredObject object = view.open(sql, record, row);
            if (object.matches(query)) {
                ready.add(object);
            } else {
                object.wipe();
            }
        } catch (TokenProtocolException e) {
            view.token().report(row.uid(), e);
        }
    }

    private List<ObjectRecord> rows(Sql sql, TokenRecord record, int limit) {
        boolean isPrivate = phases.getFirst();
        Optional<String> unique = query.attributes().find(Attribute.UNIQUE_ID);
        if (unique.isPresent()) {
            Optional<UUID> uid = StoredObject.parseUid(unique.get());
            return uid
                    .flatMap(id -> ObjectTable.find(sql, record.slot(), id))
                    .filter(row -> row.isPrivate() == isPrivate)
                    .stream()
                    .toList();
        }
        return ObjectTable.page(sql, record.slot(), probe(record, isPrivate), after, limit);
    }

    @Override
    public void close() {
        ready.forEach(StoredObject::wipe);
        ready.clear();
        phases.clear();
        left = 0;
    }
}
