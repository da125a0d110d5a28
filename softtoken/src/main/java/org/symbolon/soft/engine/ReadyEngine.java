package org.symbolon.soft.engine;

import java.security.Key;
import java.security.Provider;

/** An engine that was initialised with a key, and waits for its next use when nobody has it. Used by one thread at a time. */
final class ReadyEngine {
    /** After so many uses of one engine, a mechanism is used so much that it pays to measure who does it fastest. */
    private static final int MANY_USES = 500;

    private final Object engine;
    private final Provider provider;
    private final Key key;
    private final int verdicts = EngineTrials.verdicts();
    private int uses;

    ReadyEngine(Object engine, Provider provider, Key key) {
        this.engine = engine;
        this.provider = provider;
        this.key = key;
    }

    <E> E as(Class<E> type) {
        return type.cast(engine);
    }

    Provider provider() {
        return provider;
    }

    Key key() {
        return key;
    }

    /** Counts a use; returns true once, when there were many. */
    boolean isUsedMuchNow() {
        uses++;
        return uses == MANY_USES;
    }

    /** Returns whether another engine may have turned out to be the faster one since this was made. */
    boolean isOutdated() {
        return verdicts != EngineTrials.verdicts();
    }
}
