package org.symbolon.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptingTest {
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void untilClosed_afterTooManyOpenFiles_goesOn() {
        Accepting.untilClosed(() -> tries.get() < 3, "here", () -> {
            tries.incrementAndGet();
            throw new IOException("Too many open files");
        });
        assertThat(tries).hasValue(3);
    }

    @Test
    void untilClosed_onceTheListenerWasClosed_ends() {
        Accepting.untilClosed(() -> tries.get() == 0, "here", () -> {
            tries.incrementAndGet();
            throw new ClosedChannelException();
        });
        assertThat(tries).hasValue(1);
    }
}
