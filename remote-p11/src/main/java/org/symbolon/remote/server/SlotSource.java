package org.symbolon.remote.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Pkcs11Uri;
import org.symbolon.Slot;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/**
 * Where slots that are served come from.
 *
 * @param module the module
 * @param wanted which of its tokens; if empty all of its slots, those without a token too, so that clients can make tokens in them
 */
record SlotSource(TokenModule module, Optional<Pkcs11Uri> wanted) {
    static SlotSource all(TokenModule module) {
        return new SlotSource(module, Optional.empty());
    }

    static SlotSource matching(TokenModule module, Pkcs11Uri wanted) {
        return new SlotSource(module, Optional.of(wanted));
    }

    /** Returns the slots as they are now, in an order that does not change. */
    List<Slot> slots() throws TokenException {
        return wanted.isPresent() ? matching(wanted.get()) : module.slots();
    }

    private List<Slot> matching(Pkcs11Uri uri) throws TokenException {
        List<Slot> slots = new ArrayList<>();
        for (Slot slot : module.slots()) {
            if (matches(slot, uri) && uri.matches(module.info())) {
                slots.add(slot);
            }
        }
        return slots;
    }

    private static boolean matches(Slot slot, Pkcs11Uri wanted) throws TokenException {
        if (!wanted.matches(slot.info())) {
            return false;
        }
        for (Token token : slot.token().stream().toList()) {
            return wanted.matches(token.info());
        }
        return false;
    }
}
