package org.symbolon.remote.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Slot;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;

/**
 * A fuzz target: a program that uses the tokens of a {@link FuzzedServer}. Whatever the server answers, what comes of it is a
 * result or a {@link TokenException} with a message.
 */
public final class ClientFuzz {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Set<Attribute<?>> WANTED = Set.of(
            Attribute.LABEL,
            Attribute.VALUE,
            Attribute.MODIFIABLE,
            Attribute.MODULUS_BITS,
            Attribute.START_DATE,
            Attribute.WRAP_TEMPLATE,
            Attribute.ALLOWED_MECHANISMS);

    private ClientFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        use(data);
    }

    /** Uses the tokens of a server and returns how far it came: the number of replies that it had. */
    static int use(byte[] data) {
        FuzzedServer server = new FuzzedServer(data);
        ClientSettings settings = ScriptedModule.settings(server, 1, Duration.ZERO);
        attempt(() -> {
            try (TokenModule module = TokenModule.of(RemoteModule.open(settings, TIMEOUT), options())) {
                for (Slot slot : module.slots()) {
                    Optional<Token> token = slot.token();
                    if (token.isPresent()) {
                        use(token.get());
                    }
                }
            }
        });
        return server.replies();
    }

    private static ModuleOptions options() {
        return ModuleOptions.ofDefaults().withTimeout(TIMEOUT);
    }

    private static void use(Token token) throws TokenException {
        attempt(token::mechanisms);
        try (Pin pin = Pin.of("1234".toCharArray());
                Session session = token.open(Login.user(pin))) {
            attempt(() -> {
                for (TokenObject object : session.findAll(ObjectQuery.all())) {
                    attempt(() -> session.getAttributes(object, WANTED));
                }
            });
            attempt(() -> session.random(16));
            attempt(() -> {
                KeyPairObject pair =
                        session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.P256), Template.label("key"));
                attempt(() -> session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, new byte[] {1, 2, 3}));
                session.destroy(pair.privateKey());
            });
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws TokenException;
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (TokenException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("no reason is given", e);
            }
        }
    }
}
