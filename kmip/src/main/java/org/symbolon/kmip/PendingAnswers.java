package org.symbolon.kmip;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.enumeration.CancellationResult;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.operation.Cancel;
import org.symbolon.kmip.operation.KmipRequest;

/**
 * Waits for operations that a server does asynchronously (KMIP 2.1 section 6.1.33): asks for them, ever more seldom, and cancels what is
 * not done when the caller's time is over. Thread-safe.
 */
final class PendingAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(PendingAnswers.class);
    private static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration SELDOM = Duration.ofMillis(500);
    private static final Duration TO_CANCEL = Duration.ofMillis(500);

    private final Exchange exchange;

    PendingAnswers(Exchange exchange) {
        this.exchange = exchange;
    }

    /** {@return the outcomes, of which none is pending} */
    List<Exchange.Outcome> settle(
            Node node, List<? extends KmipRequest<?>> requests, List<Exchange.Outcome> outcomes, CallScope scope)
            throws TokenException, LostException {
        List<Exchange.Outcome> settled = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            Bytes pending = outcomes.get(i).pending();
            settled.add(pending == null ? outcomes.get(i) : settle(node, requests.get(i), pending, scope));
        }
        return settled;
    }

    private Exchange.Outcome settle(Node node, KmipRequest<?> request, Bytes first, CallScope scope)
            throws TokenException, LostException {
        Bytes pending = first;
        Duration pause = FIRST;
        while (true) {
            LockSupport.parkNanos(Math.min(pause.toNanos(), scope.deadline().remainingNanos()));
            if (scope.deadline().isPassed() || Thread.currentThread().isInterrupted()) {
                throw over(node, request, pending, scope);
            }
            Exchange.Outcome outcome = poll(node, request, pending, scope);
            if (outcome.pending() == null) {
                return outcome;
            }
            pending = outcome.pending();
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(SELDOM) > 0 ? SELDOM : twice;
        }
    }

    /** Asks for the answer. Where that does not come, the operation goes on, whatever became of the question. */
    private Exchange.Outcome poll(Node node, KmipRequest<?> request, Bytes pending, CallScope scope)
            throws TokenException, LostException {
        try {
            return exchange.poll(node, pending, request, scope);
        } catch (LostException e) {
            throw new LostException(LostException.Kind.SILENT, String.valueOf(e.getMessage()), e);
        }
    }

    /** Ends the waiting: what was cancelled was not done, and of anything else nobody knows. */
    private LostException over(Node node, KmipRequest<?> request, Bytes pending, CallScope scope)
            throws TokenUnavailableException {
        String asked = OperationTable.rowOf(request).operation() + ", pending at " + node;
        if (isCancelled(node, pending, scope)) {
            scope.deadline().check(asked);
        }
        return new LostException(
                LostException.Kind.SILENT, asked, new SocketTimeoutException("it was not done in time"));
    }

    /** Asks the server to do it no more; returns whether it says so. */
    private boolean isCancelled(Node node, Bytes pending, CallScope scope) {
        AttemptTime time = AttemptTime.beside(Deadline.after(TO_CANCEL));
        try {
            Exchange.Outcome outcome = exchange.send(
                            node,
                            List.of(new Cancel.Request(pending)),
                            Exchange.BatchOptions.SINGLE,
                            new CallScope(time.deadline(), false, Optional.empty(), scope.ticket()),
                            time)
                    .get(0);
            LOG.debug("what was pending at {} is cancelled: {}", node, outcome);
            return outcome.response() instanceof Cancel.Response response
                    && response.cancellationResult().equals(CancellationResult.CANCELED);
        } catch (LostException | TokenException e) {
            LOG.debug("what was pending at {} could not be cancelled: {}", node, e.getMessage());
            return false;
        }
    }
}
