package org.symbolon.remote.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;

/**
 * What a pool logs in with. Once a token has refused it, it is not shown again: a PIN that somebody changed must not lock the
 * token by the reconnects of those who still have the old one. Copies are one login: they share the PIN, its refusal and the
 * turn to show it. Thread-safe.
 */
final class Credential implements AutoCloseable {
    private static final byte[] SALT = salt();

    /** How many logins with a PIN that the token took may be lost in a row before it counts as doubtful. */
    private static final int LOSSES = 2;

    private final Role role;
    private final boolean loggingIn;
    private final Shown shown;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Credential(Role role, boolean loggingIn, Shown shown) {
        this.role = role;
        this.loggingIn = loggingIn;
        this.shown = shown;
    }

    /** What is shown to the token, and what the token said to it; wiped with the last copy. */
    private static final class Shown {
        private final Semaphore turn = new Semaphore(1);
        private @Nullable Pin pin;
        private @Nullable Status refusal;
        private int holders = 1;
        private int losses;

        Shown(@Nullable Pin pin) {
            this.pin = pin;
        }

        synchronized Optional<byte[]> pin() throws TokenException {
            Status refused = refusal;
            if (refused != null) {
                throw new TokenAuthenticationException(
                        refused,
                        "the token refused this PIN before, so it is not shown to it again; open a session with the"
                                + " right one",
                        OptionalInt.empty(),
                        null);
            }
            return pin == null ? Optional.empty() : Optional.of(pin.toUtf8());
        }

        synchronized void say(@Nullable Status refused) {
            refusal = refused;
        }

        synchronized void accepted() {
            losses = LOSSES;
        }

        synchronized boolean mayBeLost() {
            return losses > 0;
        }

        synchronized boolean survivesLoss() {
            boolean survives = losses > 0;
            losses = Math.max(0, losses - 1);
            return survives;
        }

        synchronized void replace(Pin newPin) {
            wipe();
            pin = newPin.copy();
            refusal = null;
        }

        synchronized Shown hold() {
            holders++;
            return this;
        }

        synchronized void release() {
            holders--;
            if (holders == 0) {
                wipe();
            }
        }

        private void wipe() {
            if (pin != null) {
                pin.close();
            }
        }
    }

    /** Returns the credential of a login; its PIN is copied. */
    static Credential of(Login login, boolean loginRequired) throws TokenException {
        if (login instanceof Login.User user) {
            return new Credential(Role.USER, true, new Shown(user.pin().copy()));
        } else if (login instanceof Login.SecurityOfficer officer) {
            return new Credential(
                    Role.SECURITY_OFFICER, true, new Shown(officer.pin().copy()));
        } else if (login instanceof Login.ProtectedPath) {
            return new Credential(Role.USER, true, new Shown(null));
        } else if (login instanceof Login.Identity && loginRequired) {
            throw new TokenAuthenticationException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"),
                    "the token wants a login, and what the transport proved is none to it; log in with a PIN",
                    OptionalInt.empty(),
                    null);
        }
        return new Credential(login.role(), false, new Shown(null));
    }

    /** Returns the same login once more, to be closed by itself. */
    Credential copy() {
        return new Credential(role, loggingIn, shown.hold());
    }

    boolean isCopyOf(Credential other) {
        return shown == other.shown;
    }

    /** To be held while the PIN is shown: so one that is wrong by now is shown once and not by everyone. */
    Semaphore turn() {
        return shown.turn;
    }

    Role role() {
        return role;
    }

    /** Whether there is anything to log in with. */
    boolean logsIn() {
        return loggingIn;
    }

    /** Returns the PIN in UTF-8, to be wiped; empty for a token with a PIN pad. */
    Optional<byte[]> pin() throws TokenException {
        return shown.pin();
    }

    void refused(Status status) {
        shown.say(status);
    }

    void accepted() {
        shown.accepted();
    }

    /**
     * Notes a login whose answer was lost, and returns whether another may be tried: only with a PIN that the token took
     * before, and a few times. It is likelier then that the server died than that it cuts off whoever has a wrong one.
     */
    boolean survivesLoss() {
        return shown.survivesLoss();
    }

    /** Whether a login whose answer is lost may be tried once more. */
    boolean mayBeLost() {
        return shown.mayBeLost();
    }

    /** Lets the PIN be shown again: the application gave it anew. */
    void giveAnotherChance() {
        shown.say(null);
    }

    /** Replaces the PIN of all copies after the token has taken a new one. */
    void replace(Pin newPin) {
        shown.replace(newPin);
    }

    /** Returns what two credentials share if and only if they are the same role with the same PIN. */
    Bytes fingerprint() throws TokenException {
        byte[] secret = pin().orElse(new byte[0]);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(SALT);
            digest.update((role.name() + loggingIn).getBytes(StandardCharsets.US_ASCII));
            return Bytes.wrap(digest.digest(secret));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] salt() {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            shown.release();
        }
    }
}
