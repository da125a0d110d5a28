package org.symbolon.remote.oncrpc;

/**
 * Which sequence numbers of a context were seen (RFC 2203 section 5.3.3.1): each is taken once, in any order within the window
 * below the highest. Not thread-safe.
 */
final class SequenceWindow {
    /** How many numbers the window covers; told to clients. */
    static final int SIZE = 128;

    private final boolean[] seen = new boolean[SIZE];
    private long highest = -1;

    /** Takes a number; returns false if it was taken before, or lies below the window. */
    boolean take(long number) {
        if (number > highest) {
            for (long passed = Math.max(highest + 1, number - SIZE + 1); passed < number; passed++) {
                seen[place(passed)] = false;
            }
            highest = number;
            seen[place(number)] = true;
            return true;
        }
        boolean fresh = number > highest - SIZE && !seen[place(number)];
        if (fresh) {
            seen[place(number)] = true;
        }
        return fresh;
    }

    private static int place(long number) {
        return (int) (number % SIZE);
    }
}
