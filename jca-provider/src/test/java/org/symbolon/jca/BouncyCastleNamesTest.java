package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.jcajce.spec.ContextParameterSpec;
import org.bouncycastle.jcajce.spec.UserKeyingMaterialSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.key.TokenSecretKey;

/** What Bouncy Castle has names and parameters for, and the JDK has not, with Bouncy Castle at the other end. */
class BouncyCastleNamesTest {
    private static final Provider BC = new BouncyCastleProvider();
    private static final byte[] SHARED = {1, 2, 3};
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

    private static SoftTokenFixture token;

    @BeforeAll
    static void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterAll
    static void close() {
        token.close();
    }

    private static byte[] encrypted(SecretKey key) throws Exception {
        javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("AES/ECB/PKCS5Padding");
        cipher.init(javax.crypto.Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "ECDHwithSHA1KDF, secp256r1",
        "ECDHwithSHA224KDF, secp256r1",
        "ECDHwithSHA256KDF, secp384r1",
        "ECDHwithSHA384KDF, secp521r1",
        "ECDHwithSHA512KDF, secp256r1",
        "1.3.132.1.11.1, secp256r1",
        "ECCDHwithSHA256KDF, secp256r1",
        "1.3.132.1.14.3, secp384r1",
        "1.3.133.16.840.63.0.2, secp256r1"
    })
    void agreement_withAKdf_makesTheKeyOfTheOtherSide(String name, String curve) throws Exception {
        KeyPair ours = token.ec(curve);
        KeyPair theirs = TestKeys.pair(
                switch (curve) {
                    case "secp256r1" -> "P-256";
                    case "secp384r1" -> "P-384";
                    default -> "P-521";
                });
        KeyAgreement own = KeyAgreement.getInstance(name, token.provider());
        own.init(ours.getPrivate(), new UserKeyingMaterialSpec(SHARED));
        own.doPhase(theirs.getPublic(), true);
        KeyAgreement other = KeyAgreement.getInstance(name, BC);
        other.init(theirs.getPrivate(), new UserKeyingMaterialSpec(SHARED));
        other.doPhase(ours.getPublic(), true);

        SecretKey key = own.generateSecret("AES[256]");

        assertThat(key).isInstanceOf(TokenSecretKey.class);
        assertThat(encrypted(key)).isEqualTo(encrypted(other.generateSecret("AES")));
    }

    @Test
    void agreement_withAKdf_wantsToKnowTheKey() throws Exception {
        KeyAgreement own = KeyAgreement.getInstance("ECDHwithSHA256KDF", token.provider());
        own.init(token.ec("secp256r1").getPrivate());
        own.doPhase(TestKeys.pair("P-256").getPublic(), true);
        assertThatThrownBy(own::generateSecret)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("generateSecret(\"AES[256]\")");
        KeyAgreement plain = KeyAgreement.getInstance("ECDH", token.provider());
        assertThatThrownBy(() -> plain.init(token.ec("secp256r1").getPrivate(), new UserKeyingMaterialSpec(SHARED)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    /** RFC 5753: the agreement's KDF, the key wrap and the shared information are all CMS's, and all of it runs on the token. */
    @ParameterizedTest
    @ValueSource(strings = {"1.3.132.1.11.1", "1.3.132.1.11.3", "1.3.132.1.14.1"})
    void cms_encryptedForAnEcKey_isDecryptedByTheToken(String scheme) throws Exception {
        KeyPair ours = token.ec("secp256r1");
        X509Certificate certificate =
                TestCertificates.issue("reader", ours.getPublic(), "authority", TestKeys.pair("RSA"));
        KeyPair sender = TestKeys.pair("P-256");
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(new JceKeyAgreeRecipientInfoGenerator(
                        new ASN1ObjectIdentifier(scheme),
                        sender.getPrivate(),
                        sender.getPublic(),
                        CMSAlgorithm.AES256_WRAP)
                .addRecipient(certificate)
                .setProvider(BC));
        CMSEnvelopedData data = generator.generate(
                new CMSProcessableByteArray(MESSAGE),
                new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC)
                        .setProvider(BC)
                        .build());

        Collection<RecipientInformation> recipients =
                new CMSEnvelopedData(data.getEncoded()).getRecipientInfos().getRecipients();
        JceKeyAgreeEnvelopedRecipient recipient = new JceKeyAgreeEnvelopedRecipient(ours.getPrivate());
        recipient
                .setProvider(token.provider())
                .setContentProvider(BC)
                .setPrivateKeyAlgorithmIdentifier(
                        SubjectPublicKeyInfo.getInstance(ours.getPublic().getEncoded())
                                .getAlgorithm());

        assertThat(recipients.iterator().next().getContent(recipient)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-DSA-44", "ML-DSA-65", "ML-DSA-87", "SLH-DSA-SHA2-128f"})
    void signature_withAContext_isGoodInThatContextOnly(String name) throws Exception {
        KeyPair pair = token.pair(name, null);
        Signature signing = Signature.getInstance(name, token.provider());
        signing.setParameter(new ContextParameterSpec(SHARED));
        signing.initSign(pair.getPrivate());
        signing.update(MESSAGE);
        byte[] signature = signing.sign();

        for (Provider provider : new Provider[] {BC, token.provider()}) {
            java.security.PublicKey key = java.security.KeyFactory.getInstance(name, BC)
                    .generatePublic(new java.security.spec.X509EncodedKeySpec(
                            pair.getPublic().getEncoded()));
            assertThat(verifies(name, provider, key, SHARED, signature)).isTrue();
            assertThat(verifies(name, provider, key, new byte[] {4}, signature)).isFalse();
            assertThat(verifies(name, provider, key, new byte[0], signature)).isFalse();
        }
    }

    private static boolean verifies(
            String name, Provider provider, java.security.PublicKey key, byte[] context, byte[] signature)
            throws Exception {
        Signature verifying = Signature.getInstance(name, provider);
        verifying.initVerify(key);
        verifying.setParameter(new ContextParameterSpec(context));
        verifying.update(MESSAGE);
        return verifying.verify(signature);
    }

    @Test
    void signature_withAContextTooLong_isRefused() throws Exception {
        Signature signing = Signature.getInstance("ML-DSA", token.provider());
        assertThatThrownBy(() -> signing.setParameter(new ContextParameterSpec(new byte[256])))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("0 to 255 bytes, not 256");
    }
}
