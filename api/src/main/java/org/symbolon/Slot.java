package org.symbolon;

import java.util.Optional;
import org.symbolon.spi.SlotSpi;

/** A place where a token sits, perhaps empty. Thread-safe. */
public final class Slot {
    private final TokenModule module;
    private final SlotSpi spi;

    Slot(TokenModule module, SlotSpi spi) {
        this.module = module;
        this.spi = spi;
    }

    /** {@return what the slot says of itself} */
    public SlotInfo info() {
        return spi.info();
    }

    /**
     * Returns the token in the slot.
     *
     * @return the token, or empty if the slot holds none that is initialised
     * @throws TokenException if the backend does not answer
     */
    public Optional<Token> token() throws TokenException {
        return module.call("Get token of slot " + info().slotId(), spi::token)
                .map(token -> new Token(module, token, spi.info()));
    }

    /**
     * Makes a token in the slot, or makes the one there anew: all its objects and the user's PIN are gone then
     * (C_InitToken).
     *
     * @param label the token's label, 1 to 32 bytes in UTF-8
     * @param soPin the security officer's PIN; of an initialised token the one until now
     * @return the token, whose user has no PIN yet: see {@link Session#initPin}
     * @throws TokenAuthenticationException if the token is initialised and the PIN is wrong
     * @throws TokenException if the slot cannot
     */
    public Token initialize(String label, Pin soPin) throws TokenException {
        return module.call(
                "Initialize token \"" + label + "\" in slot " + info().slotId(),
                options -> new Token(module, spi.initialize(label, soPin, options), spi.info()));
    }

    @Override
    public String toString() {
        return "slot " + info().slotId() + " (" + info().description() + ")";
    }
}
