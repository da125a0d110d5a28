package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.enumeration.RevocationReasonCode;
import org.symbolon.kmip.enumeration.UsageLimitsUnit;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.object.UsageLimits;
import org.symbolon.kmip.operation.AddAttribute;
import org.symbolon.kmip.operation.Encrypt;
import org.symbolon.kmip.operation.ReKey;
import org.symbolon.kmip.server.KmipServer;
import org.symbolon.soft.Postgresql;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.soft.PostgresqlCluster;

/** Two servers, each with a module of its own, on one token in PostgreSQL: what one counts, changes and names the other knows. */
@Timeout(300)
class ServersOfOneTokenTest {
    private static final String TOKEN = "Shared";
    private static final int SERVERS = 2;
    private static final int THREADS = 4;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<KmipClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @BeforeEach
    void start() throws Exception {
        Postgresql database = PostgresqlCluster.shared().newDatabase();
        KmipKeys keys = KmipKeys.make(folder);
        for (int i = 0; i < SERVERS; i++) {
            TokenModule module = NodeProgram.open(database);
            open.add(0, module);
            if (i == 0) {
                SoftTokens.make(module, TOKEN);
            }
            Session session = module.token(TOKEN).open(Login.user(SoftTokens.PIN));
            open.add(0, session);
            KmipServer server = KmipServer.builder(session)
                    .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys.serverContext())
                    .start();
            open.add(0, server);
            KmipClient client = keys.client(server.address().getPort()).open();
            open.add(0, client);
            clients.add(client);
        }
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** Something that a thread asks of its server. */
    @FunctionalInterface
    private interface Asking {
        Object ask(KmipClient client, int number) throws TokenException;
    }

    /** Lets each thread ask its server at the same moment, so many times; returns what was refused. */
    private List<String> refusals(int times, Asking asking) throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<Future<List<String>>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            Callable<List<String>> work = () -> {
                List<String> refused = new ArrayList<>();
                together.await(60, TimeUnit.SECONDS);
                for (int n = 0; n < times; n++) {
                    try {
                        asking.ask(clients.get(thread % SERVERS), thread * times + n);
                    } catch (TokenException e) {
                        refused.add(e.status().name());
                    }
                }
                return refused;
            };
            running.add(threads.submit(work));
        }
        List<String> refused = new ArrayList<>();
        for (Future<List<String>> each : running) {
            refused.addAll(each.get(120, TimeUnit.SECONDS));
        }
        return refused;
    }

    private UniqueIdentifier key(Attributes more) throws TokenException {
        return clients.get(0).create(ObjectType.SYMMETRIC_KEY, with(key(), more));
    }

    private static Attributes key() {
        return Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128)
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT)
                .with(AttributeType.ACTIVATION_DATE, Instant.EPOCH);
    }

    private static Attributes with(Attributes some, Attributes more) {
        Attributes all = some;
        for (Attribute<?> attribute : more.list()) {
            all = all.with(attribute);
        }
        return all;
    }

    private static Attributes named(String... names) {
        Attributes all = Attributes.NONE;
        for (String name : names) {
            all = all.with(AttributeType.NAME, Name.of(name));
        }
        return all;
    }

    @Test
    void usageLimits_ofUsesOnBothServers_areTakenOnceEach() throws Exception {
        UniqueIdentifier key = key(
                Attributes.NONE.with(AttributeType.USAGE_LIMITS, new UsageLimits(50L, null, UsageLimitsUnit.OBJECT)));
        CryptographicParameters ecb = CryptographicParameters.builder()
                .blockCipherMode(BlockCipherMode.ECB)
                .paddingMethod(PaddingMethod.NONE)
                .build();

        List<String> refused = refusals(
                20,
                (client, number) -> client.call(
                        new Encrypt.Request(key, ecb, Bytes.of(new byte[16]), null, null, null, null, null)));

        assertThat(refused).hasSize(THREADS * 20 - 50);
        assertThat(clients.get(1)
                        .getAttributes(key, AttributeType.USAGE_LIMITS)
                        .get(AttributeType.USAGE_LIMITS)
                        .orElseThrow()
                        .usageLimitsCount())
                .isZero();
    }

    @Test
    void attributes_addedOnBothServers_areAllThere() throws Exception {
        UniqueIdentifier key = key(Attributes.NONE);

        List<String> refused = refusals(
                10,
                (client, number) -> client.call(
                        new AddAttribute.Request(key, Attribute.of(AttributeType.OBJECT_GROUP, "g" + number))));

        assertThat(refused).isEmpty();
        assertThat(clients.get(0).getAttributes(key, AttributeType.OBJECT_GROUP).all(AttributeType.OBJECT_GROUP))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, THREADS * 10).mapToObj(i -> "g" + i).toList());
    }

    @Test
    void names_askedForOnBothServers_areOfOneObjectEach() throws Exception {
        List<UniqueIdentifier> others = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            others.add(key(Attributes.NONE));
        }
        List<String> refused = refusals(10, (client, number) -> {
            int round = number % 10;
            return switch (number / 20) { // the first Name of a new object, or another one of an old object
                case 0 ->
                    client.create(ObjectType.SYMMETRIC_KEY, with(key(), named("own " + number, "contended " + round)));
                default ->
                    client.call(new AddAttribute.Request(
                            others.get(number / 10), Attribute.of(AttributeType.NAME, Name.of("contended " + round))));
            };
        });

        assertThat(refused).hasSize((THREADS - 1) * 10);
        for (int i = 0; i < 10; i++) {
            for (KmipClient client : clients) {
                assertThat(client.locate(named("contended " + i)))
                        .as("contended %s", i)
                        .hasSize(1);
            }
        }
    }

    @Test
    void name_ofADestroyedOrReplacedObject_isFreeOrItsReplacements() throws Exception {
        UniqueIdentifier old = key(named("first", "second"));
        UniqueIdentifier replacement = clients.get(1)
                .call(new ReKey.Request(old, null, Attributes.NONE, null))
                .uniqueIdentifier();
        for (String name : List.of("first", "second")) {
            assertThat(clients.get(0).locate(named(name))).containsExactly(replacement);
            assertThat(refusals(
                            1, (client, number) -> client.create(ObjectType.SYMMETRIC_KEY, with(key(), named(name)))))
                    .hasSize(THREADS);
        }
        clients.get(0).revoke(replacement, RevocationReasonCode.SUPERSEDED);
        clients.get(0).destroy(replacement);
        assertThat(refusals(
                        1, (client, number) -> client.create(ObjectType.SYMMETRIC_KEY, with(key(), named("second")))))
                .hasSize(THREADS - 1);
    }
}
