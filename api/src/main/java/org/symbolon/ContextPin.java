package org.symbolon;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.symbolon.spi.Request;

/**
 * The PIN of a view of a session, for keys with CKA_ALWAYS_AUTHENTICATE: given to the token until it is refused, and not
 * again after that, since each use of a key would be a try that brings the token closer to being locked. Thread-safe.
 */
final class ContextPin {
    private final Pin pin;
    private final AtomicReference<@Nullable TokenAuthenticationException> refusal = new AtomicReference<>();

    ContextPin(Pin pin) {
        this.pin = pin;
    }

    /** Returns the PIN unless it was refused. */
    Optional<Pin> pin() {
        return refusal.get() == null ? Optional.of(pin) : Optional.empty();
    }

    /** Refuses a request that wants the PIN if the token refused it before. */
    void check(Request<?> request) throws TokenAuthenticationException {
        TokenAuthenticationException before = refusal.get();
        if (before != null && wantsPin(request)) {
            throw new TokenAuthenticationException(
                    before.status(),
                    "the key's PIN was refused before and is not tried again; get the key anew with the right one",
                    before.attemptsLeft(),
                    before);
        }
    }

    /** Takes note of what a request failed with. */
    void failed(Request<?> request, TokenException failure) {
        if (failure instanceof TokenAuthenticationException refused && wantsPin(request)) {
            refusal.compareAndSet(null, refused);
        }
    }

    private static boolean wantsPin(Request<?> request) {
        return request instanceof Request.WithKey<?> withKey
                && withKey.key()
                        .attributes()
                        .find(Attribute.ALWAYS_AUTHENTICATE)
                        .orElse(true); // a key that was read without it may want one
    }
}
