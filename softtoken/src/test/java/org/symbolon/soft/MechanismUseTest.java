package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismSet;
import org.symbolon.MechanismType;
import org.symbolon.Template;
import org.symbolon.TokenPermissionException;

/** Which mechanism a key may be used with, and that every one that is offered works. */
class MechanismUseTest extends MechanismFixture {
    @Test
    void sign_withKeyOfOtherType_isInconsistent() {
        assertThatThrownBy(() -> session.sign(rsa.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasMessageContaining("CKR_KEY_TYPE_INCONSISTENT");
        assertThatThrownBy(() -> session.sign(rsa.publicKey(), Mechanism.SHA256_RSA_PKCS, MESSAGE))
                .hasMessageContaining("CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertThatThrownBy(() -> session.digest(Mechanism.ECDSA, MESSAGE))
                .isInstanceOf(MechanismNotSupportedException.class)
                .hasMessageContaining("CKR_MECHANISM_INVALID");
    }

    @Test
    void sign_mechanismNotAllowedByKey_isNotPermitted() throws Exception {
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                Template.empty(),
                Template.of(Attribute.ALLOWED_MECHANISMS, MechanismSet.of(Mechanism.ECDSA_SHA384.type())));

        session.sign(pair.privateKey(), Mechanism.ECDSA_SHA384, MESSAGE);
        assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .isInstanceOf(TokenPermissionException.class)
                .hasMessageContaining("CKA_ALLOWED_MECHANISMS");
    }

    @Test
    void sign_alwaysAuthenticateKey_wantsPinEachTime() throws Exception {
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                Template.empty(),
                Template.of(Attribute.ALWAYS_AUTHENTICATE, true));

        assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasMessageContaining("CKR_USER_NOT_LOGGED_IN");
        assertThatThrownBy(() -> session.authenticating(TestTokens.wrongPin())
                        .sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasMessageContaining("CKR_PIN_INCORRECT");
        assertThat(session.authenticating(TestTokens.userPin())
                        .sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasSize(64);
    }

    @Test
    void mechanisms_each_isServedForEachOfItsFunctions() throws Exception {
        Map<MechanismType, MechanismInfo> mechanisms = session.token().mechanisms();
        Map<KeyType, KeyObject> privateKeys = Map.of(
                KeyType.RSA,
                rsa.privateKey(),
                KeyType.EC,
                ec("P-256").privateKey(),
                KeyType.EC_EDWARDS,
                ed25519.privateKey());
        int served = 0;
        for (Map.Entry<MechanismType, MechanismInfo> entry : mechanisms.entrySet()) {
            KeyType type = org.symbolon.MechanismTable.row(entry.getKey())
                    .orElseThrow()
                    .keyType()
                    .orElse(null);
            if (entry.getValue().supports(MechanismFunction.SIGN) && privateKeys.containsKey(type)) {
                Mechanism mechanism = withParameters(entry.getKey());
                int length = mechanism.hash().isEmpty() ? 20 : MESSAGE.length;
                assertThat(session.sign(privateKeys.get(type), mechanism, Arrays.copyOf(MESSAGE, length)))
                        .as(entry.getKey().name())
                        .isNotEmpty();
                served++;
            }
        }
        assertThat(served).isGreaterThanOrEqualTo(20);
        assertThat(mechanisms.keySet()).contains(Mechanism.SHA512.type(), MechanismType.named("CKM_AES_GCM"));
        assertThatThrownBy(() -> session.wrapKey(
                        secret(KeyType.AES, new byte[16], Template.empty()),
                        Mechanism.AES_CBC.iv(Bytes.of(new byte[16])),
                        rsa.privateKey()))
                .hasMessageContaining("CKR_MECHANISM_INVALID");
    }

    private static Mechanism withParameters(MechanismType type) {
        if (!type.name().endsWith("_PSS")) {
            return Mechanism.of(type);
        }
        HashAlgorithm hash = Mechanism.of(type).hash().orElse(HashAlgorithm.SHA_1);
        return new Mechanism(type, new MechanismParameters.Pss(hash, hash, hash.digestBytes()));
    }
}
