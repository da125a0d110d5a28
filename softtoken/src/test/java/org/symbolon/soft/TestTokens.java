package org.symbolon.soft;

import java.nio.file.Path;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/** Tokens for tests, with key derivation at its floor. */
final class TestTokens {
    static final String LABEL = "Team";

    private TestTokens() {}

    static Pin soPin() {
        return Pin.of("officer-pin".toCharArray());
    }

    static Pin userPin() {
        return Pin.of("user-pin".toCharArray());
    }

    static Pin wrongPin() {
        return Pin.of("wrong-pin".toCharArray());
    }

    static SoftModule.Builder builder() {
        return SoftModule.builder().kdf(KdfParameters.floor());
    }

    static TokenModule open(Path database) throws TokenException {
        return builder().sqlite(database).open();
    }

    /** Makes a token whose user has a PIN. */
    static Token create(TokenModule module) throws TokenException {
        Token token = module.emptySlot().initialize(LABEL, soPin());
        try (Session officer = token.open(Login.securityOfficer(soPin()))) {
            officer.initPin(userPin());
        }
        return token;
    }

    /** Makes a token whose security officer cannot decrypt, and whose user has a PIN that no officer knows. */
    static Token createSigned(TokenModule module) throws TokenException {
        Token token = module.emptySlot().initialize(LABEL, soPin());
        Pin first = Pin.of("of-the-officer".toCharArray());
        try (Session officer = token.open(Login.securityOfficer(soPin()))) {
            officer.initPin(first);
        }
        try (Session user = token.open(Login.none())) {
            user.setPin(first, userPin());
        }
        return token;
    }

    static Session login(TokenModule module) throws TokenException {
        return module.token(LABEL).open(Login.user(userPin()));
    }
}
