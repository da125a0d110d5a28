package org.symbolon;

/** Hears of changes to a token's objects. Called on any thread; returns quickly, blocks on nothing, throws nothing. */
@FunctionalInterface
public interface ChangeListener {
    /**
     * Hears of a change that has happened.
     *
     * @param change what happened
     */
    void changed(Change change);
}
