package org.symbolon.tests.remote.server;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.SoftModule;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.remote.SoftHsm;
import org.symbolon.tests.soft.PostgresqlCluster;

/** {@code ssh -I} with keys in each kind of token. */
class OpenSshClientTest {
    @Nested
    class InMemory extends OpenSshClientContract {
        @Override
        TokenModule open() throws TokenException {
            return SoftTokens.inMemory();
        }
    }

    @Nested
    class InPostgresql extends OpenSshClientContract {
        @Override
        TokenModule open() throws TokenException {
            return SoftModule.builder()
                    .postgresql(PostgresqlCluster.shared().newDatabase())
                    .kdf(KdfParameters.floor())
                    .open();
        }
    }

    /** SoftHSM behind our client behind our server. */
    @Nested
    class InSoftHsm extends OpenSshClientContract {
        private final SoftHsm softHsm = new SoftHsm();

        @Override
        TokenModule open() throws TokenException {
            return TokenModule.open(softHsm.execUri());
        }

        @AfterAll
        void remove() {
            softHsm.close();
        }
    }
}
