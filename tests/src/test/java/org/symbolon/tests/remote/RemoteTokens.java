package org.symbolon.tests.remote;

import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/** Tokens on a SoftHSM, for tests of how they are reached. */
final class RemoteTokens {
    static final Pin PIN = Pin.of("user pin".toCharArray());
    static final Pin OTHER_PIN = Pin.of("another pin".toCharArray());
    private static final Pin SO_PIN = Pin.of("so pin of the tests".toCharArray());

    private RemoteTokens() {}

    /** Makes a token with a user's PIN. */
    static void make(SoftHsm softHsm, String label) throws TokenException {
        try (TokenModule module = TokenModule.open(softHsm.execUri())) {
            Token token = module.emptySlot().initialize(label, SO_PIN);
            try (Session officer = token.open(Login.securityOfficer(SO_PIN))) {
                officer.initPin(PIN);
            }
        }
    }

    /** Options for servers that take their time to start on a busy machine. */
    static ModuleOptions patient() {
        return ModuleOptions.ofDefaults()
                .withTimeout(java.time.Duration.ofSeconds(60))
                .withSetting("reconnect", "60s");
    }

    static Session logIn(TokenModule module, String label) throws TokenException {
        return module.token(label).open(Login.user(PIN));
    }
}
