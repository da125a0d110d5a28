package org.symbolon.spi;

import java.time.Duration;
import java.util.Map;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Login;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;

/** What a token of a backend does. Thread-safe. */
public interface TokenSpi {
    /**
     * Returns what the token says of itself, as it is now.
     *
     * @param options what accompanies the call
     * @return its information
     * @throws TokenException if the token does not answer
     */
    TokenInfo info(CallOptions options) throws TokenException;

    /**
     * Returns what the token can do.
     *
     * @param options what accompanies the call
     * @return its mechanisms
     * @throws TokenException if the token does not answer
     */
    Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) throws TokenException;

    /**
     * Opens a session.
     *
     * @param login in whose name; PINs in it are copied if they are kept
     * @param readOnly whether token objects cannot be written through it
     * @param options what accompanies the call
     * @return the session
     * @throws TokenException if the token refuses or fails
     */
    SessionSpi open(Login login, boolean readOnly, CallOptions options) throws TokenException;

    /**
     * Tells a listener what happens to this token's objects from now on.
     *
     * @param listener hears of changes made in this process before the call that made them returns, of others within
     *     {@link #changeDelay()}
     * @return its place in the feed
     * @throws TokenException if the token cannot tell of changes
     */
    ChangeSubscription changes(ChangeListener listener) throws TokenException;

    /** {@return the worst delay after which a change that another process made is heard of} */
    Duration changeDelay();
}
