package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SideWorkTest {
    private static final long LONG = 1_000_000;

    private final Deque<Runnable> given = new ArrayDeque<>();

    @Test
    void handOn_operationsThatTakeNoTime_areDoneByTheCaller() {
        SideWork work = new SideWork(given::add);
        assertThat(work.handOn(() -> {})).isFalse();
        work.took(1000);
        assertThat(work.handOn(() -> {})).isFalse();
        assertThat(given).isEmpty();
    }

    @Test
    void handOn_moreThanMayRunAtATime_areDoneByTheCaller() {
        SideWork work = new SideWork(given::add);
        work.took(LONG);
        for (int i = 0; i < SideWork.MAX; i++) {
            assertThat(work.handOn(() -> {})).isTrue();
        }
        assertThat(work.handOn(() -> {})).isFalse();
        given.forEach(Runnable::run);
        assertThat(work.handOn(() -> {})).isTrue();
    }

    @Test
    void handOn_withoutAFreeThread_leavesNoPlaceTaken() {
        SideWork work = new SideWork(operation -> {
            throw new RejectedExecutionException("all are busy");
        });
        work.took(LONG);
        for (int i = 0; i <= SideWork.MAX; i++) {
            assertThat(work.handOn(() -> {})).isFalse();
        }
        work.await();
    }

    @Test
    void await_whileOperationsRun_returnsAfterTheLast() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        SideWork work = new SideWork(threads);
        work.took(LONG);
        AtomicInteger done = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            assertThat(work.handOn(() -> {
                        awaitUninterrupted(go);
                        done.incrementAndGet();
                    }))
                    .isTrue();
        }
        go.countDown();
        work.await();
        assertThat(done).hasValue(3);
        threads.shutdown();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
