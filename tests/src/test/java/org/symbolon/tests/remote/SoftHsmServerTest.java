package org.symbolon.tests.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** SoftHSM 2 behind {@code p11-kit server}, over a unix socket. */
class SoftHsmServerTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        SoftHsm softHsm = new SoftHsm();
        try {
            return new Served(softHsm, new P11KitServer(softHsm, "p11.sock"));
        } catch (IOException e) {
            softHsm.close();
            throw new UncheckedIOException(e);
        }
    }

    private record Served(SoftHsm softHsm, P11KitServer server) implements TokenFixture {
        @Override
        public TokenModule open(ModuleOptions options) throws TokenException {
            return TokenModule.open(server.uri(), options);
        }

        @Override
        public int pinTries() {
            return 3;
        }

        @Override
        public Map<String, String> exclusions() {
            return SoftHsmExclusions.all();
        }

        @Override
        public boolean changesAtOnce() {
            return SoftHsmExclusions.CHANGES_AT_ONCE;
        }

        @Override
        public void close() {
            server.close();
            softHsm.close();
        }
    }
}
