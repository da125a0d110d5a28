package org.symbolon.tests.loading;

import java.util.Objects;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;

/** A program that makes a token in memory, signs with it and says so, with the name of its module. */
public final class SignOnce {
    private SignOnce() {}

    public static void main(String[] args) throws Exception {
        try (TokenModule module = TokenModule.open("soft:memory");
                Pin pin = Pin.of("1234567890".toCharArray())) {
            Token token = module.emptySlot().initialize("Loaded", pin);
            try (Session officer = token.open(Login.securityOfficer(pin))) {
                officer.initPin(pin);
            }
            try (Session session = token.open(Login.user(pin))) {
                KeyPairObject pair =
                        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("k"));
                byte[] signature = session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[1]);
                boolean good = session.verify(pair.publicKey(), Mechanism.ECDSA_SHA256, new byte[1], signature);
                String home =
                        Objects.requireNonNullElse(TokenModule.class.getModule().getName(), "the class path");
                System.out.println(good ? "signed by a token from " + home : "not signed");
            }
        }
    }
}
