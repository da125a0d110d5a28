package org.symbolon.remote.server;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Pkcs11Uri;
import org.symbolon.Slot;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/** Where slots that are served come from. */
@FunctionalInterface
interface SlotSource {
    /** Returns the slots as they are now, in an order that does not change. */
    List<Slot> slots() throws TokenException;

    /** Returns all slots of a module, empty ones too, so that clients can make tokens in them. */
    static SlotSource all(TokenModule module) {
        return module::slots;
    }

    /** Returns the slots of a module whose tokens match. */
    static SlotSource matching(TokenModule module, Pkcs11Uri wanted) {
        return () -> {
            List<Slot> slots = new ArrayList<>();
            for (Slot slot : module.slots()) {
                if (matches(slot, wanted) && wanted.matches(module.info())) {
                    slots.add(slot);
                }
            }
            return slots;
        };
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
