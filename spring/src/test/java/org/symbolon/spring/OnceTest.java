package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTest {
    private final AtomicInteger openings = new AtomicInteger();

    @Test
    void get_byManyThreads_opensOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Once<Integer> once = new Once<>(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return openings.incrementAndGet();
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            results.add(threads.submit(once::get));
        }
        go.countDown();

        for (Future<Integer> result : results) {
            assertThat(result.get()).isEqualTo(1);
        }
        threads.shutdown();
    }

    @Test
    void get_afterFailure_opensAnew() throws Exception {
        Once<Integer> once = new Once<>(() -> {
            if (openings.incrementAndGet() == 1) {
                throw new GeneralSecurityException("not now");
            }
            return openings.get();
        });

        assertThatThrownBy(once::get).hasMessage("not now");
        assertThat(once.peek()).isEmpty();
        assertThat(once.get()).isEqualTo(2);
        assertThat(once.peek()).contains(2);
    }

    @Test
    void get_afterBrokenOpening_throwsWhatBroke() {
        Once<Integer> once = new Once<>(() -> {
            throw new IllegalArgumentException("broken");
        });

        assertThatThrownBy(once::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broken");
    }
}
