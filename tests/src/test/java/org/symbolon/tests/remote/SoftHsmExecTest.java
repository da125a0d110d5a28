package org.symbolon.tests.remote;

import java.util.Map;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** SoftHSM 2 behind {@code p11-kit remote}, started by ourselves. */
class SoftHsmExecTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        return new Exec(new SoftHsm());
    }

    private record Exec(SoftHsm softHsm) implements TokenFixture {
        @Override
        public TokenModule open(ModuleOptions options) throws TokenException {
            return TokenModule.open(softHsm.execUri(), options);
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
            softHsm.close();
        }
    }
}
