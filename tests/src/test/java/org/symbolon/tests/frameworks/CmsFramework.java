package org.symbolon.tests.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Bouncy Castle's CMS: signed and enveloped data. */
final class CmsFramework implements Framework {
    private static final String SIGNED = "signed";
    private static final String ENVELOPED = "enveloped";
    private static final byte[] CONTENT = {1, 2, 3};

    @Override
    public String title() {
        return "Bouncy Castle CMS";
    }

    @Override
    public List<String> ways(KeyKind kind) {
        return kind == KeyKind.RSA ? List.of(SIGNED, ENVELOPED) : List.of(SIGNED);
    }

    @Override
    public void use(HeldKey key, String way) throws Exception {
        if (way.equals(SIGNED)) {
            sign(key);
        } else {
            decrypt(key);
        }
    }

    private static void sign(HeldKey key) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSimpleSignerInfoGeneratorBuilder()
                .build(algorithm(key.kind()), key.privateKey(), key.certificate()));
        generator.addCertificate(new JcaX509CertificateHolder(key.certificate()));
        CMSSignedData signed = generator.generate(new CMSProcessableByteArray(CONTENT), true);
        for (SignerInformation signer : new CMSSignedData(signed.getEncoded()).getSignerInfos()) {
            assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(key.certificate())))
                    .isTrue();
        }
    }

    private static String algorithm(KeyKind kind) {
        return switch (kind) {
            case RSA -> "SHA256withRSA";
            case PSS -> "SHA256withRSAandMGF1";
            case P256 -> "SHA256withECDSA";
            case P384 -> "SHA384withECDSA";
            case ED25519 -> "Ed25519";
        };
    }

    private static void decrypt(HeldKey key) throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(key.certificate()));
        CMSEnvelopedData enveloped = generator.generate(
                new CMSProcessableByteArray(CONTENT),
                new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC).build());
        for (RecipientInformation recipient : new CMSEnvelopedData(enveloped.getEncoded()).getRecipientInfos()) {
            assertThat(recipient.getContent(new JceKeyTransEnvelopedRecipient(key.privateKey())))
                    .isEqualTo(CONTENT);
        }
    }
}
