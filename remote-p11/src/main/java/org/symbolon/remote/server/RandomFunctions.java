package org.symbolon.remote.server;

import org.symbolon.TokenException;

/** Random numbers (PKCS #11 v3.2 section 5.20). */
final class RandomFunctions {
    /** The most bytes in one call. */
    static final int MAX_BYTES = 1 << 20;

    private final SessionTable sessions;

    RandomFunctions(SessionTable sessions) {
        this.sessions = sessions;
    }

    /** C_SeedRandom. */
    void seedRandom(long session, byte[] seed) throws TokenException {
        sessions.require(session).session().seedRandom(seed);
    }

    /** C_GenerateRandom. */
    byte[] generateRandom(long session, int length) throws TokenException {
        ClientSession in = sessions.require(session);
        if (length > MAX_BYTES) {
            throw Refusal.of("CKR_ARGUMENTS_BAD", "a call makes at most " + MAX_BYTES + " bytes, not " + length);
        }
        return in.session().random(length);
    }
}
