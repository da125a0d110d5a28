package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.ResponseBatchItem;

/** Answers that are fetched, by several at a time and after all. */
class AsynchronousTest {
    private final Asynchronous later = new Asynchronous(Clock.systemUTC());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private static ResponseBatchItem answer() {
        return new ResponseBatchItem(Operation.GET, null, ResultStatus.SUCCESS, null, null, null, null, null);
    }

    @Test
    void answer_thatTwoPollFor_isGivenToOne() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Bytes correlation = later.submit(Operation.GET, () -> {
            go.await();
            return answer();
        });
        List<Thread> polling = new ArrayList<>();
        List<Future<Boolean>> polls = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            polls.add(threads.submit(() -> {
                synchronized (polling) {
                    polling.add(Thread.currentThread());
                }
                return later.poll(correlation).isPresent();
            }));
        }
        Awaitility.await().until(() -> {
            synchronized (polling) {
                return polling.size() == 2
                        && polling.stream().allMatch(each -> each.getState() == Thread.State.TIMED_WAITING);
            }
        });
        go.countDown();

        int given = 0;
        for (Future<Boolean> poll : polls) {
            try {
                given += poll.get(10, TimeUnit.SECONDS) ? 1 : 0;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(KmipFailure.class);
            }
        }
        assertThat(given).isEqualTo(1);
    }

    @Test
    void poll_ofARequestThatIsCanceledMeanwhile_saysSo() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Bytes correlation = later.submit(Operation.GET, () -> {
            never.await();
            return answer();
        });
        Thread main = Thread.currentThread();
        Future<?> cancel = threads.submit(() -> {
            Awaitility.await().until(() -> main.getState() == Thread.State.TIMED_WAITING);
            return later.cancel(correlation);
        });

        assertThatThrownBy(() -> later.poll(correlation))
                .isInstanceOf(KmipFailure.class)
                .hasMessageContaining("canceled");
        assertThat(cancel.get(10, TimeUnit.SECONDS)).isNotNull();
        never.countDown();
    }
}
