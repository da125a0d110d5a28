package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.symbolon.TokenUnavailableException;

class TokenCallsTest {
    private static final int PLACES = 3;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void stop() {
        end.countDown();
        workers.shutdownNow();
    }

    @Test
    void call_answerOrRefusal_isTheCallers() throws Exception {
        TokenCalls calls = new TokenCalls("tests", PLACES, Duration.ofSeconds(20));

        assertThat(calls.<String>call(() -> "yes")).isEqualTo("yes");
        assertThatThrownBy(() -> calls.call(() -> {
                    throw new InvalidKeyException("no");
                }))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> calls.call(() -> {
                    throw new IllegalStateException("closed");
                }))
                .isInstanceOf(IllegalStateException.class);
        await().until(() -> calls.pending() == 0);
    }

    @Test
    void call_thatHangs_isGivenUpAtTheDeadlineAndKeepsItsPlaceUntilItEnds() throws Exception {
        TokenCalls calls = new TokenCalls("tests", PLACES, Duration.ofMillis(50));
        for (int i = 0; i < PLACES; i++) {
            assertThatThrownBy(() -> calls.call(this::hang))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("while waiting for tests");
        }

        assertThat(calls.pending()).isEqualTo(PLACES);
        assertThatThrownBy(() -> calls.call(() -> "never made"))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("all 3 places for tests are taken");
        assertThat(calls.refused()).isEqualTo(1);

        end.countDown();
        await().until(() -> calls.pending() == 0);
        assertThat(calls.<String>call(() -> "made")).isEqualTo("made");
    }

    @Test
    void calls_inABurstWhileTheTokenAnswers_areAllMade() throws Exception {
        TokenCalls calls = new TokenCalls("tests", PLACES, Duration.ofMinutes(1));
        List<Future<Integer>> burst = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            burst.add(workers.submit(() -> calls.call(begun::incrementAndGet)));
        }
        for (Future<Integer> call : burst) {
            assertThat(call.get()).isPositive();
        }
        assertThat(begun).hasValue(200);
        assertThat(calls.refused()).isZero();
    }

    /** Answers no interruption, as native modules do. */
    private String hang() throws GeneralSecurityException {
        begun.incrementAndGet();
        boolean ended = false;
        while (!ended) {
            try {
                end.await();
                ended = true;
            } catch (InterruptedException e) {
                ended = end.getCount() == 0;
            }
        }
        return "too late";
    }
}
