package org.symbolon.kmip.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;

/**
 * What a batch has done that is undone if one of its operations fails (KMIP 2.1 section 9.4), in the thread that runs it. What
 * cannot be undone, which is to destroy, is put off to the end.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final ThreadLocal<Journal> CURRENT = new ThreadLocal<>();

    private final Deque<Step> done = new ArrayDeque<>();
    private final List<Step> last = new ArrayList<>();

    private Journal() {}

    /** A step back, or one that was put off. */
    @FunctionalInterface
    interface Step {
        /** Makes the step. */
        void make() throws KmipFailure, TokenException;
    }

    /** Begins to keep a journal of what this thread does; to be ended. */
    static Journal begin() {
        Journal journal = new Journal();
        CURRENT.set(journal);
        return journal;
    }

    /** Ends this thread's journal. */
    static void end() {
        CURRENT.remove();
    }

    /** Returns the journal of this thread; empty where nothing is to be undone. */
    static Optional<Journal> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Notes how something is undone that has just been done. */
    static void note(Step back) {
        current().ifPresent(journal -> journal.done.push(back));
    }

    /** Puts a step off until everything else was done. */
    void putOff(Step step) {
        last.add(step);
    }

    /** Makes the steps that were put off. */
    void finish() throws KmipFailure, TokenException {
        end();
        for (Step step : last) {
            step.make();
        }
    }

    /** Goes back; returns whether everything is as it was. */
    boolean undo() {
        end();
        boolean whole = true;
        for (Step step : done) {
            try {
                step.make();
            } catch (KmipFailure | TokenException e) {
                LOG.warn("a batch is undone in part only: {}", e.getMessage());
                whole = false;
            }
        }
        return whole;
    }
}
