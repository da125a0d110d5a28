package org.symbolon.jca;

import java.nio.file.Path;
import java.util.Arrays;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/** Soft tokens with a user's PIN, made with the least work that a token allows. */
final class SoftTokens {
    static final String PIN_TEXT = "135790";

    private SoftTokens() {}

    static Pin pin() {
        return Pin.of(PIN_TEXT.toCharArray());
    }

    /** Makes a token in a module of one. */
    static Token initialize(TokenModule module, String label) throws TokenException {
        char[] text = PIN_TEXT.toCharArray();
        try (Pin soPin = Pin.of('0', '0', '0', '0', '0', '0');
                Pin userPin = Pin.of(text)) {
            Token token = module.emptySlot().initialize(label, soPin);
            try (Session officer = token.open(Login.securityOfficer(soPin))) {
                officer.initPin(userPin);
            }
            return token;
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    /** Makes a token in a database file. */
    static void initialize(Path database, String label) throws TokenException {
        try (TokenModule module =
                SoftModule.builder().sqlite(database).kdf(KdfParameters.floor()).open()) {
            initialize(module, label);
        }
    }
}
