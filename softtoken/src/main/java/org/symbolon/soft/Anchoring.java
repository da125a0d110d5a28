package org.symbolon.soft;

import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.TokenRecord;

/** Holds a token against its anchor, and notes what was written there. */
final class Anchoring {
    private static final Logger LOG = LoggerFactory.getLogger(Anchoring.class);

    private Anchoring() {}

    /**
     * Refuses a token that is older than its anchor says; without an anchor nothing is known.
     *
     * <p>The record is read after the anchor: what was noted there had been written before.
     */
    static void requireCurrent(OpenToken token, SoftSettings settings, Deadline deadline) throws TokenException {
        if (settings.anchor().isEmpty()) {
            return;
        }
        UUID uuid = token.database().read(deadline, token::record).uuid();
        OptionalLong noted = settings.anchor().get().epoch(uuid);
        TokenRecord record = token.database().read(deadline, token::record);
        if (noted.isPresent() && record.epoch() < noted.getAsLong()) {
            throw wentBack(token, record, noted.getAsLong());
        }
        token.refuseRollback();
    }

    /** Returns what to say of a token that is older than it was. */
    static TokenProtocolException wentBack(OpenToken token, TokenRecord record, long known) {
        return new TokenProtocolException(
                Status.ckr("CKR_DEVICE_ERROR"),
                "the token \"" + record.label() + "\" in " + token.database().name() + " went back from epoch " + known
                        + " to " + record.epoch() + ": an older copy of its database was put back. If that is a backup"
                        + " which you restored, accept it: symbolon token accept-rollback");
    }

    /** Brings the anchor up to a token that somebody logged in to. */
    static void loggedIn(OpenToken token, SoftSettings settings, Deadline deadline) throws TokenException {
        if (settings.anchor().isPresent()) {
            TokenRecord record = token.database().read(deadline, token::record);
            settings.anchor().get().note(record.uuid(), record.epoch());
        }
    }

    /** Notes a write that is durable. If the anchor cannot be reached, it stays behind until the next note. */
    static void committed(SoftSettings settings, UUID token, long epoch) {
        if (settings.anchor().isEmpty()) {
            return;
        }
        try {
            settings.anchor().get().note(token, epoch);
        } catch (TokenException e) {
            LOG.warn("epoch {} of token {} is written and not noted outside: {}", epoch, token, e.getMessage());
        }
    }
}
