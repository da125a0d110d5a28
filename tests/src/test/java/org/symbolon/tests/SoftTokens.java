package org.symbolon.tests;

import java.nio.file.Path;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/** Soft tokens for tests of what uses tokens, with the least work for each PIN that is allowed. */
public final class SoftTokens {
    /** The user's PIN. */
    public static final Pin PIN = Pin.of("user pin of the tests".toCharArray());

    private static final Pin SO_PIN = Pin.of("so pin of the tests".toCharArray());

    private SoftTokens() {}

    /** Opens a module in memory. */
    public static TokenModule inMemory() throws TokenException {
        return SoftModule.builder().memory().kdf(KdfParameters.floor()).open();
    }

    /** Opens the module of a database. */
    public static TokenModule inDatabase(Path file) throws TokenException {
        return SoftModule.builder().sqlite(file).kdf(KdfParameters.floor()).open();
    }

    /** Makes a token with a user's PIN. */
    public static Token make(TokenModule module, String label) throws TokenException {
        Token token = module.emptySlot().initialize(label, SO_PIN);
        try (Session officer = token.open(Login.securityOfficer(SO_PIN))) {
            officer.initPin(PIN);
        }
        return token;
    }

    /** Makes a token and logs its user in. */
    public static Session newSession(TokenModule module, String label) throws TokenException {
        return make(module, label).open(Login.user(PIN));
    }
}
