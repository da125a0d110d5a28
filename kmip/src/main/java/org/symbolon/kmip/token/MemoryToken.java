package org.symbolon.kmip.token;

import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.symbolon.Login;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Status;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenOperationException;

/**
 * A soft token in memory: where session objects live, keys are used that may leave the server, and templates are tried out. Made when it
 * is first needed. Thread-safe.
 */
final class MemoryToken implements AutoCloseable {
    private static final int PIN_CHARS = 32;
    /** The weakest that there is: its PIN is random and never leaves this object. */
    private static final String KDF = "argon2id,m=19456,t=2,p=1";

    private final Pin pin = randomPin();
    private @Nullable TokenModule module;
    private @Nullable Token token;
    private @Nullable Session own;
    private boolean closed;

    private static Pin randomPin() {
        SecureRandom random = new SecureRandom();
        char[] chars = new char[PIN_CHARS];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ('a' + random.nextInt('z' - 'a' + 1));
        }
        return Pin.of(chars);
    }

    private synchronized Token token() throws TokenException {
        if (closed) {
            throw new IllegalStateException("the module was closed");
        }
        if (token == null) {
            module = openModule();
            Token made = module.emptySlot().initialize("memory", pin);
            try (Session officer = made.open(Login.securityOfficer(pin))) {
                officer.initPin(pin);
            }
            token = made;
        }
        return token;
    }

    private static TokenModule openModule() throws TokenException {
        String uri = "soft:memory:" + UUID.randomUUID();
        try {
            return TokenModule.open(uri, ModuleOptions.ofDefaults().withSetting("kdf", KDF));
        } catch (IllegalArgumentException e) {
            throw new TokenOperationException(
                    Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"),
                    "session objects and keys that are used here live in a soft token: put symbolon-softtoken on the"
                            + " path",
                    e);
        }
    }

    Map<MechanismType, MechanismInfo> mechanisms() throws TokenException {
        return token().mechanisms();
    }

    /** Opens a public session with session objects of its own. */
    Session open() throws TokenException {
        return token().open(Login.none());
    }

    /** Logs a session in. */
    Session logIn(Session session) throws TokenException {
        return session.login(Login.user(pin));
    }

    /** Returns the user's session for what nobody sees. */
    synchronized Session own() throws TokenException {
        if (own == null) {
            own = token().open(Login.user(pin));
        }
        return own;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (module != null) {
            module.close();
        }
        pin.close();
    }
}
