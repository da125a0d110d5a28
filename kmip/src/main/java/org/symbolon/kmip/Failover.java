package org.symbolon.kmip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.transport.Patience;

/**
 * Sends messages to the first node that is not down, and to another where that may be: always if the request was certainly not
 * sent; if its answer was lost, by the {@link RetryClass} of what was asked. Thread-safe.
 */
final class Failover implements MessageSender, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Failover.class);
    private static final int ROUNDS = 3;
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(100);

    private final Exchange exchange;
    private final PendingAnswers pendingAnswers;
    private final Nodes nodes;
    private final List<Standby> standbys;
    private final Duration connecting;
    private final LostCreation creations = new LostCreation(this);

    /**
     * Makes it.
     *
     * @param attemptTimeout how long a node that answers nothing may take while others could be asked
     * @param connecting how long connecting may take while others could be asked
     */
    Failover(Exchange exchange, List<Node> nodes, Duration attemptTimeout, Duration connecting) {
        this.exchange = exchange;
        this.pendingAnswers = new PendingAnswers(exchange);
        this.connecting = connecting;
        this.nodes = new Nodes(nodes, attemptTimeout, this::answers);
        this.standbys = nodes.size() == 1
                ? List.of()
                : nodes.stream()
                        .map(node -> new Standby(node, this.nodes, exchange))
                        .toList();
    }

    Nodes nodes() {
        return nodes;
    }

    private boolean answers(Node node, Duration within) {
        try {
            exchange.negotiate(node, AttemptTime.beside(Deadline.after(within)));
            return true;
        } catch (LostException | TokenException e) {
            LOG.debug("{} does not answer: {}", node, e.getMessage());
            return false;
        }
    }

    /** {@return the version in which the node is spoken to that calls go to} */
    KmipVersion version(Deadline deadline) throws TokenException {
        return new Attempts<KmipVersion>("the version", true, false, version -> true, exchange::version).run(deadline);
    }

    @Override
    public <T> T remembered(Class<T> type, Supplier<T> first) {
        return nodes.first().remembered(type, first);
    }

    @Override
    public List<Exchange.Outcome> send(
            List<? extends KmipRequest<?>> requests, Exchange.BatchOptions options, CallScope scope)
            throws TokenException {
        return send(requests, options, scope, true);
    }

    /**
     * Sends requests as one message.
     *
     * @param again whether a creation whose answer is lost, and that was not done, may be sent again
     */
    List<Exchange.Outcome> send(
            List<? extends KmipRequest<?>> requests, Exchange.BatchOptions options, CallScope scope, boolean again)
            throws TokenException {
        boolean repeatable =
                requests.stream().allMatch(request -> RetryClass.isRepeatable(request, scope.usesRepeatable()));
        Instant began = Instant.now();
        Attempts<List<Exchange.Outcome>> attempts = new Attempts<>(
                asked(requests),
                repeatable,
                requests.size() == 1 && LostCreation.canBeFound(requests.get(0)),
                outcomes -> outcomes.stream().allMatch(outcome -> outcome.failure() == null),
                (node, time) -> pendingAnswers.settle(
                        node, requests, exchange.send(node, requests, options, scope, time), scope));
        try {
            return attempts.run(scope.deadline());
        } catch (TokenUnavailableException e) {
            LostException lost = attempts.lost;
            if (lost == null || lost.isNotSent() || repeatable) {
                throw e;
            }
            return requests.size() == 1
                    ? List.of(creations.findOut(requests.get(0), lost, began, scope, again))
                    : creations.unknown(requests, lost);
        }
    }

    private static String asked(List<? extends KmipRequest<?>> requests) {
        String first = OperationTable.rowOf(requests.get(0)).operation().toString();
        return requests.size() == 1 ? first : "a batch of " + requests.size() + " from " + first + " on";
    }

    /** What is tried with a node. */
    private interface Attempt<R> {
        R with(Node node, AttemptTime time) throws TokenException, LostException;
    }

    /** The attempts of one call, by one thread. */
    private final class Attempts<R> {
        private final String asked;
        private final boolean repeatable;
        private final boolean recoverable;
        private final Predicate<R> good;
        private final Attempt<R> attempt;
        private @Nullable LostException lost;

        Attempts(String asked, boolean repeatable, boolean recoverable, Predicate<R> good, Attempt<R> attempt) {
            this.asked = asked;
            this.repeatable = repeatable;
            this.recoverable = recoverable;
            this.good = good;
            this.attempt = attempt;
        }

        R run(Deadline deadline) throws TokenException {
            for (int round = 0; ; round++) {
                for (Node node : nodes.inOrder()) {
                    try {
                        R answer = hedged(node, time(deadline, round));
                        standbys.forEach(Standby::called);
                        return answer;
                    } catch (LostException e) {
                        lost = e;
                        note(node, e);
                        if (!mayGoOn(e)) {
                            throw e.toTokenException();
                        }
                        deadline.check(asked + " at " + node);
                    }
                }
                LostException last = lost;
                if (last != null && (nodes.count() == 1 || round == ROUNDS - 1)) {
                    throw last.toTokenException();
                }
                LockSupport.parkNanos(Math.min(BETWEEN_ROUNDS.toNanos(), deadline.remainingNanos()));
            }
        }

        /** Asks a node, and after a while another beside it. */
        private R hedged(Node node, AttemptTime time) throws TokenException, LostException {
            Optional<Node> other = repeatable ? nodes.beside(node) : Optional.empty();
            if (other.isEmpty()) {
                return ask(node, time);
            }
            Hedge<R> hedge = nodes.hedge(new Second(other.get(), time));
            try {
                return ask(node, time.during(hedge));
            } catch (LostException e) {
                Optional<R> answer = hedge.answer();
                if (answer.isEmpty()) {
                    throw e;
                }
                LOG.debug("{} was faster than {}", other.get(), node);
                return answer.get();
            } finally {
                hedge.end();
            }
        }

        /** Asks a node; where its connection had ended while it idled, once more. */
        private R ask(Node node, AttemptTime time) throws TokenException, LostException {
            try {
                return attempt.with(node, time);
            } catch (LostException e) {
                if (e.kind() != LostException.Kind.STALE || !repeatable) {
                    throw e;
                }
                LOG.debug("{}; it is asked once more", e.getMessage());
                node.connections().forget();
                return attempt.with(node, time);
            }
        }

        /** The attempt with another node, beside the first. */
        private final class Second implements Hedge.Call<R> {
            private final Node node;
            private final AttemptTime time;

            Second(Node node, AttemptTime time) {
                this.node = node;
                this.time = time;
            }

            @Override
            public Optional<R> make(Patience patience) throws TokenException, LostException {
                try {
                    return Optional.of(attempt.with(node, time.during(patience)))
                            .filter(good);
                } catch (LostException e) {
                    note(node, e);
                    throw e;
                }
            }
        }

        private void note(Node node, LostException e) {
            if (e.kind() != LostException.Kind.BUSY && !Thread.currentThread().isInterrupted()) {
                nodes.failed(node, e);
            }
        }

        private boolean mayGoOn(LostException e) {
            return repeatable || e.isNotSent();
        }

        /** In the first round nobody waits for one node only: another could be asked, or what became of the call. */
        private AttemptTime time(Deadline deadline, int round) {
            if (nodes.count() == 1 || round > 0) {
                return new AttemptTime(deadline, nodes.count() == 1 ? connecting : deadline.remaining());
            }
            Duration half = deadline.remaining().dividedBy(2);
            return new AttemptTime(recoverable && !half.isZero() ? Deadline.after(half) : deadline, connecting);
        }
    }

    /** {@return the failure of a call of which nobody knows whether it was done} */
    static TokenUnavailableException maybeDone(String asked, List<String> names, Throwable lost) {
        String detail =
                "the answer to " + asked + " was lost (" + lost.getMessage() + "): it may have been done; look for "
                        + (names.isEmpty() ? "what it should have changed" : String.join(" and ", names))
                        + " before you ask again";
        return new TokenUnavailableException(
                new Status("GeneralFailure", 0x100), detail, new MaybeDoneException(detail, names, lost));
    }

    @Override
    public void close() {
        nodes.close();
    }
}
