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
import org.symbolon.InvalidAttributeException;
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
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.config.OpenToken;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.TokenAuthorizedKeys;

/** The token that a demonstration runs on, logged in to, and what the demonstration leaves in it. */
final class DemoToken implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoToken.class);
    private static final String LABEL = "Demo";
    private static final int PIN_BYTES = 16;

    private final OpenToken open;
    private final String uri;
    private final List<TokenObject> made = new ArrayList<>();

    private DemoToken(OpenToken open, String uri) {
        this.open = open;
        this.uri = uri;
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
            return new DemoToken(new OpenToken(module, session), configured.uri());
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
        return empty ? make(configured) : new DemoToken(login.open(root, configured), configured.uri());
    }

    static Pin randomPin() {
        byte[] random = randomBytes();
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

    private static byte[] randomBytes() {
        byte[] random = new byte[PIN_BYTES];
        new SecureRandom().nextBytes(random);
        return random;
    }

    Session session() {
        return open.session();
    }

    String label() {
        return session().info().token().label();
    }

    /** Where its module is. */
    String uri() {
        return uri;
    }

    /** Returns the users' keys in it. KMIP objects have no CKA_ID that any tool could set: there a key is found by its user. */
    AuthorizedKeys users() {
        return TokenAuthorizedKeys.builder(session())
                .lookup(
                        uri.startsWith(LoginOptions.KMIP)
                                ? TokenAuthorizedKeys.Lookup.BY_LABEL
                                : TokenAuthorizedKeys.Lookup.BY_ID)
                .build();
    }

    private boolean isKmip() {
        return uri.startsWith(LoginOptions.KMIP);
    }

    /** Generates a key pair of the best kind for SSH that the token has. */
    KeyPairObject generateKeyPair(String label) throws TokenException {
        Template template = Template.label(label).onToken();
        Template named = isKmip() ? template : template.id(Bytes.of(randomBytes()));
        List<Mechanism> kinds = kinds();
        for (Mechanism kind : kinds.subList(0, isKmip() ? kinds.size() - 1 : 0)) {
            try {
                return generateKeyPair(kind, named);
            } catch (InvalidAttributeException | TokenOperationException | TokenProtocolException e) {
                LOG.debug("A KMIP server does not say which keys it makes, and makes none with {}", kind, e);
            }
        }
        return generateKeyPair(kinds.get(isKmip() ? kinds.size() - 1 : 0), named);
    }

    private KeyPairObject generateKeyPair(Mechanism kind, Template template) throws TokenException {
        KeyPairObject pair = session().generateKeyPair(kind, template);
        remember(pair.privateKey());
        remember(pair.publicKey());
        return pair;
    }

    /** Notes an object to be destroyed at the end. */
    void remember(TokenObject object) {
        made.add(object);
    }

    /** The kinds of keys that the token may have, the best first. */
    private List<Mechanism> kinds() throws TokenException {
        Map<MechanismType, MechanismInfo> offered = session().token().mechanisms();
        List<Mechanism> kinds = new ArrayList<>();
        if (signs(offered, Mechanism.EDDSA.type(), Mechanism.EC_EDWARDS_KEY_PAIR_GEN.type())) {
            kinds.add(Mechanism.keyPairGen(NamedCurve.ED25519));
        }
        if (signs(offered, Mechanism.ECDSA.type(), Mechanism.EC_KEY_PAIR_GEN.type())
                || signs(offered, Mechanism.ECDSA_SHA256.type(), Mechanism.EC_KEY_PAIR_GEN.type())) {
            kinds.add(Mechanism.keyPairGen(NamedCurve.P256));
        }
        kinds.add(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(3072));
        return kinds;
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
