package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.Sign;

/** Which calls travel together, on a sender that holds its messages until the test lets them go. */
class GroupCommitTest {
    private final Held sender = new Held();
    private final GroupCommit group = new GroupCommit(sender);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        callers.shutdownNow();
        group.close();
    }

    /** Answers each item by its identifier, when the test permits. */
    private static final class Held implements MessageSender {
        private final List<List<KmipRequest<?>>> messages = new CopyOnWriteArrayList<>();
        private final List<Exchange.BatchOptions> options = new CopyOnWriteArrayList<>();
        private final Semaphore permits = new Semaphore(0);
        private final Map<Class<?>, Object> memory = new ConcurrentHashMap<>();
        private volatile Script script =
                requests -> requests.stream().map(Held::done).toList();

        interface Script {
            List<Exchange.Outcome> answer(List<KmipRequest<?>> requests) throws TokenException;
        }

        @Override
        public List<Exchange.Outcome> send(
                List<? extends KmipRequest<?>> requests, Exchange.BatchOptions how, CallScope scope)
                throws TokenException {
            messages.add(List.copyOf(requests));
            options.add(how);
            try {
                if (!permits.tryAcquire(scope.deadline().remainingNanos(), TimeUnit.NANOSECONDS)) {
                    throw scope.deadline().missed("the test");
                }
            } catch (InterruptedException e) {
                throw scope.deadline().interrupted("the test", e);
            }
            return script.answer(List.copyOf(requests));
        }

        @Override
        public <T> T remembered(Class<T> type, Supplier<T> first) {
            return type.cast(memory.computeIfAbsent(type, unused -> first.get()));
        }

        private static Exchange.Outcome done(KmipRequest<?> request) {
            UniqueIdentifier id = request instanceof Sign.Request sign
                    ? sign.uniqueIdentifier()
                    : ((GetAttributes.Request) request).uniqueIdentifier();
            UniqueIdentifier known = Optional.ofNullable(id).orElseThrow();
            return request instanceof Sign.Request
                    ? new Exchange.Outcome(new Sign.Response(known, Bytes.of((byte) 1), null), null)
                    : new Exchange.Outcome(new GetAttributes.Response(known, Attributes.NONE), null);
        }
    }

    private static KmipRequest<?> read(String id) {
        return new GetAttributes.Request(UniqueIdentifier.of(id), List.of());
    }

    private static KmipRequest<?> sign(String id, CryptographicAlgorithm algorithm) {
        return new Sign.Request(
                UniqueIdentifier.of(id),
                CryptographicParameters.builder()
                        .cryptographicAlgorithm(algorithm)
                        .build(),
                Bytes.of((byte) 1),
                null,
                null,
                null,
                null);
    }

    private static CallScope within(Duration time) {
        return CallScope.until(Deadline.after(time));
    }

    private Future<String> call(KmipRequest<?> request, CallScope scope) {
        Callable<String> call = () -> {
            Exchange.Outcome outcome = group.call(JoinKind.of(request).orElseThrow(), request, scope);
            return outcome.get() instanceof GetAttributes.Response got
                    ? got.uniqueIdentifier().text()
                    : ((Sign.Response) outcome.get()).uniqueIdentifier().text();
        };
        return callers.submit(call);
    }

    private Future<String> call(String id) {
        return call(read(id), within(Duration.ofSeconds(30)));
    }

    private void awaitMessages(int count) {
        Awaitility.await().until(() -> sender.messages.size() == count);
    }

    /** Sends a message, and one that lost its patience behind it, then has calls wait, before their patience ends. */
    private List<Future<String>> behindTwo(int waiting, Function<Integer, Future<String>> caller) {
        Future<String> first = call("first");
        Future<String> second = call("second");
        awaitMessages(2);
        List<Future<String>> calls = new ArrayList<>(List.of(first, second));
        for (int i = 0; i < waiting; i++) {
            calls.add(caller.apply(i));
        }
        return calls;
    }

    @Test
    void call_withoutOthers_goesAtOnceByItself() throws Exception {
        Future<String> call = call("a");
        sender.permits.release();

        assertThat(call.get()).isEqualTo("a");
        assertThat(sender.messages).hasSize(1);
        assertThat(sender.options).containsExactly(Exchange.BatchOptions.SINGLE);
    }

    @Test
    void calls_ofManyThreads_areEachAnsweredWithTheirOwn() throws Exception {
        sender.permits.release(1_000_000);
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            calls.add(call("object-" + i));
        }
        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).get()).isEqualTo("object-" + i);
        }
        assertThat(sender.messages.stream().mapToInt(List::size).sum()).isEqualTo(2_000);
        assertThat(sender.messages).allSatisfy(message -> assertThat(message).hasSizeLessThanOrEqualTo(64));
    }

    @Test
    void calls_thatFindAMessageOnItsWay_goTogetherThen() throws Exception {
        List<Future<String>> calls = new ArrayList<>();
        for (int attempt = 0; attempt < 50 && sender.messages.stream().noneMatch(m -> m.size() > 1); attempt++) {
            sender.messages.clear();
            calls = behindTwo(4, i -> call("waiting-" + i));
            sender.permits.release(100);
            for (Future<String> call : calls) {
                call.get();
            }
            sender.permits.drainPermits();
        }

        assertThat(sender.messages).anySatisfy(message -> assertThat(message).hasSizeGreaterThan(1));
        assertThat(sender.options)
                .anySatisfy(how -> assertThat(how.onError()).isEqualTo(BatchErrorContinuationOption.CONTINUE));
    }

    @Test
    void calls_behindMessagesThatHang_goByThemselves() throws Exception {
        List<Future<String>> calls = behindTwo(3, i -> call("waiting-" + i));

        awaitMessages(5);
        assertThat(sender.messages).allSatisfy(message -> assertThat(message).hasSize(1));
        sender.permits.release(5);
        for (Future<String> call : calls) {
            call.get();
        }
    }

    @Test
    void caller_whoseDeadlinePasses_leavesAndTheOthersAreAnswered() throws Exception {
        Future<String> first = call("first");
        Future<String> second = call("second");
        awaitMessages(2);
        Future<String> hasty = call(read("hasty"), within(Duration.ofMillis(5)));

        assertThatThrownBy(hasty::get)
                .hasCauseInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("no answer within PT0.005S while waiting for GetAttributes");
        sender.permits.release(10);
        assertThat(first.get()).isEqualTo("first");
        assertThat(second.get()).isEqualTo("second");
    }

    @Test
    void item_thatFails_failsItsOwnCallOnly() throws Exception {
        sender.script = requests -> requests.stream()
                .map(request -> request.equals(read("bad"))
                        ? new Exchange.Outcome(
                                null, new ObjectNotFoundException(new Status("ItemNotFound", 1), "no such object"))
                        : Held.done(request))
                .toList();
        sender.permits.release(1_000_000);
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(call(i % 10 == 0 ? "bad" : "good-" + i));
        }
        for (int i = 0; i < 200; i++) {
            Future<String> call = calls.get(i);
            if (i % 10 == 0) {
                assertThatThrownBy(call::get).hasCauseInstanceOf(ObjectNotFoundException.class);
            } else {
                assertThat(call.get()).isEqualTo("good-" + i);
            }
        }
    }

    @Test
    void batch_refusedAsAWhole_goesOneByOneFromThenOn() throws Exception {
        sender.script = requests -> {
            if (requests.size() > 1) {
                TokenException refusal =
                        new TokenOperationException(new Status("FeatureNotSupported", 8), "no Continue here");
                refusal.addSuppressed(new RefusedMessage("nothing was done"));
                throw refusal;
            }
            return requests.stream().map(Held::done).toList();
        };
        storm(300);
        long refusals =
                sender.messages.stream().filter(message -> message.size() > 1).count();
        sender.messages.clear();
        storm(300);

        assertThat(refusals).isLessThanOrEqualTo(2);
        assertThat(sender.messages).hasSize(300);
    }

    @Test
    void reads_withoutAnswerInTheirBatch_areAskedAgainOneByOne() throws Exception {
        sender.script = requests -> {
            List<Exchange.Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                outcomes.add(i % 2 == 0 ? Held.done(requests.get(i)) : missing());
            }
            return outcomes;
        };
        storm(300);
    }

    @Test
    void signature_withoutAnswer_isNotAskedAgain() throws Exception {
        sender.script = requests -> requests.size() == 1
                ? List.of(Held.done(requests.get(0)))
                : requests.stream().map(request -> missing()).toList();
        sender.permits.release(1_000_000);
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            calls.add(call(sign("key-" + i, CryptographicAlgorithm.ECDSA), within(Duration.ofSeconds(30))));
        }
        int failed = 0;
        for (Future<String> call : calls) {
            try {
                call.get();
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(TokenProtocolException.class);
                failed++;
            }
        }
        int batched = sender.messages.stream()
                .filter(message -> message.size() > 1)
                .mapToInt(List::size)
                .sum();
        assertThat(failed).isEqualTo(batched);
    }

    @Test
    void calls_ofDifferentScopes_neverJoin() throws Exception {
        sender.permits.release(1_000_000);
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            CallScope scope = new CallScope(
                    Deadline.after(Duration.ofSeconds(30)), false, Optional.of(i % 2 == 0 ? "even" : "odd"));
            calls.add(call(read(i % 2 + "-" + i), scope));
        }
        for (Future<String> call : calls) {
            call.get();
        }
        assertThat(sender.messages)
                .allSatisfy(message -> assertThat(message.stream()
                                .map(request -> request.toString().contains("=0-"))
                                .distinct())
                        .hasSize(1));
    }

    @Test
    void interruption_ofACaller_endsItsCallOnly() throws Exception {
        Future<String> first = call("first");
        Future<String> second = call("second");
        awaitMessages(2);
        CountDownLatch ended = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                group.call(JoinKind.READ, read("interrupted"), within(Duration.ofSeconds(30)));
            } catch (TokenException e) {
                ended.countDown();
            }
        });
        waiting.start();
        waiting.interrupt();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        sender.permits.release(10);
        assertThat(first.get()).isEqualTo("first");
        assertThat(second.get()).isEqualTo("second");
    }

    @Test
    void kinds_ofRequests_areWhatMayTravelTogether() {
        assertThat(JoinKind.of(read("a"))).contains(JoinKind.READ);
        assertThat(JoinKind.of(new Get.Request(UniqueIdentifier.of("a"), null, null, null, null)))
                .contains(JoinKind.READ);
        assertThat(JoinKind.of(new Get.Request(null, null, null, null, null))).isEmpty();
        assertThat(JoinKind.of(new Get.Request(new UniqueIdentifier.Position(0), null, null, null, null)))
                .isEmpty();
        assertThat(JoinKind.of(sign("a", CryptographicAlgorithm.ECDSA))).contains(JoinKind.CURVE_SIGN);
        assertThat(JoinKind.of(sign("a", CryptographicAlgorithm.RSA))).contains(JoinKind.OTHER_SIGN);
        assertThat(JoinKind.of(
                        new Sign.Request(UniqueIdentifier.of("a"), null, Bytes.of((byte) 1), null, null, true, null)))
                .isEmpty();
    }

    private static Exchange.Outcome missing() {
        return new Exchange.Outcome(
                null,
                new TokenProtocolException(
                        new Status("InvalidMessage", 4), "no answer came", new MissingAnswer("no answer came")));
    }

    private void storm(int count) throws Exception {
        sender.permits.release(1_000_000);
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(call("object-" + i));
        }
        for (int i = 0; i < count; i++) {
            assertThat(calls.get(i).get()).isEqualTo("object-" + i);
        }
    }
}
