package org.symbolon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The PINs that a live token was refused with, so that none is shown twice by all its sessions together. Thread-safe; one PIN
 * at a time is shown, and no lock is held meanwhile.
 */
final class RefusedPins implements AutoCloseable {
    private static final int MAX = 256;
    private static final String WAITING_FOR = "another login to the token";

    private final Semaphore turn = new Semaphore(1);
    private final Deque<Refusal> refusals = new ArrayDeque<>();
    private boolean closed;

    private record Refusal(Role role, Pin pin, TokenAuthenticationException said) {
        boolean isOf(Role other, Pin shown) {
            return role == other && pin.equals(shown);
        }
    }

    /**
     * Logs in.
     *
     * @param anew whether the application gave the PIN just now, so that it is shown even if it was refused before
     * @throws TokenAuthenticationException if the token refuses it, or has refused this very PIN before
     */
    Session logIn(Role role, Pin pin, boolean anew, Deadline deadline, RunningCalls.Step<Session> login)
            throws TokenException {
        awaitTurn(deadline);
        try {
            if (!anew) {
                requireNotRefused(role, pin);
            }
            Session session = login.take();
            forget(role, pin);
            return session;
        } catch (TokenAuthenticationException e) {
            remember(role, pin, e);
            throw e;
        } finally {
            turn.release();
        }
    }

    private void awaitTurn(Deadline deadline) throws TokenUnavailableException {
        try {
            if (!turn.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed(WAITING_FOR);
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted(WAITING_FOR, e);
        }
    }

    private void requireNotRefused(Role role, Pin pin) throws TokenAuthenticationException {
        Optional<Refusal> before = find(role, pin);
        if (before.isPresent()) {
            TokenAuthenticationException said = before.get().said();
            throw new TokenAuthenticationException(
                    said.status(),
                    (said.detail().isEmpty() ? "" : said.detail() + "; ")
                            + "this PIN was refused and is not tried again: log in with the right one",
                    said.attemptsLeft(),
                    said);
        }
    }

    private synchronized Optional<Refusal> find(Role role, Pin pin) {
        return refusals.stream().filter(refusal -> refusal.isOf(role, pin)).findFirst();
    }

    /** Whether the token has refused a PIN, and not accepted it since. */
    boolean contains(Role role, Pin pin) {
        return find(role, pin).isPresent();
    }

    private synchronized void remember(Role role, Pin pin, TokenAuthenticationException said) {
        if (closed || find(role, pin).isPresent()) {
            return;
        }
        if (refusals.size() == MAX) {
            refusals.removeFirst().pin().close();
        }
        refusals.addLast(new Refusal(role, pin.copy(), said));
    }

    private synchronized void forget(Role role, Pin pin) {
        find(role, pin).ifPresent(refusal -> {
            refusals.remove(refusal);
            refusal.pin().close();
        });
    }

    /** Wipes what is kept. */
    @Override
    public synchronized void close() {
        closed = true;
        refusals.forEach(refusal -> refusal.pin().close());
        refusals.clear();
    }
}
