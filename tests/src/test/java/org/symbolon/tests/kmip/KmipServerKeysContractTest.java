package org.symbolon.tests.kmip;

import java.util.Map;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** A token over KMIP 2.1 whose keys are all on the server, those too that are session objects in the other tests. */
class KmipServerKeysContractTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        return new OnTokenFixture(Map.of("poll", "500ms"));
    }
}
