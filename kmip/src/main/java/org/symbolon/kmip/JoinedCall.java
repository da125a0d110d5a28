package org.symbolon.kmip;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.operation.KmipRequest;

/** A call that waits for the answer to its item of a batch. */
final class JoinedCall {
    private final KmipRequest<?> request;
    private final CallScope scope;
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile Exchange.@Nullable Outcome outcome;

    JoinedCall(KmipRequest<?> request, CallScope scope) {
        this.request = request;
        this.scope = scope;
    }

    KmipRequest<?> request() {
        return request;
    }

    CallScope scope() {
        return scope;
    }

    /** Whether two calls may be in one message: they differ in their deadlines at most. */
    boolean mayJoin(JoinedCall other) {
        return scope.usesRepeatable() == other.scope.usesRepeatable()
                && scope.correlation().equals(other.scope.correlation())
                && scope.ticket().equals(other.scope.ticket());
    }

    void answer(Exchange.Outcome what) {
        outcome = what;
        answered.countDown();
    }

    /** Has the call go by itself. */
    void sendAway() {
        answered.countDown();
    }

    /** {@return whether the answer, or the order to go alone, came within a time, or before the deadline} */
    boolean await(long nanos, String asked) throws TokenUnavailableException {
        try {
            return answered.await(Math.min(nanos, scope.deadline().remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw scope.deadline().interrupted(asked, e);
        }
    }

    /** {@return the answer; null if the call has to go by itself} */
    Exchange.@Nullable Outcome outcome() {
        return outcome;
    }
}
