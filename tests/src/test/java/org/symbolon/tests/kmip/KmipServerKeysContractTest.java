package org.symbolon.tests.kmip;

import java.util.Map;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** A token over KMIP 2.1 whose keys are all on the server, those too that are session objects in the other tests. */
class KmipServerKeysContractTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        return new ServedKmip(Map.of("poll", "500ms")) {
            @Override
            public Session open(Token token) throws TokenException {
                return super.open(token).decorated(OnTokenSession::new);
            }
        };
    }
}
