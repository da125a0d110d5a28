package org.symbolon.remote.server;

/**
 * What one client may hold at a time, so that none can exhaust the server.
 *
 * @param sessions open sessions, 1 to 65536
 * @param objects objects of a token that have a handle, 1 to 10,000,000
 */
record ClientLimits(int sessions, int objects) {
    static final int DEFAULT_SESSIONS = 1024;
    static final int DEFAULT_OBJECTS = 100_000;

    ClientLimits {
        requireRange("sessions", sessions, 1 << 16);
        requireRange("objects", objects, 10_000_000);
    }

    static ClientLimits ofDefaults() {
        return new ClientLimits(DEFAULT_SESSIONS, DEFAULT_OBJECTS);
    }

    private static void requireRange(String parameter, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(parameter + " of a client is 1 to " + max + ", not " + value);
        }
    }
}
