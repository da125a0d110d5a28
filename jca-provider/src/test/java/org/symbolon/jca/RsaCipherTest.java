package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Template;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.key.TokenSecretKey;

/** RSA with private keys of a real token, against the JDK's and Bouncy Castle's public half. */
class RsaCipherTest {
    private static final byte[] MESSAGE = SoftTokenFixture.bytes(30);
    private static SoftTokenFixture token;
    private static KeyPair keys;

    @BeforeAll
    static void open() throws Exception {
        token = new SoftTokenFixture();
        keys = token.pair("RSA", null);
    }

    @AfterAll
    static void close() {
        token.close();
    }

    @Test
    void oaepParameters_withoutThemInTheNextInit_areThoseOfTheName() throws Exception {
        String transformation = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";
        Cipher encrypting = Cipher.getInstance(transformation, "SunJCE");
        encrypting.init(Cipher.ENCRYPT_MODE, keys.getPublic());
        byte[] encrypted = encrypting.doFinal(MESSAGE);
        Cipher decrypting = Cipher.getInstance(transformation, token.provider());
        OAEPParameterSpec once =
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        decrypting.init(Cipher.DECRYPT_MODE, keys.getPrivate(), once);
        decrypting.init(Cipher.DECRYPT_MODE, keys.getPrivate());
        assertThat(decrypting.doFinal(encrypted)).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RSA",
                "RSA/ECB/PKCS1Padding",
                "RSA/ECB/OAEPPadding",
                "RSA/ECB/OAEPWithSHA1AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-384AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-512AndMGF1Padding",
                "RSA/ECB/OAEPWithSHA-512/256AndMGF1Padding",
                "RSA/ECB/OAEPWithMD5AndMGF1Padding"
            })
    void decryption_ofWhatTheJdkEncrypted_byTheKeyAlone(String transformation) throws Exception {
        Cipher encrypting = Cipher.getInstance(transformation);
        encrypting.init(Cipher.ENCRYPT_MODE, keys.getPublic());
        Cipher decrypting = Cipher.getInstance(transformation);
        decrypting.init(Cipher.DECRYPT_MODE, keys.getPrivate());
        assertThat(encrypting.getProvider()).isNotSameAs(token.provider());
        assertThat(decrypting.getProvider()).isSameAs(token.provider());
        for (int length : new int[] {0, 1, 30}) {
            byte[] message = Arrays.copyOf(MESSAGE, length);
            byte[] encrypted = encrypting.doFinal(message);
            assertThat(decrypting.doFinal(encrypted)).isEqualTo(message);
            assertThat(decrypting.update(encrypted, 0, 100)).isNullOrEmpty();
            byte[] out = new byte[256];
            assertThat(decrypting.doFinal(encrypted, 100, 156, out, 0)).isEqualTo(length);
            assertThat(Arrays.copyOf(out, length)).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SHA-1,SHA-1,''",
        "SHA-256,SHA-256,label",
        "SHA-512,SHA-1,label",
        "SHA-256,SHA-384,''",
        "SHA-512/224,SHA-512/256,label",
        "SHA3-256,SHA3-256,''"
    })
    void oaep_withParameters_ofEveryCombination(String hash, String mgf, String label) throws Exception {
        OAEPParameterSpec spec = new OAEPParameterSpec(
                hash,
                "MGF1",
                new MGF1ParameterSpec(mgf),
                new PSource.PSpecified(label.getBytes(StandardCharsets.US_ASCII)));
        Cipher encrypting = hash.contains("/") // which only the JDK has
                ? Cipher.getInstance("RSA/ECB/OAEPPadding", "SunJCE")
                : Cipher.getInstance("RSA/ECB/OAEPPadding", new BouncyCastleProvider());
        encrypting.init(Cipher.ENCRYPT_MODE, keys.getPublic(), spec);
        byte[] encrypted = encrypting.doFinal(MESSAGE);
        Cipher decrypting = Cipher.getInstance("RSA/ECB/OAEPPadding");
        decrypting.init(Cipher.DECRYPT_MODE, keys.getPrivate(), spec);
        assertThat(decrypting.doFinal(encrypted)).isEqualTo(MESSAGE);
        assertThat(decrypting
                        .getParameters()
                        .getParameterSpec(OAEPParameterSpec.class)
                        .getDigestAlgorithm())
                .isEqualTo(hash);
        decrypting.init(Cipher.DECRYPT_MODE, keys.getPrivate(), decrypting.getParameters());
        assertThat(decrypting.doFinal(encrypted)).isEqualTo(MESSAGE);
        encrypted[9] ^= 1;
        assertThatThrownBy(() -> decrypting.doFinal(encrypted))
                .isInstanceOf(BadPaddingException.class)
                .hasMessage("Decryption error");
    }

    @Test
    void oaepWithAHashInItsName_keepsSha1InTheMask_asTheJdk() throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding", token.provider());
        cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
        OAEPParameterSpec spec = cipher.getParameters().getParameterSpec(OAEPParameterSpec.class);
        assertThat(spec.getDigestAlgorithm()).isEqualTo("SHA-256");
        assertThat(((MGF1ParameterSpec) spec.getMGFParameters()).getDigestAlgorithm())
                .isEqualTo("SHA-1");
        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate(), OAEPParameterSpec.DEFAULT))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    @Test
    void publicKeys_withOurProviderNamed_areDelegated() throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", token.provider());
        cipher.init(Cipher.ENCRYPT_MODE, keys.getPublic());
        assertThat(cipher.getOutputSize(1)).isEqualTo(256);
        byte[] encrypted = cipher.doFinal(MESSAGE);
        cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
        assertThat(cipher.doFinal(encrypted)).isEqualTo(MESSAGE);
        assertThat(cipher.doFinal(encrypted)).as("again").isEqualTo(MESSAGE);
        Signature signature = Signature.getInstance("NONEwithRSA");
        signature.initSign(keys.getPrivate());
        signature.update(MESSAGE);
        cipher.init(Cipher.DECRYPT_MODE, keys.getPublic());
        assertThat(cipher.doFinal(signature.sign())).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA/ECB/PKCS1Padding", "RSA/ECB/NoPadding"})
    void encryption_withThePrivateKey_isARawSignature(String transformation) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.ENCRYPT_MODE, keys.getPrivate());
        assertThat(cipher.getProvider()).isSameAs(token.provider());
        byte[] signed = cipher.doFinal(MESSAGE);
        Cipher back = Cipher.getInstance(transformation, "SunJCE");
        back.init(Cipher.DECRYPT_MODE, keys.getPublic());
        assertThat(back.doFinal(signed)).endsWith(MESSAGE);
        assertThatThrownBy(() -> cipher.doFinal(new byte[257])).isInstanceOf(IllegalBlockSizeException.class);
        assertThatThrownBy(() -> cipher.doFinal(MESSAGE, 0, 30, new byte[255], 0))
                .isInstanceOf(ShortBufferException.class);
        byte[] max = new byte[256];
        Arrays.fill(max, (byte) 0xFF);
        if (transformation.endsWith("NoPadding")) {
            assertThatThrownBy(() -> cipher.doFinal(max)).isInstanceOf(BadPaddingException.class);
        } else {
            assertThatThrownBy(() -> cipher.doFinal(new byte[246])).isInstanceOf(IllegalBlockSizeException.class);
        }
        assertThat(cipher.doFinal(MESSAGE)).as("after the errors").isEqualTo(signed);
    }

    @Test
    void noPadding_decrypts() throws Exception {
        Cipher encrypting = Cipher.getInstance("RSA/ECB/NoPadding", "SunJCE");
        encrypting.init(Cipher.ENCRYPT_MODE, keys.getPublic());
        Cipher decrypting = Cipher.getInstance("RSA/ECB/NoPadding");
        decrypting.init(Cipher.DECRYPT_MODE, keys.getPrivate());
        assertThat(decrypting.doFinal(encrypting.doFinal(MESSAGE))).hasSize(256).endsWith(MESSAGE);
    }

    @Test
    void badPadding_hasOneAnswer() throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
        assertThatThrownBy(() -> cipher.doFinal(new byte[256]))
                .isInstanceOf(BadPaddingException.class)
                .hasMessage("Decryption error");
        assertThatThrownBy(() -> cipher.doFinal(new byte[257])).isInstanceOf(IllegalBlockSizeException.class);
        assertThatThrownBy(() -> Cipher.getInstance("RSA/ECB/PKCS1Padding", token.provider())
                        .doFinal(MESSAGE))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void unwrap_byDefault_givesAKeyForSoftware() throws Exception {
        SecretKey content = SoftTokenFixture.soft("AES", SoftTokenFixture.bytes(32));
        for (String transformation : new String[] {"RSA/ECB/PKCS1Padding", "RSA/ECB/OAEPPadding"}) {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(Cipher.WRAP_MODE, keys.getPublic());
            byte[] wrapped = cipher.wrap(content);
            Cipher unwrapping = Cipher.getInstance(transformation);
            unwrapping.init(Cipher.UNWRAP_MODE, keys.getPrivate());
            assertThat(unwrapping.unwrap(wrapped, "AES", Cipher.SECRET_KEY)).isEqualTo(content);
            wrapped[0] ^= 1;
            assertThatThrownBy(() -> unwrapping.unwrap(wrapped, "AES", Cipher.SECRET_KEY))
                    .isInstanceOf(InvalidKeyException.class);
        }
    }

    @Test
    void unwrap_withParametersOfSomebodyElse_isAnInvalidKey() throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", token.provider());
        assertThatThrownBy(() -> cipher.init(Cipher.UNWRAP_MODE, keys.getPrivate(), new IvParameterSpec(new byte[16])))
                .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate(), new IvParameterSpec(new byte[16])))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    @Test
    void keyThatUnwrapsOnly_leavesOrShowsTheKeyAsIsAsked() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", token.provider());
        generator.initialize(
                TokenKeyGenParameterSpec.of(Template.empty()).bits(2048).privateKey(Attribute.UNWRAP, true));
        KeyPair pair = generator.generateKeyPair();
        SecretKey content = SoftTokenFixture.soft("AES", SoftTokenFixture.bytes(16));
        Cipher wrapping = Cipher.getInstance("RSA/ECB/OAEPPadding");
        wrapping.init(Cipher.WRAP_MODE, pair.getPublic());
        byte[] wrapped = wrapping.wrap(content);
        Cipher unwrapping = Cipher.getInstance("RSA/ECB/OAEPPadding");
        unwrapping.init(Cipher.UNWRAP_MODE, pair.getPrivate());
        assertThat(unwrapping.unwrap(wrapped, "AES", Cipher.SECRET_KEY)).isEqualTo(content);
        unwrapping.init(Cipher.UNWRAP_MODE, pair.getPrivate(), TokenUnwrapParameterSpec.of(Template.label("content")));
        TokenSecretKey opaque = (TokenSecretKey) unwrapping.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
        assertThat(opaque.getEncoded()).isNull();
        assertThat(opaque.object().label()).isEqualTo("content");

        TokenSecretKey extractable = token.imported(
                "AES",
                content.getEncoded(),
                Template.of(Attribute.EXTRACTABLE, true).with(Attribute.ENCRYPT, true));
        Cipher named = Cipher.getInstance("RSA/ECB/OAEPPadding", token.provider());
        named.init(Cipher.WRAP_MODE, pair.getPublic());
        byte[] wrappedOnToken = named.wrap(extractable);
        unwrapping.init(Cipher.UNWRAP_MODE, pair.getPrivate());
        assertThat(unwrapping.unwrap(wrappedOnToken, "AES", Cipher.SECRET_KEY)).isEqualTo(content);
    }

    @Test
    void cms_ofBouncyCastle_decryptsWithAndWithoutTheProviderNamed() throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(new byte[] {1}, keys.getPublic()));
        byte[] message = generator
                .generate(
                        new CMSProcessableByteArray(MESSAGE),
                        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build())
                .getEncoded();
        for (boolean named : new boolean[] {false, true}) {
            RecipientInformation recipient =
                    new CMSEnvelopedData(message).getRecipientInfos().iterator().next();
            JceKeyTransEnvelopedRecipient opener = new JceKeyTransEnvelopedRecipient(keys.getPrivate());
            if (named) {
                opener.setProvider(token.provider()).setContentProvider("SunJCE");
            }
            assertThat(recipient.getContent(opener)).isEqualTo(MESSAGE);
        }
    }

    @Test
    void keyOfAnotherKind_isRefusedInInit() throws Exception {
        PrivateKey ec = token.ec("secp256r1").getPrivate();
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", token.provider());
        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, ec)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() ->
                        cipher.init(Cipher.DECRYPT_MODE, TestKeys.pair("RSA").getPrivate()))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("keys of its token only");
        TokenPrivateKey own = (TokenPrivateKey) keys.getPrivate();
        Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding", token.provider());
        assertThatThrownBy(() -> oaep.init(Cipher.ENCRYPT_MODE, own)).isInstanceOf(InvalidKeyException.class);
        assertThat(Security.getProviders()).endsWith(token.provider());
    }
}
