package org.symbolon.remote.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.symbolon.Deadline;
import org.symbolon.ModuleInfo;
import org.symbolon.ModuleOptions;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenUnavailableException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.SlotSpi;

/** A module without slots, which lists them when the test says so, or fails. */
final class SlowModule implements ModuleSpi {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private volatile boolean failing;

    TokenModule module() {
        return TokenModule.of(this, ModuleOptions.ofDefaults());
    }

    void awaitQuestion() throws InterruptedException {
        asked.await();
    }

    void answer() {
        answer.countDown();
    }

    void fail(boolean fails) {
        failing = fails;
    }

    @Override
    public ModuleInfo info() {
        return new ModuleInfo("slow", "the tests", "1.0");
    }

    @Override
    public List<? extends SlotSpi> slots(CallOptions options) throws TokenException {
        asked.countDown();
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw Deadline.after(Duration.ofMinutes(1)).interrupted("the test", e);
        }
        if (failing) {
            throw new TokenUnavailableException(Status.ckr("CKR_DEVICE_REMOVED"), "secret.example cannot be reached");
        }
        return List.of();
    }

    @Override
    public void close() {}
}
