package org.symbolon.kmip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.AsynchronousIndicator;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;

/**
 * Operations that travel as one message (KMIP 2.1 section 9.4). A request without a unique identifier takes the ID placeholder: what
 * the operation before it brought; say {@link #inOrder()} then. Used by one thread, once.
 *
 * <pre>{@code
 * KmipBatch batch = client.batch().inOrder();
 * KmipBatch.Answer<Create.Response> key = batch.add(new Create.Request(ObjectType.SYMMETRIC_KEY, attributes, null));
 * batch.add(new Activate.Request(null));
 * batch.send();
 * UniqueIdentifier id = key.get().uniqueIdentifier();
 * }</pre>
 */
public final class KmipBatch {
    private static final int MAX_ITEMS = 1000;

    private final KmipClient client;
    private final List<KmipRequest<?>> requests = new ArrayList<>();
    private final List<Answer<?>> answers = new ArrayList<>();
    private BatchErrorContinuationOption onError = BatchErrorContinuationOption.STOP;
    private boolean ordered;
    private boolean asynchronous;
    private boolean sent;

    KmipBatch(KmipClient client) {
        this.client = client;
    }

    /**
     * What came of one operation of a batch.
     *
     * @param <R> what it brings back
     */
    public static final class Answer<R extends KmipResponse> {
        private Exchange.@Nullable Outcome outcome;

        private Answer() {}

        /**
         * Returns what the operation brought back.
         *
         * @return the response
         * @throws TokenException if the operation failed, or the batch stopped before it
         * @throws IllegalStateException if the batch was not sent
         */
        @SuppressWarnings("unchecked") // the response is of the class that the request's operation has
        public R get() throws TokenException {
            if (outcome == null) {
                throw new IllegalStateException("the batch was not sent");
            }
            return (R) outcome.get();
        }
    }

    /**
     * Adds an operation.
     *
     * @param request what is asked
     * @param <R> what comes back
     * @return where the answer will be
     */
    public <R extends KmipResponse> Answer<R> add(KmipRequest<R> request) {
        if (requests.size() == MAX_ITEMS) {
            throw new IllegalStateException("a batch has at most " + MAX_ITEMS + " operations");
        }
        Answer<R> answer = new Answer<>();
        requests.add(request);
        answers.add(answer);
        return answer;
    }

    /** {@return this batch, whose operations are done in their order: what the ID placeholder needs} */
    public KmipBatch inOrder() {
        ordered = true;
        return this;
    }

    /**
     * Lets the server do the operations later: their answers are asked for then, until the client's timeout is over. One that cannot do
     * so does them at once, or refuses.
     *
     * @return this batch
     */
    public KmipBatch asynchronously() {
        asynchronous = true;
        return this;
    }

    /**
     * Says what the server does when an operation fails.
     *
     * @param option stop, which every server can and is the default; continue; or undo
     * @return this batch
     */
    public KmipBatch onError(BatchErrorContinuationOption option) {
        onError = option;
        return this;
    }

    /**
     * Sends the batch. What failed in it is told by each answer.
     *
     * @throws TokenException if the server cannot be asked, or refuses the message as a whole
     * @throws IllegalStateException if nothing was added, or the batch was sent before
     */
    public void send() throws TokenException {
        if (sent || requests.isEmpty()) {
            throw new IllegalStateException(sent ? "the batch was sent before" : "the batch is empty");
        }
        sent = true;
        boolean isDefault = onError.equals(BatchErrorContinuationOption.STOP);
        List<Exchange.Outcome> outcomes = client.send(
                requests,
                new Exchange.BatchOptions(
                        isDefault ? null : onError, ordered, asynchronous ? AsynchronousIndicator.OPTIONAL : null));
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).outcome = outcomes.get(i);
        }
    }
}
