package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Login;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.soft.Postgresql;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.soft.PostgresqlCluster;

/**
 * Three KMIP servers on one token in PostgreSQL, under load, of which one after the other is killed, stopped or cut off, never the last.
 *
 * <p>The system property {@code symbolon.test.failover-seconds} says how long. The 120 of the nightly run have steps of ten seconds and bounds on
 * time: no read takes more than two seconds, and a node that comes back takes traffic within five. The 30 of the build have shorter steps and
 * none, for they share the machine with other tests.
 */
@Timeout(600)
class NodesFailoverTest {
    private static final Logger LOG = LoggerFactory.getLogger(NodesFailoverTest.class);
    private static final long SECONDS = Long.getLong("symbolon.test.failover-seconds", 30);
    private static final boolean TIMED = SECONDS >= 120;
    private static final Duration STEP = Duration.ofSeconds(TIMED ? 10 : 5);
    private static final Duration SLOWEST = Duration.ofSeconds(2);
    private static final Duration BACK_WITHIN = TIMED ? Duration.ofSeconds(5) : Duration.ofMinutes(2);
    private static final List<KmipNode.Loss> LOSSES =
            List.of(KmipNode.Loss.KILLED, KmipNode.Loss.STOPPED, KmipNode.Loss.DROPPED);

    /** More than the question whether a node is back takes, handshake included. */
    private static final long TRAFFIC_BYTES = 20_000;

    @TempDir
    private Path folder;

    private final List<KmipNode> nodes = new ArrayList<>();

    @Test
    void calls_whileNodesGoAndComeBack_areAnsweredInTimeAndMakeEachObjectOnce() throws Exception {
        PostgresqlCluster cluster = PostgresqlCluster.shared();
        Postgresql database = cluster.newDatabase();
        KmipKeys keys = KmipKeys.make(folder);
        try (TokenModule reader = NodeProgram.open(database)) {
            SoftTokens.make(reader, NodeProgram.TOKEN);
            start(keys, cluster, database);
            try (KmipClient client = client(keys);
                    Session session = reader.token(NodeProgram.TOKEN).open(Login.user(SoftTokens.PIN))) {
                check(run(client, keys), session);
            }
        } finally {
            for (KmipNode node : nodes) {
                node.close();
            }
        }
    }

    private void start(KmipKeys keys, PostgresqlCluster cluster, Postgresql database) throws Exception {
        String text = database.toString();
        String schema = text.substring(text.indexOf("schema=") + "schema=".length());
        for (int i = 0; i < 3; i++) {
            nodes.add(new KmipNode(keys, cluster, schema));
        }
        for (KmipNode node : nodes) {
            node.awaitReady();
            warmUp(keys, node);
        }
    }

    /** The first handshakes and calls of a JVM take a multiple of the time of all others. */
    private static void warmUp(KmipKeys keys, KmipNode node) throws Exception {
        for (int i = 0; i < 20; i++) {
            try (KmipClient client = keys.client(node.port()).open()) {
                client.locate(Attributes.NONE.with(AttributeType.NAME, Name.of("nobody")));
            }
        }
    }

    private KmipClient client(KmipKeys keys) throws Exception {
        KmipClientBuilder builder = keys.client(nodes.get(0).port()).timeout(Duration.ofSeconds(10));
        nodes.subList(1, 3).forEach(node -> builder.node("127.0.0.1", node.port()));
        return builder.open();
    }

    private NodesLoad run(KmipClient client, KmipKeys keys) throws Exception {
        Name name = Name.of("shared by all");
        UniqueIdentifier shared = client.create(
                ObjectType.SYMMETRIC_KEY,
                Attributes.NONE
                        .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                        .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128)
                        .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT)
                        .with(AttributeType.NAME, name));
        NodesLoad load = new NodesLoad(client, shared, name);
        try (load) {
            awaitReads(load, 500);
            KmipNode lost = nodes.get(0);
            int losses = (int) (SECONDS / STEP.toSeconds());
            for (int i = 0; i < losses; i++) {
                KmipNode victim = victim(i);
                KmipNode.Loss how = LOSSES.get(i % LOSSES.size());
                LOG.info("node {} is {}", nodes.indexOf(victim), how);
                victim.lose(how);
                pause(STEP.dividedBy(2), load);
                if (i > 0) {
                    comeBack(lost, keys);
                }
                pause(STEP.dividedBy(2), load);
                lost = victim;
            }
            comeBack(lost, keys);
        }
        return load;
    }

    /** The one that has the calls, or now and then the last of those that are live. */
    private KmipNode victim(int number) {
        List<KmipNode> live = nodes.stream().filter(KmipNode::isLive).toList();
        assertThat(live).hasSizeGreaterThan(1);
        return live.get(number % 4 == 3 ? live.size() - 1 : 0);
    }

    private void comeBack(KmipNode node, KmipKeys keys) throws Exception {
        LOG.info("node {} comes back", nodes.indexOf(node));
        node.comeBack();
        long before = node.bytes();
        boolean first = nodes.stream().filter(KmipNode::isLive).findFirst().orElseThrow() == node;
        if (first) {
            await().atMost(BACK_WITHIN)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> node.bytes() - before > TRAFFIC_BYTES);
        } else {
            warmUp(keys, node);
        }
    }

    /** Lets the load go on for a time, and makes sure that it does. */
    private static void pause(Duration time, NodesLoad load) {
        long before = load.reads();
        await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> load.reads() > before);
    }

    private static void awaitReads(NodesLoad load, long count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> load.reads() > count);
    }

    /** Within how many milliseconds a part of the reads were done. */
    private static long millis(List<Duration> times, double part) {
        return times.get((int) Math.ceil(part * times.size()) - 1).toMillis();
    }

    private static void check(NodesLoad load, Session session) throws Exception {
        List<Duration> times = load.readTimes();
        Map<String, Long> found = session.findAll(ObjectQuery.all()).stream()
                .map(TokenObject::label)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        LOG.warn(
                "{} reads in ms: half {}, 99% {}, 99.9% {}, all {}; {} objects made, {} refused, {} maybe made, of"
                        + " which {} were",
                load.reads(),
                millis(times, 0.5),
                millis(times, 0.99),
                millis(times, 0.999),
                millis(times, 1),
                load.acknowledged().size(),
                load.refused().size(),
                load.maybe().size(),
                load.maybe().stream().filter(found::containsKey).count());

        assertThat(load.failedReads()).isEmpty();
        if (TIMED) {
            assertThat(times.get(times.size() - 1))
                    .as("slow reads: %s", load.slowReads())
                    .isLessThanOrEqualTo(SLOWEST);
        }
        assertThat(load.acknowledged())
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(found).containsEntry(name, 1L));
        assertThat(load.refused()).noneMatch(found::containsKey);
        assertThat(load.maybe())
                .allSatisfy(name -> assertThat(found.getOrDefault(name, 0L)).isLessThan(2));
    }
}
