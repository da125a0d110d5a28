package org.symbolon.spi;

import java.util.Optional;
import org.symbolon.Pin;
import org.symbolon.SlotInfo;
import org.symbolon.TokenException;

/** What a slot of a backend does. Thread-safe. */
public interface SlotSpi {
    /** {@return what the slot says of itself. Does not block} */
    SlotInfo info();

    /**
     * Returns the token in the slot.
     *
     * @param options what accompanies the call
     * @return the token, or empty if the slot holds none that is initialised
     * @throws TokenException if the backend does not answer
     */
    Optional<TokenSpi> token(CallOptions options) throws TokenException;

    /**
     * Makes a token in the slot, or makes the one there anew: all its objects and the user's PIN are gone then
     * (C_InitToken).
     *
     * @param label the token's label, 1 to 32 bytes in UTF-8
     * @param soPin the security officer's PIN; of an initialised token the one until now
     * @param options what accompanies the call
     * @return the token
     * @throws TokenException if the slot cannot, or the PIN is wrong
     */
    TokenSpi initialize(String label, Pin soPin, CallOptions options) throws TokenException;
}
