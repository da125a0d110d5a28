package org.symbolon.examples;

import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.OpenToken;

/**
 * A fresh token in memory, logged in to. A real program has its tokens in a file instead and writes
 * {@code Configuration.find().token("team").open()}.
 */
public final class MemoryToken {
    private MemoryToken() {}

    /**
     * Makes the token.
     *
     * @return its user's session, to be closed
     * @throws TokenException never, with memory enough
     */
    public static OpenToken open() throws TokenException {
        TokenModule module = TokenModule.open("soft:memory");
        try (Pin officer = Pin.of("so-secret".toCharArray());
                Pin user = Pin.of("secret".toCharArray())) {
            Token token = module.emptySlot().initialize("Team", officer);
            try (Session session = token.open(Login.securityOfficer(officer))) {
                session.initPin(user);
            }
            return new OpenToken(module, token.open(Login.user(user)));
        }
    }
}
