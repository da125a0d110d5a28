package org.symbolon.jca;

import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.symbolon.Session;

/** A token of our own making, logged in to, and a provider over it. */
abstract class FakeTokenFixture {
    final FakeToken token = new FakeToken("Team");

    Session session;

    SymbolonProvider provider;

    @BeforeEach
    void open() throws GeneralSecurityException {
        session = token.openAsUser();
        provider = SymbolonProvider.of(session);
    }

    @AfterEach
    void close() {
        session.close();
    }
}
