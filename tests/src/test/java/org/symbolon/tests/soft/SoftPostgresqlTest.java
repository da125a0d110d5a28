package org.symbolon.tests.soft;

import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.Postgresql;
import org.symbolon.soft.SoftModule;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** The soft token in a PostgreSQL database, of a real server. */
class SoftPostgresqlTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        return new Server(PostgresqlCluster.shared().newDatabase());
    }

    private record Server(Postgresql database) implements TokenFixture {
        @Override
        public TokenModule open(ModuleOptions options) throws TokenException {
            return SoftModule.builder()
                    .postgresql(database)
                    .kdf(KdfParameters.floor())
                    .pinTries(pinTries())
                    .options(options)
                    .open();
        }

        @Override
        public int pinTries() {
            return 3;
        }

        @Override
        public void close() {
            // The schema goes with the server.
        }
    }
}
