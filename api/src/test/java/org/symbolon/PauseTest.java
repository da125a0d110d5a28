package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PauseTest {
    private final TokenException failure =
            new TokenUnavailableException(Status.ckr("CKR_DEVICE_REMOVED"), "nobody answers");

    private final AtomicLong clock = new AtomicLong();
    private final Pause pause = new Pause(25, 400, clock::get);

    @Test
    void remaining_beforeAnyFailure_isNothing() {
        assertThat(pause.remainingNanos()).isZero();
        assertThat(pause.failure()).isEmpty();
    }

    @Test
    void failed_inARow_doublesUpToTheBound() {
        for (long expected : new long[] {25, 50, 100, 200, 400, 400, 400}) {
            pause.failed(failure);
            assertThat(TimeUnit.NANOSECONDS.toMillis(pause.remainingNanos()))
                    .isBetween(expected * 8 / 10 - 1, expected * 12 / 10);
        }
    }

    @Test
    void failure_isKnownUntilThePauseIsOver() {
        pause.failed(failure);
        assertThat(pause.failure()).contains(failure);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(31));
        assertThat(pause.remainingNanos()).isZero();
        assertThat(pause.failure()).isEmpty();
    }

    @Test
    void worked_endsThePause_andTheNextIsShortAgain() {
        pause.failed(failure);
        pause.failed(failure);
        pause.worked();
        assertThat(pause.remainingNanos()).isZero();
        pause.failed(failure);
        assertThat(pause.remainingNanos()).isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
    }

    @Test
    void await_whoseDeadlineIsSooner_endsWithIt() {
        pause.failed(failure);
        assertThatThrownBy(() -> pause.await(Deadline.after(Duration.ofMillis(5)), "the token"))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("no answer within PT0.005S while waiting for the token");
    }

    @Test
    void await_onAThreadThatIsInterrupted_ends() {
        pause.failed(failure);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pause.await(Deadline.after(Duration.ofMinutes(1)), "the token"))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }
}
