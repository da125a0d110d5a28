package org.symbolon.kmip.server;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.TicketType;
import org.symbolon.kmip.object.Ticket;

/**
 * The tickets that Login gave and nobody has ended (KMIP 2.1 section 6.1.29): {@value #MAX} at most, {@value #MAX_OF_PARTY} of an identity,
 * each for its Lease Time and its Request Count. Thread-safe.
 */
final class Tickets {
    static final Duration DEFAULT_LEASE = Duration.ofHours(1);
    static final Duration LONGEST_LEASE = Duration.ofHours(24);

    private static final int MAX = 65_536;
    private static final int MAX_OF_PARTY = 64;
    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<Bytes, Entry> entries = new LinkedHashMap<>();

    /** What a ticket stands for. */
    private static final class Entry {
        private final Party party;
        private final Instant end;
        private int requests;

        Entry(Party party, Instant end, int requests) {
            this.party = party;
            this.end = end;
            this.requests = requests;
        }
    }

    Tickets(Clock clock) {
        this.clock = clock;
    }

    /** Returns a new ticket. */
    synchronized Ticket issue(Party party, @Nullable Duration lease, @Nullable Integer requests) throws KmipFailure {
        Duration asked = lease == null ? DEFAULT_LEASE : lease;
        Duration time = asked.isZero() ? LONGEST_LEASE : asked; // zero asks for as long as there is
        if (time.compareTo(LONGEST_LEASE) > 0 || (requests != null && requests < 0)) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "the Lease Time is 0 to " + LONGEST_LEASE.toSeconds()
                            + " seconds, and the Request Count 0 or more");
        }
        Instant now = clock.instant();
        entries.values().removeIf(entry -> !now.isBefore(entry.end));
        long own = entries.values().stream()
                .filter(entry -> entry.party.name().equals(party.name()))
                .count();
        if (own >= MAX_OF_PARTY || entries.size() >= MAX) {
            throw new KmipFailure(
                    ResultReason.GENERAL_FAILURE,
                    "too many tickets are out; Logout ends one, and an identity has at most " + MAX_OF_PARTY);
        }
        byte[] value = new byte[BYTES];
        random.nextBytes(value);
        Bytes key = Bytes.wrap(value);
        entries.put(
                key,
                new Entry(party, now.plus(time), requests == null || requests == 0 ? Integer.MAX_VALUE : requests));
        return new Ticket(TicketType.LOGIN, key);
    }

    /** Returns on whose behalf a ticket's holder asks, and counts the request. */
    synchronized Party use(Ticket ticket) throws KmipAuthenticationException {
        Entry entry =
                entries.get(ticket.ticketValue()); // 256 random bits: what a comparison takes tells nothing of use
        if (entry == null || !clock.instant().isBefore(entry.end) || entry.requests == 0) {
            entries.remove(ticket.ticketValue());
            throw new KmipAuthenticationException("the ticket is not known, or has come to its end");
        }
        entry.requests--;
        return entry.party;
    }

    /** Ends a ticket of an identity. */
    synchronized void end(Ticket ticket, Party party) throws KmipFailure {
        Entry entry = entries.get(ticket.ticketValue());
        if (entry == null || !entry.party.name().equals(party.name())) {
            throw new KmipFailure(ResultReason.OBJECT_NOT_FOUND, "the ticket is not known, or has come to its end");
        }
        entries.remove(ticket.ticketValue());
    }
}
