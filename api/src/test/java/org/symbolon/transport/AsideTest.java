package org.symbolon.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.Deadline;

@Timeout(60)
class AsideTest {
    private final CountDownLatch latch = new CountDownLatch(1);
    private final AtomicReference<String> unwanted = new AtomicReference<>("");

    private String late() throws IOException {
        try {
            latch.await();
            return "late";
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    private static Deadline after(long millis) {
        return Deadline.after(Duration.ofMillis(millis));
    }

    @Test
    void run_inTime_returnsWhatWasMade() throws Exception {
        assertThat(Aside.run(() -> "made", unwanted::set, after(30_000))).isEqualTo("made");
        assertThat(unwanted).hasValue("");
    }

    @Test
    void run_thatFails_failsAlike() {
        assertThatThrownBy(() -> Aside.run(
                        () -> {
                            throw new UnknownHostException("no such host");
                        },
                        unused -> {},
                        after(30_000)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("no such host");
    }

    @Test
    void run_thatTakesTooLong_isGivenUpAndItsWorkThrownAway() {
        assertThatThrownBy(() -> Aside.run(this::late, unwanted::set, after(20)))
                .isInstanceOf(SocketTimeoutException.class);
        assertThat(unwanted).hasValue("");
        latch.countDown();
        Awaitility.await().untilAsserted(() -> assertThat(unwanted).hasValue("late"));
    }

    @Test
    void run_onAThreadThatIsInterrupted_isGivenUp() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Aside.run(this::late, unwanted::set, after(30_000)))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        latch.countDown();
    }
}
