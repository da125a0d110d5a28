package org.symbolon.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Slot;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.config.OpenToken;
import org.symbolon.config.TokenConfiguration;

/** The token that a demonstration runs on, logged in to, and what the demonstration leaves in it. */
final class DemoToken implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoToken.class);
    private static final String LABEL = "Demo";
    private static final int PIN_BYTES = 16;

    private final OpenToken open;
    private final List<TokenObject> made = new ArrayList<>();

    private DemoToken(OpenToken open) {
        this.open = open;
    }

    /** Makes a token with random PINs in a module that has none. */
    static DemoToken make(TokenConfiguration configured) throws TokenException {
        TokenModule module = configured.openModule();
        Session session = null;
        try (Pin officer = randomPin();
                Pin user = randomPin()) {
            Slot slot = module.emptySlot();
            Token token = slot.initialize(LABEL, officer);
            try (Session officers = token.open(Login.securityOfficer(officer))) {
                officers.initPin(user);
            }
            session = token.open(Login.user(user));
            return new DemoToken(new OpenToken(module, session));
        } finally {
            if (session == null) {
                module.close();
            }
        }
    }

    /** Opens a token that is there; makes one if the module has none. */
    static DemoToken use(Symbolon root, TokenConfiguration configured, LoginOptions login)
            throws GeneralSecurityException, IOException, CommandFailure {
        boolean empty;
        try (TokenModule module = configured.openModule()) {
            empty = module.tokens().isEmpty();
        }
        return empty ? make(configured) : new DemoToken(login.open(root, configured));
    }

    private static Pin randomPin() {
        byte[] random = new byte[PIN_BYTES];
        new SecureRandom().nextBytes(random);
        byte[] hex = new byte[2 * PIN_BYTES];
        for (int i = 0; i < PIN_BYTES; i++) {
            hex[2 * i] = (byte) Character.forDigit((random[i] >> 4) & 0xf, 16);
            hex[2 * i + 1] = (byte) Character.forDigit(random[i] & 0xf, 16);
        }
        try {
            return Pin.ofUtf8(hex);
        } finally {
            Arrays.fill(random, (byte) 0);
            Arrays.fill(hex, (byte) 0);
        }
    }

    Session session() {
        return open.session();
    }

    String label() {
        return session().info().token().label();
    }

    /** Generates a key pair of the best kind for SSH that the token has. */
    KeyPairObject generateKeyPair(String label) throws TokenException {
        byte[] id = new byte[PIN_BYTES];
        new SecureRandom().nextBytes(id);
        Template template = Template.label(label).id(Bytes.of(id)).onToken();
        KeyPairObject pair = session().generateKeyPair(bestMechanism(), template);
        remember(pair.privateKey());
        remember(pair.publicKey());
        return pair;
    }

    /** Notes an object to be destroyed at the end. */
    void remember(TokenObject object) {
        made.add(object);
    }

    private Mechanism bestMechanism() throws TokenException {
        Map<MechanismType, MechanismInfo> offered = session().token().mechanisms();
        if (signs(offered, Mechanism.EDDSA.type(), Mechanism.EC_EDWARDS_KEY_PAIR_GEN.type())) {
            return Mechanism.keyPairGen(NamedCurve.ED25519);
        } else if (signs(offered, Mechanism.ECDSA.type(), Mechanism.EC_KEY_PAIR_GEN.type())
                || signs(offered, Mechanism.ECDSA_SHA256.type(), Mechanism.EC_KEY_PAIR_GEN.type())) {
            return Mechanism.keyPairGen(NamedCurve.P256);
        }
        return Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(3072);
    }

    private static boolean signs(
            Map<MechanismType, MechanismInfo> offered, MechanismType signature, MechanismType generation) {
        MechanismInfo signing = offered.get(signature);
        return signing != null && signing.supports(MechanismFunction.SIGN) && offered.containsKey(generation);
    }

    /** Destroys what the demonstration made, for the token may be somebody's real one, and closes it. */
    @Override
    public void close() {
        if (!session().isClosed()) {
            for (TokenObject object : made) {
                destroy(object);
            }
        }
        open.close();
    }

    private void destroy(TokenObject object) {
        try {
            session().destroy(object);
        } catch (ObjectNotFoundException e) {
            LOG.debug("It is gone already", e);
        } catch (TokenException e) {
            LOG.warn("The demonstration's {} stays behind: {}", object.describe(), e.getMessage());
        }
    }
}
