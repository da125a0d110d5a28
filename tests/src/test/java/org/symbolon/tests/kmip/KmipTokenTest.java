package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;

/** What a token over KMIP does beside the contracts. */
class KmipTokenTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @Test
    void pair_madeOnTheServer_signsThereAndVerifiesHere() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            KeyPairObject pair =
                    session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("deploy"));

            byte[] signature = session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE);

            assertThat(session.verify(pair.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                    .isTrue();
            assertThat(session.findAll(ObjectQuery.all().label("deploy")))
                    .extracting(TokenObject::objectClass)
                    .hasSize(2)
                    .doesNotHaveDuplicates();
            assertThat(session.findAll(ObjectQuery.privateKeys(), java.util.Set.of(Attribute.SENSITIVE)))
                    .singleElement()
                    .satisfies(key -> assertThat(key.attributes().isTrue(Attribute.SENSITIVE))
                            .isTrue());
            assertThat(served.behind().findAll(ObjectQuery.privateKeys())).hasSize(1);
        }
    }
}
