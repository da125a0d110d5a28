package org.symbolon.soft.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.TokenProtocolException;

class ManifestTreeTest {
    private static final UUID TOKEN = new UUID(1, 2);

    private final MemoryNodes nodes = new MemoryNodes();
    private final ManifestTree tree = new ManifestTree();

    /** Nodes in a map. */
    private static final class MemoryNodes implements ManifestTree.Nodes {
        private final Map<List<Integer>, byte[]> contents = new HashMap<>();

        @Override
        public byte[] load(int level, int prefix) {
            return contents.getOrDefault(List.of(level, prefix), new byte[0]);
        }

        @Override
        public void save(int level, int prefix, byte[] content) {
            contents.put(List.of(level, prefix), content);
        }
    }

    private static List<ObjectRecord> records(int count) {
        Random random = new Random(7);
        List<ObjectRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // The low bits of the prefix are the same for some, so that leaves with several entries are met.
            UUID uid = new UUID((random.nextLong() & 0x0FFF_FFFF_FFFF_FFFFL) | (i % 3L) << 60, random.nextLong());
            records.add(record(uid, i + 1));
        }
        UUID first = records.get(0).uid();
        records.add(record(new UUID(first.getMostSignificantBits() ^ 1, 5), 1));
        return records;
    }

    private static ObjectRecord record(UUID uid, long version) {
        return ObjectSeal.header(uid, ObjectClass.DATA, false, version, 1);
    }

    private Bytes putAll(List<ObjectRecord> records) throws TokenProtocolException {
        Bytes root = ManifestTree.EMPTY_ROOT;
        for (ObjectRecord record : records) {
            root = tree.put(root, record, TOKEN, nodes);
        }
        return root;
    }

    @Test
    void find_everyObjectThatWasPut_hasItsDigest() throws Exception {
        List<ObjectRecord> records = records(500);
        Bytes root = putAll(records);

        ManifestTree fresh = new ManifestTree();
        for (ObjectRecord record : records) {
            assertThat(fresh.find(root, record.uid(), nodes)).contains(record.digest(TOKEN));
        }
        assertThat(fresh.find(root, new UUID(3, 4), nodes)).isEmpty();
    }

    @Test
    void put_inAnotherOrder_makesTheSameRoot() throws Exception {
        List<ObjectRecord> records = records(100);
        Bytes root = putAll(records);
        nodes.contents.clear();
        Collections.reverse(records);

        assertThat(putAll(records)).isEqualTo(root);
    }

    @Test
    void newUids_ofMany_areRandomOnesInNeighbouringLeaves() {
        List<UUID> uids = ManifestTree.newUids(1000);

        assertThat(uids).doesNotHaveDuplicates().hasSize(1000).allSatisfy(uid -> {
            assertThat(uid.version()).isEqualTo(4);
            assertThat(uid.variant()).isEqualTo(2);
        });
        assertThat(uids.stream().map(ManifestTree::prefix).distinct()).hasSize(250);
    }

    @Test
    void put_newVersion_makesAnotherRoot() throws Exception {
        List<ObjectRecord> records = records(10);
        Bytes root = putAll(records);

        Bytes later = tree.put(root, record(records.get(3).uid(), 99), TOKEN, nodes);

        assertThat(later).isNotEqualTo(root);
        assertThat(tree.find(later, records.get(3).uid(), nodes))
                .contains(record(records.get(3).uid(), 99).digest(TOKEN));
    }

    @Test
    void remove_all_makesTheEmptyRoot() throws Exception {
        List<ObjectRecord> records = records(50);
        Bytes root = putAll(records);

        for (ObjectRecord record : records) {
            root = tree.remove(root, record.uid(), nodes);
            assertThat(tree.find(root, record.uid(), nodes)).isEmpty();
        }

        assertThat(root).isEqualTo(ManifestTree.EMPTY_ROOT);
    }

    @Test
    void find_anyNodeOnThePathChanged_isRefused() throws Exception {
        List<ObjectRecord> records = records(20);
        Bytes root = putAll(records);
        UUID uid = records.get(5).uid();
        int prefix = (int) (uid.getMostSignificantBits() >>> 48);

        for (int level = 0; level <= 4; level++) {
            List<Integer> key = List.of(level, prefix >>> (4 * (4 - level)));
            byte[] good = nodes.load(key.get(0), key.get(1));
            byte[] bad = good.clone();
            bad[bad.length - 1] ^= 1;
            nodes.contents.put(key, bad);
            assertThatThrownBy(() -> new ManifestTree().find(root, uid, nodes))
                    .as("level %d", level)
                    .isInstanceOf(TokenProtocolException.class);
            assertThatThrownBy(() -> new ManifestTree().put(root, record(uid, 100), TOKEN, nodes))
                    .as("a change must not sign what was tampered with")
                    .isInstanceOf(TokenProtocolException.class);
            nodes.contents.put(key, good);
        }
        assertThat(new ManifestTree().find(root, uid, nodes)).isPresent();
    }

    @Test
    void find_olderNodesUnderNewRoot_isRefused() throws Exception {
        List<ObjectRecord> records = records(5);
        Bytes root = putAll(records);
        Map<List<Integer>, byte[]> old = new HashMap<>(nodes.contents);
        Bytes later = tree.remove(root, records.get(2).uid(), nodes);
        nodes.contents.putAll(old);

        assertThatThrownBy(() -> new ManifestTree().find(later, records.get(2).uid(), nodes))
                .isInstanceOf(TokenProtocolException.class);
    }
}
