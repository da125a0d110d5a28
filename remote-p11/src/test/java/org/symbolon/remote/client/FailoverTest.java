package org.symbolon.remote.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.client.ConnectionPool.Repeat;
import org.symbolon.remote.client.ConnectionPool.Work;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.transport.CallWatch;

/** Two servers, of which the first is silent for a while. */
@Timeout(60)
class FailoverTest {
    private static final Work<Object> RANDOM =
            on -> on.call(ScriptedModule.soon(), RpcCall.GENERATE_RANDOM, new Ulong(1), new Buffer(1));

    private final ScriptedModule first = new ScriptedModule();
    private final ScriptedModule second = new ScriptedModule();
    private final AtomicBoolean silent = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private Connector connector;
    private ConnectionPool pool;

    @BeforeEach
    void open() throws TokenException {
        first.on(RpcCall.GENERATE_RANDOM, this::unlessSilent);
        first.on(RpcCall.INITIALIZE, this::unlessSilent);
        second.on(RpcCall.GENERATE_RANDOM, request -> random());
        connector = new Connector(new ClientSettings(
                List.of(first.endpoint(), second.endpoint()),
                2,
                Duration.ofDays(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(200),
                Optional.empty()));
        pool = first.pool(connector, 2);
    }

    @AfterEach
    void close() {
        over.countDown();
        pool.close();
        connector.close();
    }

    private Optional<RpcMessage> unlessSilent(RpcMessage request) {
        if (silent.get()) {
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return Optional.empty();
        }
        return request.call() == RpcCall.INITIALIZE ? Optional.of(RpcMessage.of(RpcCall.INITIALIZE)) : random();
    }

    private static Optional<RpcMessage> random() {
        return Optional.of(RpcMessage.of(
                RpcCall.GENERATE_RANDOM, new org.symbolon.remote.rpc.Argument.Data(org.symbolon.Bytes.of((byte) 1))));
    }

    @Test
    void call_onAServerThatFallsSilent_isMadeElsewhere() throws Exception {
        pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM);
        assertThat(second.count(RpcCall.GENERATE_RANDOM)).isZero();

        silent.set(true);

        assertThat(pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM)).isNotNull();
        assertThat(second.count(RpcCall.GENERATE_RANDOM)).isEqualTo(1);
        pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM);
        assertThat(first.count(RpcCall.GENERATE_RANDOM))
                .as("the first is left alone")
                .isEqualTo(2);
    }

    @Test
    void call_thatMayNotBeRepeated_staysWithItsServer() throws Exception {
        pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM);
        Deadline deadline = Deadline.after(Duration.ofSeconds(2));
        Work<Object> once = on -> {
            silent.set(true);
            return on.call(deadline, RpcCall.GENERATE_RANDOM, new Ulong(1), new Buffer(1));
        };

        assertThatThrownBy(() -> pool.call(deadline, Repeat.IF_NOTHING_WAS_DONE, once))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("no answer within PT2S");

        assertThat(second.count(RpcCall.GENERATE_RANDOM)).isZero();
    }

    @Test
    void call_whenTheFirstServerAnswersAgain_goesBack() throws Exception {
        pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM);
        silent.set(true);
        pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM);

        silent.set(false);
        over.countDown();

        long before = first.count(RpcCall.GENERATE_RANDOM);
        Awaitility.await().untilAsserted(() -> {
            pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM);
            assertThat(first.count(RpcCall.GENERATE_RANDOM)).isGreaterThan(before);
        });
    }

    @Test
    void call_whichOnlyOneConnectionIsSlowFor_staysThere() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        first.on(RpcCall.GENERATE_RANDOM, request -> {
            Awaitility.await().until(() -> first.count(RpcCall.INITIALIZE) > 1); // somebody has looked meanwhile
            slow.countDown();
            return random();
        });

        pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM);

        assertThat(slow.getCount()).isZero();
        assertThat(second.count(RpcCall.GENERATE_RANDOM)).isZero();
    }

    @Test
    void open_whereTheTokenIsMissing_goesToTheOther() throws Exception {
        first.on(RpcCall.GET_TOKEN_INFO, request -> Optional.of(RpcMessage.error(0xe0)));

        pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM);

        assertThat(second.count(RpcCall.GENERATE_RANDOM)).isEqualTo(1);
    }

    @Test
    void call_whereTheTokenIsMissing_staysWithTheOther() {
        first.on(RpcCall.GET_TOKEN_INFO, request -> Optional.of(RpcMessage.error(0xe0)));

        Awaitility.await()
                .during(Duration.ofSeconds(1)) // in which a server that is only down is looked at, and is back
                .until(() -> {
                    pool.call(ScriptedModule.soon(), Repeat.ALWAYS, RANDOM);
                    return second.count(RpcCall.LOGIN) == 1;
                });

        assertThat(first.count(RpcCall.GET_TOKEN_INFO)).isEqualTo(1);
    }

    @Test
    void look_forWhichThereIsNoThread_doesNotEndWhoeverAsks() {
        EndpointHealth down = new EndpointHealth(first.endpoint());
        ClientSettings settings = first.settings(1);
        try (CallWatch watch = new CallWatch();
                EndpointProbes probes = new EndpointProbes(settings, List.of(down), watch, task -> new Thread(task) {
                    @Override
                    public synchronized void start() {
                        throw new OutOfMemoryError("for a test");
                    }
                })) {
            probes.lookAgain(down);
        }
        assertThat(down.beginProbe()).as("it can be looked at later").isTrue();
    }

    @Test
    void call_whoseObjectOneConnectionDoesNotSee_isMadeOnANewOne() throws Exception {
        ObjectId key = new ObjectId.Unique("T", "key");
        TokenConnection blind = pool.call(ScriptedModule.soon(), Repeat.ALWAYS, on -> on);
        Work<Boolean> sees = on -> {
            if (on.equals(blind)) {
                throw Failures.of(Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "not seen");
            }
            return true;
        };

        assertThat(pool.call(ScriptedModule.soon(), Repeat.IF_NOTHING_WAS_DONE, List.of(key), sees))
                .isTrue();
        assertThat(blind.isBroken()).as("is not used any more").isTrue();
    }

    @Test
    void call_whoseObjectNobodySees_asksOneNewConnectionAndNotAgain() {
        ObjectId key = new ObjectId.Unique("T", "gone");
        Work<Boolean> misses = on -> {
            throw Failures.of(Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "not seen");
        };

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> pool.call(ScriptedModule.soon(), Repeat.ALWAYS, List.of(key), misses))
                    .isInstanceOf(ObjectNotFoundException.class);
        }

        assertThat(first.count(RpcCall.LOGIN)).isEqualTo(2);
    }

    @Test
    void retire_whileSomethingIsBound_waitsForItsEnd() throws Exception {
        TokenConnection connection = pool.call(ScriptedModule.soon(), Repeat.ALWAYS, on -> {
            on.bind();
            return on;
        });
        Work<Boolean> misses = on -> {
            throw Failures.of(Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "not seen");
        };
        assertThatThrownBy(() -> pool.call(
                        ScriptedModule.soon(), Repeat.ALWAYS, List.of(new ObjectId.Unique("T", "gone")), misses))
                .isInstanceOf(ObjectNotFoundException.class);

        assertThat(connection.isBroken()).isFalse();
        assertThat(pool.callOn(connection, ScriptedModule.soon(), TokenConnection::id))
                .isEqualTo("c");
        pool.unbind(connection);
        assertThat(connection.isBroken()).isTrue();
    }
}
