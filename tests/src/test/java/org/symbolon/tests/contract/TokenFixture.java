package org.symbolon.tests.contract;

import java.util.Map;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/** A backend to try the contracts on, with storage of its own that starts out empty. */
public interface TokenFixture extends AutoCloseable {
    /**
     * Opens the module.
     *
     * @param options how
     * @return the module, closed by the caller
     * @throws TokenException if it cannot be opened
     */
    TokenModule open(ModuleOptions options) throws TokenException;

    /**
     * Makes a token with a user's PIN, or what this backend has instead.
     *
     * @param module a module that {@link #open} opened
     * @param label its label
     * @return the token
     * @throws TokenException if it cannot be made
     */
    default Token newToken(TokenModule module, String label) throws TokenException {
        Token made = module.emptySlot().initialize(label, Contract.SO_PIN);
        try (Session officer = made.open(Login.securityOfficer(Contract.SO_PIN))) {
            officer.initPin(Contract.USER_PIN);
        }
        return made;
    }

    /** Returns how a token's user logs in. */
    default Login user() {
        return Login.user(Contract.USER_PIN);
    }

    /**
     * Opens a session as a token's user.
     *
     * @param token the token
     * @return the session, closed by the caller
     * @throws TokenException if it cannot be opened
     */
    default Session open(Token token) throws TokenException {
        return token.open(user());
    }

    /** Returns after how many wrong PINs in a row the user is locked out: few, since the tests try. */
    int pinTries();

    /**
     * Returns the tests that this backend cannot pass, by method name, with the reason of each; for one of those that a
     * factory makes {@code method[name]}. They run all the same, and one that passes has to leave this list.
     */
    default Map<String, String> exclusions() {
        return Map.of();
    }

    /** Returns whether objects may be made and looked for at the same moment; if not, the threads of a test take turns. */
    default boolean changesAtOnce() {
        return true;
    }

    /** Removes the storage. */
    @Override
    void close();
}
