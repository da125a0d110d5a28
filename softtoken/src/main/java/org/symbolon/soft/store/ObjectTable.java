package org.symbolon.soft.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.ObjectClass;
import org.symbolon.Status;
import org.symbolon.soft.seal.ManifestTree;
import org.symbolon.soft.seal.ObjectRecord;

/** The tables of objects, of the tags that they are found by, and of the manifest's nodes. */
public final class ObjectTable {
    /** The most bytes that an object's clear or sealed attributes have; a row with more is none of ours. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /** Stands for the text of {@link #findText}. */
    private static final Object BY_UID = "object by uid";

    private static final Sql.Mapper<ObjectRecord> OBJECT = row -> new ObjectRecord(
            Sql.uuid(row, 1),
            new ObjectClass(row.getLong(2)),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            Sql.blob(row, 6),
            Sql.blob(row, 7));

    private ObjectTable() {}

    /**
     * A tag of an object.
     *
     * @param attribute the attribute's number
     * @param tag 16 bytes
     */
    public record Tag(long attribute, Bytes tag) {}

    /**
     * What a page of objects is looked for by.
     *
     * @param isPrivate whether private objects are wanted, or public ones
     * @param objectClass their class, if one is wanted
     * @param tags tags that they have, the most selective first; the first two count
     */
    public record Probe(boolean isPrivate, Optional<ObjectClass> objectClass, List<Tag> tags) {}

    /**
     * A query with its arguments.
     *
     * @param text the SQL
     * @param arguments what stands for the question marks
     */
    private record Query(String text, List<Object> arguments) {}

    /**
     * Returns an object.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param uid the object
     * @return its record, or empty
     */
    public static Optional<ObjectRecord> find(Sql sql, long token, UUID uid) {
        return sql.queryOne(sql.text(BY_UID, ObjectTable::findText), OBJECT, token, uid);
    }

    private static String findText(Dialect dialect) {
        return "SELECT " + columns(dialect) + " FROM object o WHERE o.token = ? AND o.uid = ?";
    }

    /**
     * Foresees that an object is looked for by its uid and proved.
     *
     * @param flight what is foreseen
     * @param token the token's slot
     * @param uid the object
     */
    public static void foreseeFind(Flight flight, long token, UUID uid) {
        flight.add(findText(flight.dialect()), OBJECT, token, uid);
        foreseeNodes(flight, token, new Query("SELECT CAST(? AS BIGINT) AS prefix", List.of(ManifestTree.prefix(uid))));
    }

    /**
     * Returns the next objects that a probe finds, by uid; rows whose uid is none are no objects.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param probe what is looked for
     * @param after the last uid of the page before; empty for the first
     * @param limit how many at most
     * @return the records
     */
    public static List<ObjectRecord> page(Sql sql, long token, Probe probe, Bytes after, int limit) {
        Shape shape = Shape.of(probe, limit);
        String text = sql.text(shape, dialect -> shape.text(dialect, columns(dialect)));
        return sql.query(text, OBJECT, arguments(token, probe, after).toArray());
    }

    /**
     * Foresees that a page is asked for, and its objects are proved.
     *
     * @param flight what is foreseen
     * @param token the token's slot
     * @param probe what is looked for
     * @param after the last uid of the page before; empty for the first
     * @param limit how many at most
     */
    public static void foreseePage(Flight flight, long token, Probe probe, Bytes after, int limit) {
        Dialect dialect = flight.dialect();
        Query query = page(dialect, columns(dialect), token, probe, after, limit);
        flight.add(query.text(), OBJECT, query.arguments().toArray());
        foreseeNodes(flight, token, page(dialect, dialect.prefix("o.uid") + " AS prefix", token, probe, after, limit));
    }

