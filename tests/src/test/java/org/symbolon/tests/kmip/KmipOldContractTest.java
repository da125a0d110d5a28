package org.symbolon.tests.kmip;

import java.util.Map;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** A token over KMIP 1.2 with its keys on the server, and labels that are Names, of which no two objects have the same. */
class KmipOldContractTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        return new ServedKmip(Map.of("poll", "500ms", "version", "1.2", "labels", "name")) {
            @Override
            public Session open(Token token) throws TokenException {
                return super.open(token).decorated(OnTokenSession::new);
            }
        };
    }
}
