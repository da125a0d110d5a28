package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.symbolon.MechanismType;
import org.symbolon.TokenModule;
import org.symbolon.tests.SoftTokens;

/** The contracts try what a token offers; this says what the soft token has to offer at least. */
class SoftMechanismsTest {
    @Test
    void mechanisms_ofASoftToken_areAtLeastThese() throws Exception {
        try (TokenModule module = SoftTokens.inMemory()) {
            Set<String> offered = SoftTokens.make(module, "Mechanisms").mechanisms().keySet().stream()
                    .map(MechanismType::name)
                    .collect(Collectors.toSet());

            assertThat(offered)
                    .contains(
                            "CKM_RSA_PKCS_KEY_PAIR_GEN",
                            "CKM_RSA_PKCS",
                            "CKM_SHA256_RSA_PKCS",
                            "CKM_SHA384_RSA_PKCS",
                            "CKM_SHA512_RSA_PKCS",
                            "CKM_RSA_PKCS_PSS",
                            "CKM_SHA256_RSA_PKCS_PSS",
                            "CKM_SHA384_RSA_PKCS_PSS",
                            "CKM_SHA512_RSA_PKCS_PSS")
                    .contains("CKM_EC_KEY_PAIR_GEN", "CKM_ECDSA", "CKM_ECDSA_SHA256", "CKM_ECDSA_SHA384")
                    .contains("CKM_ECDSA_SHA512", "CKM_EC_EDWARDS_KEY_PAIR_GEN", "CKM_EDDSA")
                    .contains("CKM_AES_KEY_GEN", "CKM_AES_GCM", "CKM_AES_CBC", "CKM_AES_CBC_PAD")
                    .contains("CKM_GENERIC_SECRET_KEY_GEN", "CKM_SHA256_HMAC", "CKM_SHA384_HMAC", "CKM_SHA512_HMAC")
                    .contains("CKM_SHA224", "CKM_SHA256", "CKM_SHA384", "CKM_SHA512");
        }
    }
}
