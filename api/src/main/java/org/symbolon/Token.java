package org.symbolon;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.symbolon.spi.TokenSpi;

/** A token: its label, serial number, flags and mechanisms, visible to anyone. Thread-safe. */
public final class Token {
    private final TokenModule module;
    private final TokenSpi spi;
    private final SlotInfo slotInfo;

    Token(TokenModule module, TokenSpi spi, SlotInfo slotInfo) {
        this.module = module;
        this.spi = spi;
        this.slotInfo = slotInfo;
    }

    /**
     * Returns what the token says of itself, as it is now.
     *
     * @return its information
     * @throws TokenException if it does not answer
     */
    public TokenInfo info() throws TokenException {
        return module.call("Get token information", spi::info);
    }

    TokenModule module() {
        return module;
    }

    /** {@return the slot that the token is in} */
    public SlotInfo slotInfo() {
        return slotInfo;
    }

    /**
     * Returns what the token can do.
     *
     * @return its mechanisms
     * @throws TokenException if it does not answer
     */
    public Map<MechanismType, MechanismInfo> mechanisms() throws TokenException {
        return module.call("Get mechanisms", spi::mechanisms);
    }

    /**
     * Opens a session that can write.
     *
     * @param login in whose name
     * @return the session, to be closed
     * @throws TokenAuthenticationException if the PIN or identity is refused
     * @throws TokenException if the token does not answer
     */
    public Session open(Login login) throws TokenException {
        return open(login, false);
    }

    /**
     * Opens a session through which token objects cannot be written.
     *
     * @param login in whose name; not the security officer's
     * @return the session, to be closed
     * @throws TokenAuthenticationException if the PIN or identity is refused
     * @throws TokenException if the token does not answer
     */
    public Session openReadOnly(Login login) throws TokenException {
        return open(login, true);
    }

    private Session open(Login login, boolean readOnly) throws TokenException {
        try {
            return module.call(options -> Session.of(module, this, spi.open(login, readOnly, options)));
        } catch (TokenException e) {
            String role = login.role().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            e.addContext("Open " + role + " session on " + describe(e));
            throw e;
        }
    }

    /** The token in words, for the message of a failure: its label, unless asking for that would fail the same way. */
    private String describe(TokenException failure) {
        String slot = "the token in slot " + slotInfo.slotId();
        if (failure instanceof TokenUnavailableException) {
            return slot;
        }
        try {
            return "token \"" + info().label() + "\"";
        } catch (TokenException e) {
            failure.addSuppressed(e);
            return slot;
        }
    }

    /**
     * Tells a listener what happens to this token's objects from now on.
     *
     * @param listener hears of changes made in this process before the call that made them returns, of others within
     *     {@link #changeDelay()}
     * @return its place in the feed
     * @throws TokenException if the token cannot tell of changes
     */
    public ChangeSubscription changes(ChangeListener listener) throws TokenException {
        return module.call("Listen for changes", options -> spi.changes(listener));
    }

    /** {@return the worst delay after which a change that another process made is heard of} */
    public Duration changeDelay() {
        return spi.changeDelay();
    }
}
