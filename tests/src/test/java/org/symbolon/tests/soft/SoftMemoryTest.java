package org.symbolon.tests.soft;

import java.util.UUID;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.soft.KdfParameters;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** The soft token in memory. */
class SoftMemoryTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        return new Memory("soft:memory:" + UUID.randomUUID());
    }

    private record Memory(String uri) implements TokenFixture {
        @Override
        public TokenModule open(ModuleOptions options) throws TokenException {
            return TokenModule.open(
                    uri,
                    options.withSetting("kdf", KdfParameters.floor().toString())
                            .withSetting("pin-tries", Integer.toString(pinTries())));
        }

        @Override
        public int pinTries() {
            return 3;
        }

        @Override
        public void close() {}
    }
}
