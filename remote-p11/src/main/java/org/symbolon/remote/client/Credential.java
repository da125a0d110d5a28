package org.symbolon.remote.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
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
 * token by the reconnects of those who still have the old one. Thread-safe.
 */
final class Credential implements AutoCloseable {
    private static final byte[] SALT = salt();

    private final Role role;
    private final boolean loggingIn;
    private volatile @Nullable Pin pin;
    private volatile @Nullable Status refusal;

    private Credential(Role role, boolean loggingIn, @Nullable Pin pin) {
        this.role = role;
        this.loggingIn = loggingIn;
        this.pin = pin;
    }

    /** Returns the credential of a login; its PIN is copied. */
    static Credential of(Login login, boolean loginRequired) throws TokenException {
        if (login instanceof Login.User user) {
            return new Credential(Role.USER, true, user.pin().copy());
        } else if (login instanceof Login.SecurityOfficer officer) {
            return new Credential(Role.SECURITY_OFFICER, true, officer.pin().copy());
        } else if (login instanceof Login.ProtectedPath) {
            return new Credential(Role.USER, true, null);
        } else if (login instanceof Login.Identity && loginRequired) {
            throw new TokenAuthenticationException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"),
                    "the token wants a login, and what the transport proved is none to it; log in with a PIN",
                    OptionalInt.empty(),
                    null);
        }
        return new Credential(login.role(), false, null);
    }

    /** Returns the same once more, to be closed by itself. */
    Credential copy() {
        Pin current = pin;
        return new Credential(role, loggingIn, current == null ? null : current.copy());
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
        Status refused = refusal;
        if (refused != null) {
            throw new TokenAuthenticationException(
                    refused,
                    "the token refused this PIN before, so it is not shown to it again; open a session with the right"
                            + " one",
                    OptionalInt.empty(),
                    null);
        }
        Pin current = pin;
        return current == null ? Optional.empty() : Optional.of(current.toUtf8());
    }

    void refused(Status status) {
        refusal = status;
    }

    /** Lets the PIN be shown again: the application gave it anew. */
    void giveAnotherChance() {
        refusal = null;
    }

    /** Replaces the PIN after the token has taken a new one. */
    void replace(Pin newPin) {
        Pin old = pin;
        pin = newPin.copy();
        if (old != null) {
            old.close();
        }
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
        Pin current = pin;
        if (current != null) {
            current.close();
        }
    }
}
