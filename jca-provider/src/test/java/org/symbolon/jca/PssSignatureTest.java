package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.MechanismTable;
import org.symbolon.key.TokenPrivateKey;

/** RSASSA-PSS and its parameters. */
class PssSignatureTest extends SignatureFixture {
    @ParameterizedTest
    @ValueSource(ints = {1024, 1025, 1027, 2048})
    void pss_whereTheTokenHasRsaOnly_isPaddedHere(int modulusBits) throws GeneralSecurityException {
        for (MechanismTable.Row row : MechanismTable.rows()) {
            if (row.type().name().contains("PSS")) {
                token.withhold(row.type().name());
            }
        }
        provider = SymbolonProvider.of(session);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(modulusBits);
        KeyPair keys = generator.generateKeyPair();
        for (int i = 0; i < 20; i++) {
            Signature signature = signer("RSASSA-PSS", (TokenPrivateKey) keys.getPrivate());
            signature.update(MESSAGE);
            byte[] signed = signature.sign();
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(PSS);
            verifier.initVerify(keys.getPublic());
            verifier.update(MESSAGE);
            assertThat(verifier.verify(signed)).isTrue();
        }
    }

    @Test
    void pss_withoutParameters_refusesToSign() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", provider);
        assertThat(signature.getParameters()).isNull();
        signature.initSign(key("RSA"));
        assertThatThrownBy(() -> signature.update(MESSAGE))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("setParameter");
        assertThatThrownBy(signature::sign).isInstanceOf(SignatureException.class);
    }

    @Test
    void pss_parametersAfterInitSign_areUsed() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", provider);
        signature.initSign(key("RSA"));
        signature.setParameter(PSS);
        signature.update(MESSAGE);
        assertThat(verifies("RSASSA-PSS", "RSA", MESSAGE, signature.sign())).isTrue();
    }

    @Test
    void pss_parametersAfterUpdate_areRefused() throws GeneralSecurityException {
        Signature signature = signer("RSASSA-PSS", key("RSA"));
        signature.update(MESSAGE);
        assertThatThrownBy(() -> signature.setParameter(PSS)).isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThat(verifies("RSASSA-PSS", "RSA", MESSAGE, signature.sign())).isTrue();
        signature.setParameter(PSS);
    }

    @Test
    void pss_parametersThatNoTokenHas_areRefused() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS", provider);
        assertThatThrownBy(() -> signature.setParameter(
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 2)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("trailer field");
        assertThatThrownBy(() ->
                        signature.setParameter(new PSSParameterSpec("MD5", "MGF1", MGF1ParameterSpec.SHA256, 32, 1)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("MD5");
        assertThatThrownBy(() -> signature.setParameter(new EdDSAParameterSpec(false)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> signature.setParameter(null)).isInstanceOf(InvalidAlgorithmParameterException.class);
        signature.initSign(key("RSA"));
        assertThatThrownBy(() -> signature.setParameter(
                        new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 200, 1)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("too short");
    }

    @Test
    void pss_ofANameWithAHash_hasItsParametersFromTheStart() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA384withRSAandMGF1", provider);
        PSSParameterSpec spec = signature.getParameters().getParameterSpec(PSSParameterSpec.class);
        assertThat(spec.getDigestAlgorithm()).isEqualTo("SHA-384");
        assertThat(spec.getSaltLength()).isEqualTo(48);
        assertThatThrownBy(() -> signature.setParameter(PSS))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("SHA-384");
    }

    @Test
    void setParameter_whereThereAreNone_isRefused() throws GeneralSecurityException {
        Signature rsa = Signature.getInstance("SHA256withRSA", provider);
        assertThatThrownBy(() -> rsa.setParameter(PSS)).isInstanceOf(InvalidAlgorithmParameterException.class);
        Signature eddsa = Signature.getInstance("EdDSA", provider);
        eddsa.setParameter(new EdDSAParameterSpec(true));
        assertThatThrownBy(() -> eddsa.setParameter(PSS)).isInstanceOf(InvalidAlgorithmParameterException.class);
    }
}
