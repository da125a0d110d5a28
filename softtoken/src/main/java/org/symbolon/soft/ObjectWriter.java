package org.symbolon.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.soft.object.ObjectKind;
import org.symbolon.soft.seal.ManifestTree;
import org.symbolon.soft.seal.ObjectRecord;
import org.symbolon.soft.seal.ObjectSeal;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.ObjectTable;
import org.symbolon.soft.store.Sql;

/** Writes objects of a token: the rows, their tags and the signed manifest, in one transaction. */
final class ObjectWriter {
    private static final Set<Attribute<?>> IN_COLUMNS =
            Set.of(Attribute.CLASS, Attribute.PRIVATE, Attribute.TOKEN, Attribute.UNIQUE_ID);

    private final ObjectView view;
    private final Unlocked unlocked;
    private final Sql sql;
    private final TokenRecord record;
    private final PendingNodes nodes;
    private Bytes root;

    /** What is done to objects within a transaction. May run more than once. */
    @FunctionalInterface
    interface Work<T> {
        T run(Sql sql, ObjectWriter writer) throws TokenException;
    }

    /** Begins a change of objects in a transaction; {@link #commit} ends it. */
    ObjectWriter(ObjectView view, Unlocked unlocked, Sql sql) throws TokenException {
        this(
                view,
                unlocked,
                sql,
                view.token().latestRecord(sql, Bytes.wrap(unlocked.signingKey().publicKey())));
    }

    /** Begins to fill a token whose record was made in the same transaction. */
    ObjectWriter(ObjectView view, Unlocked unlocked, Sql sql, TokenRecord record) {
        this.view = view;
        this.unlocked = unlocked;
        this.sql = sql;
        this.record = record;
        this.nodes = new PendingNodes(ObjectTable.manifest(sql, record.slot()));
        this.root = record.root();
    }

    /** Writes new objects. */
    void insertAll(List<StoredObject> objects) throws TokenException {
        nodes.expect(objects.stream()
                .map(object -> ManifestTree.prefix(object.uid()))
                .toList());
        for (StoredObject object : objects) {
            insert(object);
        }
    }

    void insert(StoredObject object) throws TokenException {
        ObjectRecord row = seal(object);
        ObjectTable.insert(sql, record.slot(), row, tags(object));
        root = view.token().manifest().put(root, row, record.uuid(), nodes);
    }

    void replace(StoredObject before, StoredObject after) throws TokenException {
        replaceAll(List.of(before), List.of(after));
    }

    /** Writes changed objects in place of those that were read. */
    void replaceAll(List<StoredObject> before, List<StoredObject> after) throws TokenException {
        nodes.expect(
                before.stream().map(object -> ManifestTree.prefix(object.uid())).toList());
        for (int i = 0; i < before.size(); i++) {
            ObjectRecord row = seal(after.get(i));
            ObjectTable.replace(sql, record.slot(), row, tags(before.get(i)), tags(after.get(i)));
            root = view.token().manifest().put(root, row, record.uuid(), nodes);
        }
    }

    void remove(StoredObject object) throws TokenException {
        UUID uid = object.uid();
        nodes.expect(List.of(ManifestTree.prefix(uid)));
        ObjectTable.remove(sql, record.slot(), uid, tags(object));
        root = view.token().manifest().remove(root, uid, nodes);
    }

    /** Signs the manifest and returns its epoch. The change is durable when the transaction has ended. */
    long commit() throws TokenException {
        nodes.flush();
        TokenRecord next = record.withRoot(root, unlocked.signingKey());
        view.token().save(sql, next);
        return next.epoch();
    }

    private List<ObjectTable.Tag> tags(StoredObject object) {
        List<ObjectTable.Tag> tags = new ArrayList<>(view.tags(record, object.attributes(), object.isPrivate()));
        view.fingerprint(object.attributes()).ifPresent(tags::add);
        return tags;
    }

    private ObjectRecord seal(StoredObject object) {
        Set<Attribute<?>> secrets = ObjectKind.of(object.attributes()).secrets();
        Attributes.Builder clear = Attributes.builder();
        Attributes.Builder hidden = Attributes.builder().setAll(object.attributes());
        IN_COLUMNS.forEach(hidden::remove);
        if (!object.isPrivate()) {
            clear.setAll(object.attributes());
            IN_COLUMNS.forEach(clear::remove);
            for (Attribute<?> attribute : object.attributes().present()) {
                if (secrets.contains(attribute)) {
                    clear.remove(attribute);
                } else {
                    hidden.remove(attribute);
                }
            }
        }
        ObjectRecord header = ObjectSeal.header(
                object.uid(),
                object.attributes().get(Attribute.CLASS),
                object.isPrivate(),
                object.version(),
                record.masterVersion());
        return ObjectSeal.seal(unlocked.keys(), record.uuid(), header, clear.build(), hidden.build());
    }
}
