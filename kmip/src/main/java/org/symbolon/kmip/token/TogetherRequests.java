package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.symbolon.Deadline;
import org.symbolon.Outcome;
import org.symbolon.TokenException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/**
 * Does several requests in few messages: finds, and destructions of token objects, that follow each other travel together, everything else
 * goes by itself. Thread-safe.
 */
final class TogetherRequests {
    private final ServerObjects objects;

    TogetherRequests(ServerObjects objects) {
        this.objects = objects;
    }

    /** Does some requests of one kind. */
    @FunctionalInterface
    private interface Together<Q, R> {
        List<Outcome<R>> perform(List<Q> requests, Deadline deadline) throws TokenException;
    }

    /** Does one request. */
    @FunctionalInterface
    interface Alone {
        Outcome<?> perform(Request<?> request);
    }

    List<Outcome<?>> perform(List<? extends Request<?>> requests, CallOptions options, Alone alone) {
        List<Outcome<?>> outcomes = new ArrayList<>(requests.size());
        while (outcomes.size() < requests.size()) {
            List<? extends Request<?>> rest = requests.subList(outcomes.size(), requests.size());
            List<Request.Find> finds = leading(rest, Request.Find.class, find -> true);
            List<Request.Destroy> destructions =
                    leading(rest, Request.Destroy.class, destruction -> !SessionObjects.isOne(destruction.target()));
            if (finds.size() > 1) {
                outcomes.addAll(perform(finds, objects::findAll, options.deadline()));
            } else if (destructions.size() > 1) {
                outcomes.addAll(perform(destructions, objects::destroyAll, options.deadline()));
            } else {
                outcomes.add(alone.perform(rest.get(0)));
            }
        }
        return outcomes;
    }

    private static <Q> List<Q> leading(List<? extends Request<?>> requests, Class<Q> kind, Predicate<Q> joins) {
        return requests.stream()
                .takeWhile(request -> kind.isInstance(request) && joins.test(kind.cast(request)))
                .map(kind::cast)
                .toList();
    }

    private static <Q, R> List<Outcome<R>> perform(List<Q> requests, Together<Q, R> together, Deadline deadline) {
        try {
            deadline.check("the server");
            return together.perform(requests, deadline).stream()
                    .map(outcome -> outcome.failure() == null ? outcome : TogetherRequests.<R>failed(outcome.failure()))
                    .toList();
        } catch (TokenException e) {
            return Collections.nCopies(requests.size(), failed(e));
        }
    }

    private static <R> Outcome<R> failed(TokenException e) {
        return Outcome.failure(Refusals.inPkcs11(e));
    }
}
