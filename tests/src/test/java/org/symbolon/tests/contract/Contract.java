package org.symbolon.tests.contract;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;

/** One concern of what every token does: a module, a token in it and a user's session, shared by the tests of a class. */
@ExtendWith(Exclusions.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Contract {
    static final Pin SO_PIN = Pin.of("so pin of the tests".toCharArray());
    static final Pin USER_PIN = Pin.of("user pin of the tests".toCharArray());
    static final Pin WRONG_PIN = Pin.of("not the pin".toCharArray());

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Supplier<? extends TokenFixture> fixtures;
    private @Nullable TokenFixture fixture;
    private @Nullable TokenModule module;
    private @Nullable Token token;
    private @Nullable Session session;

    Contract(Supplier<? extends TokenFixture> fixtures) {
        this.fixtures = fixtures;
    }

    @BeforeAll
    final void openToken() throws TokenException {
        fixture = fixtures.get();
        module = fixture.open(ModuleOptions.ofDefaults());
        token = newToken("Contract");
        session = user(token);
    }

    @AfterAll
    final void closeToken() {
        if (module != null) {
            module.close();
        }
        if (fixture != null) {
            fixture.close();
        }
    }

    final TokenFixture fixture() {
        return requireNonNull(fixture);
    }

    final TokenModule module() {
        return requireNonNull(module);
    }

    final Token token() {
        return requireNonNull(token);
    }

    /** The user's session on the token, shared by the tests of this class: not to be closed by one. */
    final Session session() {
        return requireNonNull(session);
    }

    /** A token with a user's PIN. */
    final Token newToken(String label) throws TokenException {
        return fixture().newToken(module(), label);
    }

    final Session user(Token token) throws TokenException {
        return fixture().open(token);
    }

    static Session publicSession(Token token) throws TokenException {
        return token.open(Login.none());
    }

    /** A text that no other test uses. */
    static String unique(String prefix) {
        return prefix + "-" + COUNT.incrementAndGet();
    }

    static KeyPairObject p256(Session session, Template common) throws TokenException {
        return session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), common);
    }

    static SecretKeyObject aes(Session session, Template template) throws TokenException {
        return session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), template);
    }
}
