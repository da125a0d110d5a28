package org.symbolon.tests.kmip;

import java.util.Map;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** A token over KMIP 2.1, our server and a soft token in memory. */
class KmipContractTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        return new ServedKmip(Map.of("poll", "500ms"));
    }
}
