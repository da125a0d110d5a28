package org.symbolon;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The login of a live session: asked for anew whenever it is needed, and never given to the token again once it was
 * refused. Thread-safe.
 */
final class LiveLogin implements AutoCloseable {
    private final RunningCalls.Step<Login> supplier;
    private final @Nullable Role role;
    private @Nullable Pin kept;
    private @Nullable Refusal refusal;

    private record Refusal(TokenAuthenticationException said, Pin pin) {}

    private LiveLogin(RunningCalls.Step<Login> supplier, @Nullable Role role, @Nullable Pin kept) {
        this.supplier = supplier;
        this.role = role;
        this.kept = kept;
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
    Session use(Use use) throws TokenException {
        Login login = now();
        Optional<Pin> pin = pin(login);
        try {
            requireNotRefused(pin);
            Session session = use.apply(login);
            accepted();
            return session;
        } catch (TokenAuthenticationException e) {
            pin.ifPresent(refused -> remember(e, refused));
            throw e;
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

    private synchronized void requireNotRefused(Optional<Pin> pin) throws TokenAuthenticationException {
        Refusal before = refusal;
        if (before != null && pin.isPresent() && pin.get().equals(before.pin())) {
            TokenAuthenticationException said = before.said();
            throw new TokenAuthenticationException(
                    said.status(),
                    (said.detail().isEmpty() ? "" : said.detail() + "; ")
                            + "this PIN was refused and is not tried again: log in with the right one",
                    said.attemptsLeft(),
                    said);
        }
    }

    private synchronized void remember(TokenAuthenticationException said, Pin refused) {
        if (refusal == null || !refusal.pin().equals(refused)) {
            forget();
            refusal = new Refusal(said, refused.copy());
        }
    }

    private synchronized void accepted() {
        forget();
    }

    /** Takes the PIN of a login that the token has accepted, if it is of the same role and this one's was refused. */
    synchronized void renew(Login accepted) {
        Optional<Pin> pin = pin(accepted);
        if (refusal != null && kept != null && accepted.role() == role && pin.isPresent()) {
            forget();
            kept.close();
            kept = pin.get().copy();
        }
    }

    private void forget() {
        if (refusal != null) {
            refusal.pin().close();
            refusal = null;
        }
    }

    /** Wipes what is kept. */
    @Override
    public synchronized void close() {
        forget();
        if (kept != null) {
            kept.close();
        }
    }
}
