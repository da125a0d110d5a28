package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Deadline;
import org.symbolon.SlotInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * The slots of a module under numbers that stay. Modules number their slots anew for each application, which a connection is;
 * a token keeps the number under which it was first seen, and so does an empty slot until there is a token in it.
 *
 * <p>Used in the turns of a {@link ModuleConnection} only.
 */
final class SlotTable {
    private final List<Entry> entries = new ArrayList<>();

    /** A slot, what it was last seen to hold, and how the last connection that saw it numbers it. */
    static final class Entry {
        private final long number;
        private volatile SlotInfo info;
        private @Nullable TokenName token;
        private @Nullable RpcConnection seenOn;
        private long slot;

        private Entry(long number, SlotInfo info) {
            this.number = number;
            this.info = info;
        }

        SlotInfo info() {
            return info;
        }
    }

    /** What a connection says of one of its slots. */
    private record Seen(long slot, SlotInfo info, Optional<TokenName> token) {}

    /** Lists the slots as a connection sees them now. */
    List<Entry> list(RpcConnection rpc, Deadline deadline) throws TokenException, ConnectionLostException {
        List<Entry> present = new ArrayList<>();
        Set<Entry> taken = new HashSet<>();
        for (Seen seen : look(rpc, deadline)) {
            Entry entry = entry(seen, taken);
            taken.add(entry);
            entry.info = new SlotInfo(
                    entry.number, seen.info().description(), seen.info().manufacturer());
            entry.seenOn = rpc;
            entry.slot = seen.slot();
            entry.token = seen.token().orElse(null);
            present.add(entry);
        }
        return present;
    }

    private Entry entry(Seen seen, Set<Entry> taken) {
        for (Entry entry : entries) {
            if (!taken.contains(entry) && Optional.ofNullable(entry.token).equals(seen.token())) {
                return entry;
            }
        }
        Entry added = new Entry(freeNumber(seen.slot()), seen.info());
        entries.add(added);
        return added;
    }

    /** Returns the peer's own number for a new slot, or the next that is free if another slot has it. */
    private long freeNumber(long wanted) {
        Set<Long> numbers = new HashSet<>();
        entries.forEach(entry -> numbers.add(entry.number));
        long number = wanted;
        while (numbers.contains(number)) {
            number++;
        }
        return number;
    }

    private static List<Seen> look(RpcConnection rpc, Deadline deadline)
            throws TokenException, ConnectionLostException {
        List<Long> slots = TokenConnection.slots(rpc, false, deadline);
        List<RpcMessage> requests = new ArrayList<>();
        slots.forEach(slot -> requests.add(RpcMessage.of(RpcCall.GET_SLOT_INFO, new Ulong(slot))));
        slots.forEach(slot -> requests.add(RpcMessage.of(RpcCall.GET_TOKEN_INFO, new Ulong(slot))));
        List<RpcMessage> replies = rpc.exchange(requests, deadline);
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Failures.check(replies.get(i));
            seen.add(new Seen(
                    slots.get(i),
                    TokenInfos.slot(replies.get(i), slots.get(i)),
                    initialized(replies.get(slots.size() + i)).map(TokenName::of)));
        }
        return seen;
    }

    /** Returns what a reply says of an initialized token; empty for any other, and where there is none. */
    static Optional<TokenInfo> initialized(RpcMessage reply) throws TokenException {
        if (Failures.is(reply, "CKR_TOKEN_NOT_PRESENT") || Failures.is(reply, "CKR_TOKEN_NOT_RECOGNIZED")) {
            return Optional.empty();
        }
        Failures.check(reply);
        return Optional.of(TokenInfos.token(reply)).filter(token -> token.has(TokenFlag.TOKEN_INITIALIZED));
    }

    /** Returns how a connection numbers a slot. */
    long slot(Entry entry, RpcConnection rpc, Deadline deadline) throws TokenException, ConnectionLostException {
        if (entry.seenOn != rpc && !list(rpc, deadline).contains(entry)) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_TOKEN_NOT_PRESENT"),
                    rpc.health() + " no longer shows what was in slot " + entry.number + "; list the slots again");
        }
        return entry.slot;
    }

    /** Notes which token is in a slot now. */
    void holds(Entry entry, TokenInfo token) {
        entry.token = TokenName.of(token);
    }
}
