package org.symbolon.kmip;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.ResponseHeader;
import org.symbolon.kmip.message.ResponseMessage;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;

/** The way of one message to one node and back. */
final class Flight {
    private static final Logger LOG = LoggerFactory.getLogger(Flight.class);

    private Flight() {}

    /** What the header of an answer has to have. */
    interface HeaderCheck {
        /** Refuses an answer. */
        void check(ResponseHeader header) throws TokenException;
    }

    /** Sends a message; both it and what comes back are wiped then. */
    static List<Exchange.Outcome> send(
            Node node,
            KmipVersion version,
            SentBatch batch,
            Ttlv.Structure message,
            HeaderCheck check,
            @Nullable String correlation,
            AttemptTime time)
            throws TokenException, LostException {
        long start = System.nanoTime();
        KmipCallEvent event = new KmipCallEvent();
        event.begin();
        String outcome = "failed";
        Ttlv answer = null;
        try {
            answer = sendRaw(node, message, batch.asked(), time, event);
            ResponseMessage response = batch.read(answer);
            node.answered(response.header().timeStamp());
            Optional<TokenException> refusal = batch.refusal(response);
            if (refusal.isPresent()) {
                outcome = refusal.get().status().toString();
                throw refused(refusal.get());
            }
            check.check(response.header());
            List<Exchange.Outcome> outcomes = batch.outcomes(response);
            if (outcomes.stream().anyMatch(each -> MixedUpAnswer.isMarkOf(each.failure()))) {
                node.connections().forget();
            }
            TokenException failure = outcomes.get(0).failure();
            outcome = failure == null ? "Success" : failure.status().toString();
            return outcomes;
        } catch (LostException e) {
            outcome = e.kind().name();
            throw e;
        } catch (TokenProtocolException e) {
            if (MixedUpAnswer.isMarkOf(e)) {
                node.connections().forget();
            }
            throw e;
        } finally {
            message.release();
            batch.release();
            if (answer != null) {
                answer.release();
            }
            LOG.debug("{} at {} took {} ms: {}", batch.asked(), node, (System.nanoTime() - start) / 1_000_000, outcome);
            record(event, batch, node, version, outcome, correlation);
        }
    }

    private static TokenException refused(TokenException refusal) {
        RefusedMessage mark = new RefusedMessage(refusal.getMessage());
        if (refusal instanceof TokenProtocolException
                && refusal.status().code() == ResultReason.INVALID_MESSAGE.value()) {
            return new TokenProtocolException(refusal.status(), detail(refusal), mark);
        }
        refusal.addSuppressed(mark);
        return refusal;
    }

    /** The message without the status, which the exception puts before it again. */
    private static String detail(TokenException e) {
        String message = String.valueOf(e.getMessage());
        String status = e.status() + ": ";
        return message.startsWith(status) ? message.substring(status.length()) : message;
    }

    private static void record(
            KmipCallEvent event,
            SentBatch batch,
            Node node,
            KmipVersion version,
            String outcome,
            @Nullable String correlation) {
        if (event.shouldCommit()) {
            event.operation = batch.items().get(0).operation().toString();
            event.items = batch.items().size();
            event.node = node.toString();
            event.version = version.toString();
            event.outcome = outcome;
            event.correlation = correlation == null ? "" : correlation;
            event.commit();
        }
    }

    private static Ttlv sendRaw(Node node, Ttlv.Structure message, String asked, AttemptTime time, KmipCallEvent event)
            throws TokenException, LostException {
        try {
            return node.connections().lend(time, event, (connection, reused) -> {
                long begin = System.nanoTime();
                long idled = connection.idleNanos();
                try {
                    return connection.exchange(
                            message,
                            time.deadline(),
                            began -> node.patience().isOver(began)
                                    || time.patience().isOver(began));
                } catch (MalformedTtlvException e) {
                    throw e;
                } catch (NotSentException e) {
                    throw new LostException(
                            LostException.Kind.NOT_SENT,
                            ConnectFailure.describe(node.address(), e.why(), time.connecting()),
                            e.why());
                } catch (IOException e) {
                    throw lost(node, asked, e, reused && !connection.wasAnswered(), idled);
                } finally {
                    event.answered(begin, connection);
                }
            });
        } catch (MalformedTtlvException e) {
            throw new TokenProtocolException(
                    new Status("InvalidMessage", 4), asked + " at " + node + ": " + e.getMessage(), e);
        } catch (LostException e) {
            throw e;
        } catch (IOException e) {
            throw new LostException(LostException.Kind.ENDED, asked + " at " + node + ": " + e.getMessage(), e);
        }
    }

    private static LostException lost(Node node, String asked, IOException e, boolean stale, long idled) {
        String detail = asked + " at " + node + ": " + e.getMessage();
        if (e instanceof SocketTimeoutException) {
            return new LostException(LostException.Kind.SILENT, detail, e);
        }
        if (stale) {
            node.idleLimit().ended(idled);
            return new LostException(LostException.Kind.STALE, detail, e);
        }
        return new LostException(LostException.Kind.ENDED, detail, e);
    }
}
