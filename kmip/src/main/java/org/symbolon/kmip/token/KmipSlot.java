package org.symbolon.kmip.token;

import java.util.Optional;
import org.symbolon.Pin;
import org.symbolon.SlotInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/**
 * The slot of a server or of one of its Object Groups.
 *
 * @param number its number in the module
 * @param held the token in it
 */
record KmipSlot(long number, KmipToken held) implements SlotSpi {
    @Override
    public SlotInfo info() {
        return new SlotInfo(number, held.description(), "Symbolon");
    }

    @Override
    public Optional<TokenSpi> token(CallOptions options) {
        return Optional.of(held);
    }

    @Override
    public TokenSpi initialize(String label, Pin soPin, CallOptions options) throws TokenException {
        throw new TokenOperationException(
                Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"),
                "a KMIP server has no tokens to initialise: name Object Groups in the setting groups; a group exists"
                        + " when it has an object");
    }
}
