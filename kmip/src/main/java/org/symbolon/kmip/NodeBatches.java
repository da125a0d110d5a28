package org.symbolon.kmip;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;

/** What is known of batches with one node. Thread-safe. */
final class NodeBatches {
    private static final Logger LOG = LoggerFactory.getLogger(NodeBatches.class);

    private static final int MAX_ITEMS = 64;

    private final Map<JoinKind, BatchTrial> trials = new EnumMap<>(JoinKind.class);
    private volatile boolean refused;
    private volatile int maxItems = MAX_ITEMS;

    NodeBatches() {
        for (JoinKind kind : JoinKind.values()) {
            trials.put(kind, new BatchTrial(kind));
        }
    }

    boolean takes(JoinKind kind) {
        return !refused && trial(kind).batches();
    }

    BatchTrial trial(JoinKind kind) {
        return Objects.requireNonNull(trials.get(kind));
    }

    /** Learns from the refusal of a batch as a whole. */
    void learn(TokenException refusal, int items) {
        if (RetryClass.isTooLarge(refusal)) {
            takeFewer(items);
        } else {
            refuse(String.valueOf(refusal.getMessage()));
        }
    }

    /** Notes that the node refused a batch as a whole, or stopped in it though it was to go on. */
    private void refuse(String why) {
        if (!refused) {
            LOG.info("calls of several threads go to this server one by one from now on: {}", why);
        }
        refused = true;
    }

    /** {@return how many calls a message has at most} */
    int maxItems() {
        return refused ? 1 : maxItems;
    }

    /** Notes that a response to so many items was larger than one may be. */
    private void takeFewer(int thanItems) {
        maxItems = Math.max(1, thanItems / 2);
    }

    /** Learns from what came of a batch that was to go on after a failure. */
    void learn(List<Exchange.Outcome> outcomes) {
        for (int i = 1; i < outcomes.size(); i++) {
            TokenException before = outcomes.get(i - 1).failure();
            if (!MissingAnswer.isCauseOf(outcomes.get(i).failure()) || before == null) {
                continue;
            }
            if (RetryClass.isTooLarge(before)) {
                takeFewer(outcomes.size());
            } else if (!MissingAnswer.isCauseOf(before)) {
                refuse("it stopped a batch at a failure, though it was told to continue");
            }
        }
    }

    /** Notes that a call which was refused in a batch is refused by itself too: the batch was not the reason. */
    void acquit() {
        refused = false;
    }
}
