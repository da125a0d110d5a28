package org.symbolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;

/** The keys of a token that may open a backup. */
class TokenRestoreCommandTest {
    private final @Nullable Provider bouncyCastle = Security.getProvider("BC");

    /** Bouncy Castle knows the odd curve, and other tests leave it in the list. */
    @BeforeEach
    void leaveTheJdkAlone() {
        Security.removeProvider("BC");
    }

    @AfterEach
    void putBouncyCastleBack() {
        if (bouncyCastle != null) {
            Security.addProvider(bouncyCastle);
        }
    }

    @Test
    void keysOf_aTokenWithAKeyThatTheJdkDoesNotKnow_passesThatOver() throws Exception {
        try (TokenModule module =
                        SoftModule.builder().memory().kdf(KdfParameters.floor()).open();
                Pin officer = Pin.of("so-secret".toCharArray());
                Pin user = Pin.of("123456".toCharArray())) {
            Token token = module.emptySlot().initialize("Safe", officer);
            try (Session administration = token.open(Login.securityOfficer(officer))) {
                administration.initPin(user);
            }
            try (Session session = token.open(Login.user(user))) {
                session.generateKeyPair(
                        Mechanism.keyPairGen(NamedCurve.BRAINPOOL_P256T1), Template.empty(), Template.label("odd"));
                KeyPairObject safe = session.generateKeyPair(
                        Mechanism.keyPairGen(NamedCurve.X25519),
                        Template.empty(),
                        Template.label("safe").with(Attribute.DERIVE, true));

                List<String> remarks = new ArrayList<>();
                List<KeyPair> keys = TokenRestoreCommand.keysOf(session, remarks::add);

                assertThat(keys).extracting(KeyPair::getPublic).containsExactly(PublicKeys.of(safe.publicKey()));
                assertThat(remarks).singleElement().asString().contains("passed over: ", "private key \"odd\"");
            }
        }
    }
}
