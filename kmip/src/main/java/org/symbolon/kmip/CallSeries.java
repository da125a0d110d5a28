package org.symbolon.kmip;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Outcome;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;

/** Calls of one thread that do not depend on each other, in as few messages as the server takes. For one thread. */
final class CallSeries<R extends KmipResponse> {
    private final MessageSender sender;
    private final CallScope scope;
    private final NodeBatches node;

    CallSeries(MessageSender sender, CallScope scope) {
        this.sender = sender;
        this.scope = scope;
        this.node = sender.remembered(NodeBatches.class, NodeBatches::new);
    }

    List<Outcome<R>> of(List<? extends KmipRequest<R>> requests) throws TokenException {
        List<Outcome<R>> outcomes = new ArrayList<>(requests.size());
        while (outcomes.size() < requests.size()) {
            int from = outcomes.size();
            int count = Math.min(node.maxItems(), requests.size() - from);
            scope.deadline().check("the answers to " + requests.size() + " requests");
            if (count == 1) {
                outcomes.add(single(requests.get(from)));
            } else {
                outcomes.addAll(batch(requests.subList(from, from + count)));
            }
        }
        return outcomes;
    }

    private List<Outcome<R>> batch(List<? extends KmipRequest<R>> requests) throws TokenException {
        List<Exchange.Outcome> answers;
        try {
            answers = sender.send(requests, GroupCommit.GOING_ON, scope);
        } catch (TokenException e) {
            if (RefusedMessage.isMarkOf(e)) {
                node.learn(e, requests.size());
            }
            if (!requests.stream().allMatch(request -> RetryClass.mayGoAlone(request, scope, e))) {
                throw e;
            }
            return singles(requests);
        }
        node.learn(answers);
        List<Outcome<R>> outcomes = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            boolean again =
                    RetryClass.mayGoAlone(requests.get(i), scope, answers.get(i).failure());
            outcomes.add(again ? single(requests.get(i)) : outcome(answers.get(i)));
        }
        return outcomes;
    }

    private List<Outcome<R>> singles(List<? extends KmipRequest<R>> requests) throws TokenException {
        List<Outcome<R>> outcomes = new ArrayList<>(requests.size());
        for (KmipRequest<R> request : requests) {
            outcomes.add(single(request));
        }
        return outcomes;
    }

    private Outcome<R> single(KmipRequest<R> request) throws TokenException {
        try {
            return outcome(sender.send(List.of(request), Exchange.BatchOptions.SINGLE, scope)
                    .get(0));
        } catch (TokenUnavailableException e) {
            throw e;
        } catch (TokenException e) {
            if (RefusedMessage.isMarkOf(e)) {
                node.acquit();
            }
            return Outcome.failure(e);
        }
    }

    @SuppressWarnings("unchecked") // the response is of the class that the request's operation has
    private Outcome<R> outcome(Exchange.Outcome answer) {
        TokenException failure = answer.failure();
        try {
            return failure == null ? Outcome.success((R) answer.get()) : Outcome.failure(failure);
        } catch (TokenException e) {
            return Outcome.failure(e);
        }
    }
}
