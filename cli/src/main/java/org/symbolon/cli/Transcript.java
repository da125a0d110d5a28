package org.symbolon.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The steps of a story as they are taken: one line each, with its time. */
final class Transcript {
    private final Symbolon root;
    private final List<Object> documents = new ArrayList<>();

    Transcript(Symbolon root) {
        this.root = root;
    }

    /** A step. */
    @FunctionalInterface
    interface Step<R> {
        Done<R> take() throws GeneralSecurityException, IOException, CommandFailure;
    }

    /** What a step gives to those after it, and in words what happened. */
    record Done<R>(R result, String text) {}

    /** A step that went wrong and has been told. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final ExitCode exitCode;

        private Failed(ExitCode exitCode, Exception cause) {
            super(cause);
            this.exitCode = exitCode;
        }

        ExitCode exitCode() {
            return exitCode;
        }
    }

    <R> R step(String name, Step<R> step) throws Failed {
        Terminal terminal = root.terminal();
        if (!root.json()) {
            terminal.status(name);
        }
        long start = System.nanoTime();
        try {
            Done<R> done = step.take();
            tell(name, true, done.text(), start);
            return done.result();
        } catch (GeneralSecurityException | IOException | CommandFailure | IllegalArgumentException e) {
            Failure failure = Failure.of(e);
            tell(name, false, name + ": " + failure.message(), start);
            throw new Failed(failure.exitCode(), e);
        }
    }

    /** Tells of a step that cannot be taken here. */
    void skip(String name, String reason) {
        documents.add(Document.with("step", name)
                .and("ok", true)
                .and("skipped", true)
                .and("text", reason)
                .fields());
        if (!root.json()) {
            root.terminal().out().println(root.terminal().faint("- " + name + " skipped: " + reason));
        }
    }

    private void tell(String name, boolean good, String text, long start) {
        Terminal terminal = root.terminal();
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        documents.add(Document.with("step", name)
                .and("ok", good)
                .and("text", text)
                .and("millis", millis)
                .fields());
        if (!root.json()) {
            terminal.clearStatus();
            String mark = good ? terminal.good("✓") : terminal.bad("✗");
            terminal.out()
                    .println(mark + terminal.faint(String.format("%6d ms  ", millis)) + TokenTexts.printable(text));
        }
    }

    List<Object> documents() {
        return documents;
    }
}
