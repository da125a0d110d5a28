package org.symbolon.soft.seal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.symbolon.Bytes;
import org.symbolon.Status;
import org.symbolon.TokenProtocolException;

/**
 * A Merkle tree over all objects of a token: what makes an object that was inserted, edited or put back by hand
 * refused.
 *
 * <p>A leaf lists the objects whose uid begins with the same 16 bits, each with its version and the digest of its
 * record; an inner node lists the hashes of its 16 children; four levels of inner nodes stand above 65,536 leaves. The
 * root is signed with the {@link TokenRecord}. Nothing that the database holds of the tree is believed before its hash
 * was compared with what the node above says. Nodes that were found good are remembered by their hash. Thread-safe.
 */
public final class ManifestTree {
    /** The root of a tree without objects. */
    public static final Bytes EMPTY_ROOT = Bytes.wrap(new byte[Sha256.BYTES]);

    /** Each level with the number of a prefix's bits that are below it, as SQL's VALUES lists them. */
    public static final String LEVELS = "(0, 16), (1, 12), (2, 8), (3, 4), (4, 0)";

    /** The level of the leaves. */
    public static final int LEAF_LEVEL = 4;

    private static final int FAN_OUT = 16;
    private static final int ENTRY_BYTES = 16 + Long.BYTES + Sha256.BYTES;
    private static final int PREFIX_SHIFT = 48;
    private static final long LAST_PREFIX = 0xFFFF;
    /** How many objects that are made together share a leaf: few, so that the leaves stay alike in length. */
    private static final int NEIGHBOURS = 4;

    private static final int MAX_REMEMBERED = 5_000;

    private final Map<Bytes, byte[]> verified = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, byte[]> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** Where the nodes are. */
    public interface Nodes {
        /**
         * Returns a node.
         *
         * @param level its level, 0 the root
         * @param prefix the bits that the uids below it begin with
         * @return its content; empty if there is none
         */
        byte[] load(int level, int prefix);

        /**
         * Stores a node.
         *
         * @param level its level
         * @param prefix its prefix
         * @param content its content
         */
        void save(int level, int prefix, byte[] content);

        /**
         * Hears which nodes will be loaded: those on the way to leaves.
         *
         * @param prefixes the prefixes of the leaves
         */
        default void expect(Collection<Integer> prefixes) {}
    }

    /**
     * Returns the digest that the tree has of an object.
     *
     * @param root the root, which the caller trusts
     * @param uid the object
     * @param nodes where the nodes are
     * @return the digest of its record; empty if the tree has no such object
     * @throws TokenProtocolException if a node on the way is not what the node above says
     */
    public Optional<Bytes> find(Bytes root, UUID uid, Nodes nodes) throws TokenProtocolException {
        byte[] leaf = path(root, prefix(uid), nodes)[LEAF_LEVEL];
        int at = place(leaf, Canonical.bytes(uid));
        return at < 0
                ? Optional.empty()
                : Optional.of(Bytes.wrap(Arrays.copyOfRange(leaf, at + ENTRY_BYTES - Sha256.BYTES, at + ENTRY_BYTES)));
    }

    /**
     * Counts the objects in the tree.
     *
     * @param root the root, which the caller trusts
     * @param nodes where the nodes are
     * @return how many there are
     * @throws TokenProtocolException if a node is not what the node above says
     */
    public long count(Bytes root, Nodes nodes) throws TokenProtocolException {
        return count(0, 0, root, nodes);
    }

    private long count(int level, int prefix, Bytes expected, Nodes nodes) throws TokenProtocolException {
        byte[] content = node(level, prefix, expected, nodes);
        if (level == LEAF_LEVEL) {
            return content.length / ENTRY_BYTES;
        }
        long sum = 0;
        for (int child = 0; child < content.length / Sha256.BYTES; child++) {
            sum += count(level + 1, prefix * FAN_OUT + child, child(content, child), nodes);
        }
        return sum;
    }

    private static Bytes child(byte[] content, int number) {
        return Bytes.wrap(Arrays.copyOfRange(content, number * Sha256.BYTES, (number + 1) * Sha256.BYTES));
    }

    /**
     * Puts an object into the tree, or its new version in the place of the old.
     *
     * @param root the root until now, which the caller trusts
     * @param object the object's record
     * @param token the token's uuid
     * @param nodes where the nodes are
     * @return the new root
     * @throws TokenProtocolException if a node on the way is not what the node above says
     */
    public Bytes put(Bytes root, ObjectRecord object, UUID token, Nodes nodes) throws TokenProtocolException {
        byte[] entry = ByteBuffer.allocate(ENTRY_BYTES)
                .put(Canonical.bytes(object.uid()))
                .putLong(object.version())
                .put(object.digest(token).sharedArray())
                .array();
        return replace(root, object.uid(), entry, nodes);
    }

    /**
     * Takes an object out of the tree.
     *
     * @param root the root until now, which the caller trusts
     * @param uid the object
     * @param nodes where the nodes are
     * @return the new root
     * @throws TokenProtocolException if a node on the way is not what the node above says
     */
    public Bytes remove(Bytes root, UUID uid, Nodes nodes) throws TokenProtocolException {
        return replace(root, uid, new byte[0], nodes);
    }

