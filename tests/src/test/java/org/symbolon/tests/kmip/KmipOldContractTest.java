package org.symbolon.tests.kmip;

import java.util.HashMap;
import java.util.Map;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** A token over KMIP 1.2 with its keys on the server, and labels that are Names, of which no two objects have the same. */
class KmipOldContractTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        return new OnTokenFixture(Map.of("poll", "500ms", "version", "1.2", "labels", "name")) {
            @Override
            public Map<String, String> exclusions() {
                Map<String, String> all = new HashMap<>(super.exclusions());
                all.putAll(KmipExclusions.OF_OLD_SERVERS);
                return all;
            }
        };
    }
}
