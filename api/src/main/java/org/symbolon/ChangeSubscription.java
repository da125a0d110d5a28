package org.symbolon;

/** A listener's place in a token's change feed. */
@FunctionalInterface
public interface ChangeSubscription extends AutoCloseable {
    /** Ends it. Idempotent; a call that is under way may still arrive. */
    @Override
    void close();
}