    /** Puts an entry, or none, in the place of the one that an object has. */
    private Bytes replace(Bytes root, UUID uid, byte[] entry, Nodes nodes) throws TokenProtocolException {
        int prefix = prefix(uid);
        byte[][] path = path(root, prefix, nodes);
        byte[] leaf = path[LEAF_LEVEL];
        int place = place(leaf, Canonical.bytes(uid));
        int before = place < 0 ? -place - 1 : place;
        int after = place < 0 ? before : place + ENTRY_BYTES;
        byte[] content = ByteBuffer.allocate(before + entry.length + leaf.length - after)
                .put(leaf, 0, before)
                .put(entry)
                .put(leaf, after, leaf.length - after)
                .array();
        for (int level = LEAF_LEVEL; ; level--) {
            int at = prefix >>> bitsBelow(level);
            nodes.save(level, at, content);
            Bytes hash = hash(level, at, content);
            if (level < LEAF_LEVEL) {
                remember(hash, content);
            }
            if (level == 0) {
                return hash;
            }
            content = path[level - 1].length == 0 ? new byte[FAN_OUT * Sha256.BYTES] : path[level - 1].clone();
            System.arraycopy(hash.sharedArray(), 0, content, (at % FAN_OUT) * Sha256.BYTES, Sha256.BYTES);
        }
    }

    /** Returns the contents of the nodes from the root to a leaf, each checked against the hash in the one above. */
    private byte[][] path(Bytes root, int prefix, Nodes nodes) throws TokenProtocolException {
        byte[][] path = new byte[LEAF_LEVEL + 1][];
        Bytes expected = root;
        for (int level = 0; level <= LEAF_LEVEL; level++) {
            int at = prefix >>> bitsBelow(level);
            byte[] content = node(level, at, expected, nodes);
            path[level] = content;
            if (level < LEAF_LEVEL) {
                int child = (prefix >>> bitsBelow(level + 1)) % FAN_OUT;
                expected = content.length == 0 ? EMPTY_ROOT : child(content, child);
            }
        }
        return path;
    }

    private byte[] node(int level, int prefix, Bytes expected, Nodes nodes) throws TokenProtocolException {
        if (expected.equals(EMPTY_ROOT)) {
            return new byte[0];
        }
        byte[] remembered = recall(expected);
        if (remembered.length > 0) {
            return remembered;
        }
        byte[] content = nodes.load(level, prefix);
        if (!hash(level, prefix, content).equals(expected)) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"),
                    "the manifest was tampered with: its node " + Integer.toHexString(prefix) + " on level " + level
                            + " is not the one that the token signed");
        }
        if (level < LEAF_LEVEL) {
            remember(expected, content);
        }
        return content;
    }

    private byte[] recall(Bytes hash) {
        synchronized (verified) {
            return verified.getOrDefault(hash, new byte[0]);
        }
    }

    private void remember(Bytes hash, byte[] content) {
        synchronized (verified) {
            verified.put(hash, content);
        }
    }

    /** Returns the hash of a node; of a node without content, and of an inner node with empty children only, zeroes. */
    private static Bytes hash(int level, int prefix, byte[] content) {
        boolean empty = level == LEAF_LEVEL ? content.length == 0 : Arrays.equals(content, new byte[content.length]);
        return empty
                ? EMPTY_ROOT
                : Bytes.wrap(Canonical.of("symbolon 1 manifest node")
                        .add(level)
                        .add(prefix)
                        .add(content)
                        .sha256());
    }

    /**
     * Returns the bits of a uid that lead to its leaf.
     *
     * @param uid the uid
     * @return its first 16 bits
     */
    public static int prefix(UUID uid) {
        return (int) (uid.getMostSignificantBits() >>> PREFIX_SHIFT);
    }

    /**
     * Returns uids for new objects that are put into the tree together: random ones, of which a few share a leaf and the
     * leaves are neighbours. So a large transaction writes few nodes, and few pages of the indexes by uid.
     *
     * @param count how many
     * @return the uids
     */
    public static List<UUID> newUids(int count) {
        List<UUID> uids = new ArrayList<>(count);
        int first = prefix(UUID.randomUUID());
        for (int i = 0; i < count; i++) {
            UUID random = UUID.randomUUID();
            long leaf = (first + i / NEIGHBOURS) & LAST_PREFIX;
            uids.add(new UUID(
                    leaf << PREFIX_SHIFT | (random.getMostSignificantBits() & ~(LAST_PREFIX << PREFIX_SHIFT)),
                    random.getLeastSignificantBits()));
        }
        return uids;
    }

    /**
     * Returns how many bits of a prefix are below a level.
     *
     * @param level the level, 0 the root
     * @return the bits by which a leaf's prefix is shifted to that of the node above it
     */
    public static int bitsBelow(int level) {
        return 4 * (LEAF_LEVEL - level);
    }

    /** Returns where a leaf has the entry of an object, or, less than zero, -1 less the place that it would have. */
    private static int place(byte[] leaf, byte[] uid) {
        for (int at = 0; at + ENTRY_BYTES <= leaf.length; at += ENTRY_BYTES) {
            int order = Arrays.compareUnsigned(leaf, at, at + uid.length, uid, 0, uid.length);
            if (order >= 0) {
                return order == 0 ? at : -at - 1;
            }
        }
        return -leaf.length - 1;
    }
}
