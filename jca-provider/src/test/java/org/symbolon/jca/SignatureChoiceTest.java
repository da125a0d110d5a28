package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.key.TokenPrivateKey;

/** Which mechanism signs with which key, and which does not. */
class SignatureChoiceTest extends SignatureFixture {
    @ParameterizedTest
    @CsvSource(textBlock = """
        SHA256withRSA,        CKM_RSA_PKCS,     RSA
        SHA256withECDSA,      CKM_ECDSA,        P-256
        RSASSA-PSS,           CKM_RSA_PKCS_PSS, RSA
        """)
    void sign_whereTheTokenMustHash_givesItTheMessage(String algorithm, String withheld, String kind)
            throws GeneralSecurityException {
        token.withhold(withheld);
        provider = SymbolonProvider.of(session);
        byte[] message = new byte[100_000];
        Signature signature = signer(algorithm, key(kind));
        signature.update(message);
        assertThat(verifies(algorithm, kind, message, signature.sign())).isTrue();
    }

    @Test
    void services_ofATokenThatCannot_areNotThere() throws GeneralSecurityException {
        token.withhold("CKM_EDDSA", "CKM_EC_EDWARDS_KEY_PAIR_GEN", "CKM_ECDSA", "CKM_ECDSA_SHA1");
        SymbolonProvider limited = SymbolonProvider.of(session);
        assertThat(limited.getService("Signature", "Ed25519")).isNull();
        assertThat(limited.getService("Signature", "SHA1withECDSA")).isNull();
        assertThat(limited.getService("Signature", "NONEwithECDSA")).isNull();
        assertThat(limited.getService("KeyPairGenerator", "Ed25519")).isNull();
        assertThat(limited.getService("Signature", "SHA256withECDSA")).isNotNull();
        assertThat(provider.getService("Signature", "Ed25519")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256withRSA", "RSASSA-PSS", "SHA256withRSAandMGF1", "SHA256withECDSA", "Ed448"})
    void initSign_withAKeyOfAnotherType_isRefused(String algorithm) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm, provider);
        assertThatThrownBy(() -> signature.initSign(key("Ed25519")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("cannot sign with");
    }

    @Test
    void initSign_withAKeyOfAnotherToken_isRefused() throws GeneralSecurityException {
        FakeToken other = new FakeToken("Other");
        TokenPrivateKey foreign = TestKeys.put(other, other.openAsUser(), "P-256");
        Signature signature = Signature.getInstance("SHA256withECDSA", provider);
        assertThatThrownBy(() -> signature.initSign(foreign))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("is not in the token of Symbolon-Team");
    }

    @Test
    void noneWithRsa_longerThanItsPadding_isRefused() throws GeneralSecurityException {
        Signature signature = signer("NONEwithRSA", key("RSA"));
        signature.update(new byte[245]);
        assertThat(verifies("NONEwithRSA", "RSA", new byte[245], signature.sign()))
                .isTrue();
        assertThatThrownBy(() -> signature.update(new byte[246]))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("at most 245 bytes");
        signature.update(MESSAGE);
        assertThat(verifies("NONEwithRSA", "RSA", MESSAGE, signature.sign())).isTrue();
    }

    @Test
    void noneWithEcdsa_longerThanTheOrder_usesTheLeftmostBits() throws GeneralSecurityException {
        byte[] digest = new byte[64];
        Arrays.fill(digest, (byte) 7);
        Signature signature = signer("NONEwithECDSA", key("P-256"));
        signature.update(digest);
        assertThat(verifies("NONEwithECDSA", "P-256", digest, signature.sign())).isTrue();
    }

    @Test
    void services_ofEveryName_makeEngines() throws GeneralSecurityException {
        int made = 0;
        for (Provider.Service service : provider.getServices()) {
            assertThat(service.newInstance(null)).isNotNull();
            made++;
        }
        assertThat(made).isGreaterThan(35);
    }
}