    /** Foresees the nodes above the prefixes that a query finds. */
    private static void foreseeNodes(Flight flight, long token, Query prefixes) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(token);
        arguments.addAll(prefixes.arguments());
        flight.addForOthers(
                StoredNodes.above(prefixes.text()),
                row -> flight.answer(
                        StoredNodes.CONTENT.map(row), StoredNodes.NODE, token, row.getLong(2), row.getLong(3)),
                arguments.toArray());
    }

    private static String columns(Dialect dialect) {
        return "o.uid, o.class, o.visibility, o.version, o.master_version, " + dialect.bounded("o.clear")
                + " AS clear, " + dialect.bounded("o.sealed") + " AS sealed";
    }

    private static Query page(Dialect dialect, String columns, long token, Probe probe, Bytes after, int limit) {
        return new Query(Shape.of(probe, limit).text(dialect, columns), arguments(token, probe, after));
    }

    private static List<Object> arguments(long token, Probe probe, Bytes after) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(token);
        probe.tags().stream().limit(Shape.MAX_TAGS).forEach(tag -> {
            arguments.add(tag.attribute());
            arguments.add(tag.tag());
        });
        arguments.add(probe.isPrivate() ? ObjectRecord.PRIVATE : ObjectRecord.PUBLIC);
        probe.objectClass().ifPresent(wanted -> arguments.add(wanted.code()));
        arguments.add(after);
        return arguments;
    }

    /**
     * What the text of a query for a page depends on.
     *
     * @param tags how many tags are looked for
     * @param byClass whether a class is
     * @param limit how many objects are wanted at most
     */
    private record Shape(int tags, boolean byClass, int limit) {
        private static final int MAX_TAGS = 2;

        static Shape of(Probe probe, int limit) {
            return new Shape(
                    Math.min(probe.tags().size(), MAX_TAGS), probe.objectClass().isPresent(), limit);
        }

        String text(Dialect dialect, String columns) {
            StringBuilder query = new StringBuilder("SELECT ").append(columns);
            String uid = tags == 0 ? "o.uid" : "t.uid";
            if (tags == 0) {
                query.append(" FROM object o WHERE o.token = ?");
            } else {
                query.append(" FROM attribute_tag t ")
                        .append(dialect.orderedJoin())
                        .append(" object o ON o.token = t.token AND o.uid = t.uid")
                        .append(" WHERE t.token = ? AND t.attribute = ? AND t.tag = ?");
            }
            if (tags > 1) {
                query.append(" AND EXISTS (SELECT 1 FROM attribute_tag s WHERE s.token = t.token AND s.attribute = ?")
                        .append(" AND s.tag = ? AND s.uid = t.uid)");
            }
            // With tags, the object is reached by its primary key: the plus keeps the planner from an index that is a
            // scan there.
            String by = tags == 0 ? " AND " : " AND +";
            query.append(by).append("o.visibility = ?").append(byClass ? by + "o.class = ?" : "");
            query.append(" AND ").append(dialect.isUid("o.uid"));
            // The limit is no argument, so that PostgreSQL plans for it.
            return query.append(" AND ")
                    .append(uid)
                    .append(" > ? ORDER BY ")
                    .append(uid)
                    .append(" LIMIT ")
                    .append(limit)
                    .toString();
        }
    }

    /**
     * Returns the key that pages are continued after.
     *
     * @param uid the last object of a page
     * @return its key
     */
    public static Bytes key(UUID uid) {
        return Bytes.wrap(Sql.bytes(uid));
    }

    /**
     * Writes a new object.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param object its record
     * @param tags its tags
     * @throws InvalidAttributeException if it is longer than an object may be
     */
    public static void insert(Sql sql, long token, ObjectRecord object, List<Tag> tags)
            throws InvalidAttributeException {
        requireBounded(object);
        sql.updateOne(
                "INSERT INTO object (token, uid, class, visibility, version, master_version, clear, sealed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                token,
                object.uid(),
                object.objectClass().code(),
                object.visibility(),
                object.version(),
                object.masterVersion(),
                object.clear(),
                object.sealed());
        for (Tag tag : tags) {
            insert(sql, token, object.uid(), tag);
        }
    }

    private static void requireBounded(ObjectRecord object) throws InvalidAttributeException {
        if (object.clear().length() > MAX_BYTES || object.sealed().length() > MAX_BYTES) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), "an object's attributes have at most 16 MiB together");
        }
    }

    private static void insert(Sql sql, long token, UUID uid, Tag tag) {
        sql.updateOne(
                "INSERT INTO attribute_tag (token, attribute, tag, uid) VALUES (?, ?, ?, ?)",
                token,
                tag.attribute(),
                tag.tag(),
                uid);
    }

    /**
     * Writes a changed object in its place. Tags that stay are left alone: of most changes that is all of them.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param object its record
     * @param before the tags that it has
     * @param after the tags that it is to have
     * @throws InvalidAttributeException if it is longer than an object may be
     */
    public static void replace(Sql sql, long token, ObjectRecord object, List<Tag> before, List<Tag> after)
            throws InvalidAttributeException {
        requireBounded(object);
        sql.updateOne(
                "UPDATE object SET class = ?, visibility = ?, version = ?, master_version = ?, clear = ?, sealed = ?"
                        + " WHERE token = ? AND uid = ?",
                object.objectClass().code(),
                object.visibility(),
                object.version(),
                object.masterVersion(),
                object.clear(),
                object.sealed(),
                token,
                object.uid());
        for (Tag tag : before) {
            if (!after.contains(tag)) {
                remove(sql, token, object.uid(), tag);
            }
        }
        for (Tag tag : after) {
            if (!before.contains(tag)) {
                insert(sql, token, object.uid(), tag);
            }
        }
    }

    /**
     * Removes an object.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @param uid the object
     * @param tags its tags
     */
    public static void remove(Sql sql, long token, UUID uid, List<Tag> tags) {
        sql.updateOne("DELETE FROM object WHERE token = ? AND uid = ?", token, uid);
        for (Tag tag : tags) {
            remove(sql, token, uid, tag);
        }
    }

    private static void remove(Sql sql, long token, UUID uid, Tag tag) {
        sql.update(
                "DELETE FROM attribute_tag WHERE token = ? AND attribute = ? AND tag = ? AND uid = ?",
                token,
                tag.attribute(),
                tag.tag(),
                uid);
    }

    /**
     * Returns the nodes of a token's manifest.
     *
     * @param sql the transaction
     * @param token the token's slot
     * @return the nodes, as long as the transaction lasts
     */
    public static ManifestTree.Nodes manifest(Sql sql, long token) {
        return new StoredNodes(sql, token);
    }
}
