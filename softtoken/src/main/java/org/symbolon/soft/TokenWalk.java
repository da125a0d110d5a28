package org.symbolon.soft;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.archive.ArchivedObject;
import org.symbolon.soft.archive.ArchivedToken;
import org.symbolon.soft.seal.ObjectRecord;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.ObjectTable;
import org.symbolon.soft.store.Sql;

/**
 * Every object of a token in one transaction, so that what is seen is one moment of it; an object that is damaged or
 * missing ends it, unless those may be left out.
 */
final class TokenWalk implements ObjectFeed {
    private static final int PAGE = 256;
    private static final int MAX_LEFT_OUT = 10_000;

    private final ObjectView view;
    private final Sql sql;
    private final boolean withoutDamaged;
    private final TokenRecord record;
    private final ArchivedToken token;
    private final Deque<ObjectRecord> page = new ArrayDeque<>();
    private final Deque<Boolean> visibilities = new ArrayDeque<>(List.of(false, true));
    private final List<String> leftOut = new ArrayList<>();
    private Bytes after = Bytes.empty();
    private long rows;
    private boolean ended;

    TokenWalk(ObjectView view, Sql sql, Instant now, boolean withoutDamaged) throws TokenException {
        this.view = view;
        this.sql = sql;
        this.withoutDamaged = withoutDamaged;
        this.record = view.record(sql);
        long objects = view.token().manifest().count(record.root(), ObjectTable.manifest(sql, record.slot()));
        this.token = new ArchivedToken(
                record.uuid(), record.label(), record.epoch(), now, objects, record.soMode(), record.settings());
    }

    @Override
    public ArchivedToken token() {
        return token;
    }

    TokenRecord record() {
        return record;
    }

    List<String> leftOut() {
        return leftOut;
    }

    @Override
    public Optional<ArchivedObject> next() throws TokenException {
        while (!page.isEmpty() || readPage()) {
            ObjectRecord row = page.remove();
            try {
                StoredObject object = view.open(sql, record, row);
                rows++;
                return Optional.of(new ArchivedObject(object.uid(), object.version(), object.attributes()));
            } catch (TokenProtocolException e) {
                leaveOut(e);
            }
        }
        long missing = token.objects() - rows - leftOut.size();
        if (!ended && missing > 0) {
            leaveOut(new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"),
                    missing + " of the " + token.objects() + " objects are missing: their rows were taken away"));
        }
        ended = true;
        return Optional.empty();
    }

    private void leaveOut(TokenProtocolException damage) throws TokenProtocolException {
        if (!withoutDamaged || leftOut.size() == MAX_LEFT_OUT) {
            throw damage;
        }
        leftOut.add(damage.getMessage());
    }

    private boolean readPage() throws TokenException {
        while (page.isEmpty() && !visibilities.isEmpty()) {
            ObjectTable.Probe probe = new ObjectTable.Probe(visibilities.getFirst(), Optional.empty(), List.of());
            List<ObjectRecord> next = ObjectTable.page(sql, record.slot(), probe, after, PAGE);
            page.addAll(next);
            if (next.size() < PAGE) {
                visibilities.remove();
                after = Bytes.empty();
            } else {
                after = ObjectView.advance(after, next.get(next.size() - 1).uid());
            }
        }
        return !page.isEmpty();
    }
}
