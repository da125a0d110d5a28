package org.symbolon.soft.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.symbolon.soft.seal.ManifestTree;

/** The nodes of a token's manifest in the database, as long as a transaction lasts. Not thread-safe. */
final class StoredNodes implements ManifestTree.Nodes {
    /** Asks for one node. */
    static final String NODE = "SELECT content FROM manifest_node WHERE token = ? AND level = ? AND prefix = ?";

    /** Reads the content of a node. */
    static final Sql.Mapper<byte[]> CONTENT = row -> Sql.blob(row, 1).sharedArray();

    private static final String PREFIX = "SELECT CAST(? AS BIGINT) AS prefix";
    private static final int MAX_PREFIXES = 100;

    private final Sql sql;
    private final long token;
    /** What was asked for beforehand, as the transaction has it now; empty where there is no node. */
    private final Map<Place, byte[]> known = new HashMap<>();

    private record Place(long level, long prefix) {}

    StoredNodes(Sql sql, long token) {
        this.sql = sql;
        this.token = token;
    }

    /** Returns the query for the nodes above prefixes, with their levels and prefixes. */
    static String above(String prefixes) {
        return "SELECT n.content, n.level, n.prefix FROM manifest_node n WHERE n.token = ? AND (n.level, n.prefix) IN"
                + " (SELECT v.level, p.prefix >> v.bits FROM (" + prefixes + ") p CROSS JOIN (VALUES "
                + ManifestTree.LEVELS + ") AS v (level, bits))";
    }

    /** Reads nodes in few round trips; a database that is no journey away is asked one by one as well. */
    @Override
    public void expect(Collection<Integer> prefixes) {
        if (!sql.dialect().flies()) {
            return;
        }
        List<Integer> distinct = prefixes.stream()
                .distinct()
                .filter(prefix -> !known.containsKey(new Place(ManifestTree.LEAF_LEVEL, prefix)))
                .toList();
        for (int from = 0; from < distinct.size(); from += MAX_PREFIXES) {
            read(distinct.subList(from, Math.min(distinct.size(), from + MAX_PREFIXES)));
        }
    }

    private void read(List<Integer> prefixes) {
        for (int prefix : prefixes) {
            for (int level = 0; level <= ManifestTree.LEAF_LEVEL; level++) {
                known.putIfAbsent(new Place(level, prefix >>> ManifestTree.bitsBelow(level)), new byte[0]);
            }
        }
        List<Object> arguments = new ArrayList<>();
        arguments.add(token);
        arguments.addAll(prefixes);
        sql.query(
                above(String.join(" UNION ALL ", Collections.nCopies(prefixes.size(), PREFIX))),
                row -> known.put(new Place(row.getLong(2), row.getLong(3)), CONTENT.map(row)),
                arguments.toArray());
    }

    @Override
    public byte[] load(int level, int prefix) {
        byte[] content = known.get(new Place(level, prefix));
        return content != null
                ? content
                : sql.queryOne(NODE, CONTENT, token, level, prefix).orElse(new byte[0]);
    }

    @Override
    public void save(int level, int prefix, byte[] content) {
        known.computeIfPresent(new Place(level, prefix), (place, before) -> content);
        sql.updateOne(
                "INSERT INTO manifest_node (token, level, prefix, content) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (token, level, prefix) DO UPDATE SET content = excluded.content",
                token,
                level,
                prefix,
                content);
    }
}
