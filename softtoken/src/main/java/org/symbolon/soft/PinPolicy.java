package org.symbolon.soft;

import java.util.OptionalInt;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;

/** Which PINs may be set. */
final class PinPolicy {
    static final int MIN_BYTES = 4;

    private PinPolicy() {}

    static void check(Pin pin) throws TokenAuthenticationException {
        if (pin.lengthInBytes() < MIN_BYTES || pin.lengthInBytes() > Pin.MAX_BYTES) {
            throw new TokenAuthenticationException(
                    Status.ckr("CKR_PIN_LEN_RANGE"),
                    "a PIN has " + MIN_BYTES + " to " + Pin.MAX_BYTES + " bytes",
                    OptionalInt.empty(),
                    null);
        }
    }
}
