package org.symbolon;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The login of a live session: asked for anew whenever it is needed. Thread-safe. */
final class LiveLogin implements AutoCloseable {
    private final RunningCalls.Step<Login> supplier;
    private final @Nullable Role role;
    private final AtomicBoolean givenAnew;
    private @Nullable Pin kept;

    private LiveLogin(RunningCalls.Step<Login> supplier, @Nullable Role role, @Nullable Pin kept) {
        this.supplier = supplier;
        this.role = role;
        this.kept = kept;
        this.givenAnew = new AtomicBoolean(kept != null);
    }

    /** Returns a login that is asked for; a PIN in it belongs to whoever asks. */
    static LiveLogin asking(RunningCalls.Step<Login> supplier) {
        return new LiveLogin(supplier, null, null);
    }

    /** Returns a login that keeps a copy of its PIN. */
    static LiveLogin keeping(Login login) {
        return new LiveLogin(
                () -> login, login.role(), pin(login).map(Pin::copy).orElse(null));
    }

    private static Optional<Pin> pin(Login login) {
        if (login instanceof Login.User user) {
            return Optional.of(user.pin());
        }
        return login instanceof Login.SecurityOfficer officer ? Optional.of(officer.pin()) : Optional.empty();
    }

    /** What is done with a login. */
    @FunctionalInterface
    interface Use {
        Session apply(Login login) throws TokenException;
    }

    /**
     * Opens a session by the login.
     *
     * @throws TokenAuthenticationException if the token refuses it, or has refused this very PIN before
     */
    Session use(RefusedPins refused, Deadline deadline, Use use) throws TokenException {
        boolean anew = givenAnew.getAndSet(false);
        Login login = now();
        Optional<Pin> pin = pin(login);
        try {
            return pin.isPresent()
                    ? refused.logIn(login.role(), pin.get(), anew, deadline, () -> use.apply(login))
                    : use.apply(login);
        } finally {
            pin.ifPresent(Pin::close);
        }
    }

    private synchronized Login now() throws TokenException {
        Login login = supplier.take();
        Pin own = kept;
        if (own == null) {
            return login;
        }
        return role == Role.SECURITY_OFFICER ? Login.securityOfficer(own.copy()) : Login.user(own.copy());
    }

    /** Takes the PIN of a login that the token has accepted, if it is of the same role and this one's was refused. */
    synchronized void renew(Login accepted, RefusedPins refused) {
        Optional<Pin> pin = pin(accepted);
        Pin own = kept;
        if (own != null && accepted.role() == role && pin.isPresent() && refused.contains(accepted.role(), own)) {
            kept = pin.get().copy();
            own.close();
        }
    }

    /** Wipes what is kept. */
    @Override
    public synchronized void close() {
        if (kept != null) {
            kept.close();
        }
    }
}
