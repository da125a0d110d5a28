package org.symbolon.remote.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.Pin;
import org.symbolon.Slot;
import org.symbolon.SlotInfo;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;

/** Tells of slots, tokens and mechanisms, and makes tokens (PKCS #11 v3.2 section 5.5). */
final class SlotFunctions {
    private static final long DONT_BLOCK = 1; // CKF_DONT_BLOCK

    private final SlotTable slots;
    private final SessionTable sessions;

    SlotFunctions(SlotTable slots, SessionTable sessions) {
        this.slots = slots;
        this.sessions = sessions;
    }

    /**
     * What C_GetTokenInfo tells.
     *
     * @param info what the token says of itself
     * @param maxSessions the most sessions of the client
     * @param sessions its sessions on this token
     * @param writingSessions those of them that may write
     */
    record TokenDescription(TokenInfo info, int maxSessions, int sessions, int writingSessions) {}

    /** C_GetSlotList. Every slot holds a token, perhaps one that is to be initialised. */
    List<Long> slotList() {
        return List.copyOf(slots.slots().keySet());
    }

    /** C_GetSlotInfo. */
    SlotInfo slotInfo(long slotId) throws TokenException {
        return slots.require(slotId).info();
    }

    /** C_GetTokenInfo. */
    TokenDescription tokenInfo(long slotId) throws TokenException {
        Slot slot = slots.require(slotId);
        Optional<Token> token = slot.token();
        TokenInfo info = token.isPresent() ? token.get().info() : uninitialized(slot.info());
        Collection<ClientSession> open = sessions.ofSlot(slotId);
        int writing = (int) open.stream().filter(session -> !session.readOnly()).count();
        return new TokenDescription(info, sessions.limits().sessions(), open.size(), writing);
    }

    private static TokenInfo uninitialized(SlotInfo slot) {
        return new TokenInfo("", slot.manufacturer(), "", "", Set.of(), 0, Pin.MAX_BYTES, OptionalInt.empty());
    }

    /** C_GetMechanismList, by number. */
    List<MechanismType> mechanismList(long slotId) throws TokenException {
        List<MechanismType> types = new ArrayList<>(mechanisms(slotId).keySet());
        types.sort(Comparator.comparing(MechanismType::code, Long::compareUnsigned));
        return types;
    }

    /** C_GetMechanismInfo. */
    MechanismInfo mechanismInfo(long slotId, MechanismType type) throws TokenException {
        MechanismInfo info = mechanisms(slotId).get(type);
        if (info == null) {
            throw Refusal.of("CKR_MECHANISM_INVALID", "the token does not have " + type);
        }
        return info;
    }

    private Map<MechanismType, MechanismInfo> mechanisms(long slotId) throws TokenException {
        return token(slotId).mechanisms();
    }

    /** Returns the token of a slot, which must be initialised. */
    Token token(long slotId) throws TokenException {
        return slots.require(slotId)
                .token()
                .orElseThrow(() -> Refusal.of("CKR_TOKEN_NOT_RECOGNIZED", "slot " + slotId + " holds no token yet"));
    }

    /** C_InitToken; the label is padded with blanks. */
    void initToken(long slotId, Optional<Pin> soPin, String label) throws TokenException {
        Slot slot = slots.require(slotId);
        if (!sessions.ofSlot(slotId).isEmpty()) {
            throw Refusal.of("CKR_SESSION_EXISTS", "the client has sessions open on the token");
        }
        if (soPin.isEmpty()) {
            throw Refusal.of("CKR_ARGUMENTS_BAD", "the token has no way of its own to ask for a PIN");
        }
        String trimmed = label.stripTrailing();
        if (trimmed.getBytes(StandardCharsets.UTF_8).length == 0) {
            throw Refusal.of("CKR_ARGUMENTS_BAD", "a token has a label");
        }
        slot.initialize(trimmed, soPin.get());
    }

    /** C_WaitForSlotEvent: slots do not come and go. */
    void waitForSlotEvent(long flags) throws TokenException {
        if ((flags & DONT_BLOCK) == 0) {
            throw Refusal.of("CKR_FUNCTION_NOT_SUPPORTED", "slots are asked for, not waited for");
        }
        throw Refusal.of("CKR_NO_EVENT", "nothing has changed");
    }
}
