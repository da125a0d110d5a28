package org.symbolon;

import java.util.List;

/** A cursor as a session gives it out: ends with its session, and its failures say what was asked. */
final class SessionCursor implements ObjectCursor {
    private final ObjectCursor cursor;
    private final RunningCalls calls;
    private final String asked;

    SessionCursor(ObjectCursor cursor, RunningCalls calls, String asked) {
        this.cursor = cursor;
        this.calls = calls;
        this.asked = asked;
    }

    @Override
    public List<TokenObject> next(int max) throws TokenException {
        if (max < 1) {
            throw new IllegalArgumentException("max is at least 1, not " + max);
        }
        return calls.call(asked, () -> cursor.next(max));
    }

    @Override
    public void close() {
        cursor.close();
    }
}
