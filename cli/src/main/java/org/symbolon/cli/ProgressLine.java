package org.symbolon.cli;

/** A line on the terminal that shows how far long work is, written over a few times each second. */
final class ProgressLine {
    private static final long PAUSE_NANOS = 200_000_000;

    private final Terminal terminal;
    private final String doing;
    private long nextNanos = System.nanoTime();

    ProgressLine(Terminal terminal, String doing) {
        this.terminal = terminal;
        this.doing = doing;
    }

    void show(long done, long all) {
        long now = System.nanoTime();
        if (now - nextNanos >= 0) {
            nextNanos = now + PAUSE_NANOS;
            terminal.status(doing + " " + done + (all > 0 ? " of " + all : ""));
        }
    }
}
