package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Template;
import org.symbolon.key.TokenSecretKey;

/** MACs, generators and factories of secret keys, hashes. */
class SecretKeyEnginesTest {
    private static final byte[] KEY = SoftTokenFixture.bytes(32);

    private SoftTokenFixture token;

    @BeforeEach
    void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterEach
    void close() {
        token.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HmacSHA1",
                "HmacSHA224",
                "HmacSHA256",
                "HmacSHA384",
                "HmacSHA512",
                "HmacSHA3-224",
                "HmacSHA3-256",
                "HmacSHA3-384",
                "HmacSHA3-512"
            })
    void hmac_ofEveryLength_isThatOfTheJdk(String algorithm) throws Exception {
        TokenSecretKey key = token.imported(algorithm, KEY);
        Mac theirs = Mac.getInstance(algorithm, "SunJCE");
        theirs.init(SoftTokenFixture.soft(algorithm, KEY));
        Mac ours = Mac.getInstance(algorithm);
        ours.init(key);
        assertThat(ours.getProvider()).isSameAs(token.provider());
        assertThat(ours.getMacLength()).isEqualTo(theirs.getMacLength());
        for (int length : new int[] {0, 1, 100, 65_536, 65_537, 200_000}) {
            byte[] data = SoftTokenFixture.bytes(length);
            byte[] expected = theirs.doFinal(data);
            assertThat(ours.doFinal(data)).isEqualTo(expected);
            ours.update(data, 0, length / 2);
            ours.update(ByteBuffer.wrap(data, length / 2, length - length / 2));
            assertThat(ours.doFinal()).isEqualTo(expected);
            ours.update(data);
            ours.reset();
            assertThat(ours.doFinal(data)).as("after reset").isEqualTo(expected);
        }
        assertThatThrownBy(ours::clone).isInstanceOf(CloneNotSupportedException.class);
    }

    @ParameterizedTest
    @CsvSource({"AESCMAC, AES, 32", "DESedeCMAC, DESede, 24"})
    void cmac_isThatOfBouncyCastle(String algorithm, String keyAlgorithm, int bytes) throws Exception {
        byte[] value = Arrays.copyOf(KEY, bytes);
        Mac theirs = Mac.getInstance(algorithm, new BouncyCastleProvider());
        theirs.init(SoftTokenFixture.soft(keyAlgorithm, value));
        Mac ours = Mac.getInstance(algorithm, token.provider());
        ours.init(token.imported(keyAlgorithm, value, Template.of(Attribute.SIGN, true)));
        assertThat(ours.doFinal(KEY)).isEqualTo(theirs.doFinal(KEY));
    }

    @Test
    void gmac_isThatOfBouncyCastle() throws Exception {
        IvParameterSpec iv = new IvParameterSpec(SoftTokenFixture.bytes(12));
        Mac theirs = Mac.getInstance("AES-GMAC", new BouncyCastleProvider());
        theirs.init(SoftTokenFixture.soft("AES", KEY), iv);
        Mac ours = Mac.getInstance("AES-GMAC", token.provider());
        TokenSecretKey key = token.imported("AES", KEY, Template.of(Attribute.SIGN, true));
        ours.init(key, iv);
        assertThat(ours.doFinal(KEY)).isEqualTo(theirs.doFinal(KEY));
        assertThatThrownBy(() -> ours.init(key, null)).isInstanceOf(InvalidAlgorithmParameterException.class);
    }

    @Test
    void gmac_sameIvTwice_isRefused() throws Exception {
        TokenSecretKey key = token.imported("AES", KEY, Template.of(Attribute.SIGN, true));
        IvParameterSpec iv = new IvParameterSpec(SoftTokenFixture.bytes(12));
        Mac mac = Mac.getInstance("AES-GMAC", token.provider());
        mac.init(key, iv);
        mac.init(key, iv); // it has authenticated nothing yet
        byte[] first = mac.doFinal(KEY);
        assertThatThrownBy(() -> mac.update(KEY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the IV was used");
        assertThatThrownBy(mac::doFinal).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> mac.init(key, iv))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("already");
        mac.init(key, new IvParameterSpec(new byte[12]));
        assertThat(mac.doFinal(KEY)).hasSameSizeAs(first).isNotEqualTo(first);
    }

    @Test
    void mac_wronglyUsed_saysSo() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256", token.provider());
        assertThatThrownBy(() -> mac.doFinal(KEY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> mac.init(token.imported("AES", KEY))).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> mac.init(token.imported("HmacSHA256", KEY), new IvParameterSpec(new byte[16])))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        Mac theirs = Mac.getInstance("HmacSHA256");
        theirs.init(SoftTokenFixture.soft("HmacSHA256", KEY));
        assertThat(theirs.getProvider()).isNotSameAs(token.provider());
    }

    @ParameterizedTest
    @CsvSource({"AES, 128", "AES, 192", "AES, 256", "DESede, 168", "ChaCha20, 256", "HmacSHA256, 256", "Generic, 1024"})
    void generatedKey_staysInTheToken(String algorithm, int bits) throws Exception {
        SecretKey key = token.generated(algorithm, bits);
        assertThat(key.getAlgorithm()).isEqualTo(algorithm);
        assertThat(key.getEncoded()).isNull();
        assertThat(key.getFormat()).isNull();
        TokenSecretKey own = (TokenSecretKey) key;
        assertThat(own.object().attributes().isTrue(Attribute.TOKEN)).isFalse();
        assertThat(own.object().attributes().isTrue(Attribute.SENSITIVE)).isTrue();
        assertThatThrownBy(() ->
                        SecretKeyFactory.getInstance("AES", token.provider()).getKeySpec(key, SecretKeySpec.class))
                .isInstanceOf(InvalidKeySpecException.class)
                .hasMessageContaining("does not leave its token");
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(key))
                .isInstanceOf(NotSerializableException.class);
        key.destroy();
        assertThat(key.isDestroyed()).isTrue();
        assertThatThrownBy(own::session).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keyGenerator_withASpec_makesATokenObject() throws Exception {
        KeyGenerator generator = KeyGenerator.getInstance("AES", token.provider());
        generator.init(TokenKeyGenParameterSpec.label("backup").bits(128));
        TokenSecretKey key = (TokenSecretKey) generator.generateKey();
        assertThat(key.object().label()).isEqualTo("backup");
        assertThat(key.object().attributes().isTrue(Attribute.TOKEN)).isTrue();
        assertThat(key.object().attributes().get(Attribute.VALUE_LEN)).isEqualTo(16);
        assertThatThrownBy(() -> generator.init(100)).isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> generator.init(new IvParameterSpec(KEY)))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThat(KeyGenerator.getInstance("AES").getProvider()).isNotSameAs(token.provider());
    }

    @Test
    void factory_importsAndShows() throws Exception {
        SecretKeyFactory factory = SecretKeyFactory.getInstance("AES", token.provider());
        SecretKey key = factory.generateSecret(SoftTokenFixture.soft("AES", KEY));
        assertThat(key).isInstanceOf(TokenSecretKey.class);
        assertThat(factory.getKeySpec(key, SecretKeySpec.class)).isEqualTo(SoftTokenFixture.soft("AES", KEY));
        assertThat(factory.translateKey(key)).isSameAs(key);
        assertThat(factory.translateKey(SoftTokenFixture.soft("AES", KEY))).isInstanceOf(TokenSecretKey.class);
        assertThatThrownBy(() -> factory.getKeySpec(key, PBEKeySpec.class)).isInstanceOf(InvalidKeySpecException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PBKDF2WithHmacSHA1", "PBKDF2WithHmacSHA256", "PBKDF2WithHmacSHA512"})
    void pbkdf2_onTheToken_isThatOfTheJdk(String algorithm) throws Exception {
        PBEKeySpec spec = new PBEKeySpec("pässword".toCharArray(), KEY, 1000, 256);
        byte[] expected = SecretKeyFactory.getInstance(algorithm, "SunJCE")
                .generateSecret(spec)
                .getEncoded();
        SecretKeyFactory factory = SecretKeyFactory.getInstance(algorithm, token.provider());
        SecretKeySpec shown = (SecretKeySpec) factory.getKeySpec(factory.generateSecret(spec), SecretKeySpec.class);
        assertThat(shown.getEncoded()).isEqualTo(expected);
    }

    @Test
    void digests_ofBouncyCastlesSpelling_areThere() throws Exception {
        for (String name : new String[] {"SHA256", "SHA-256", "2.16.840.1.101.3.4.2.1", "SHA3-256", "SHA1"}) {
            MessageDigest digest = MessageDigest.getInstance(name, token.provider());
            digest.update(KEY);
            MessageDigest copy = (MessageDigest) digest.clone();
            assertThat(digest.digest()).hasSize(digest.getDigestLength()).isEqualTo(copy.digest());
        }
        assertThat(MessageDigest.getInstance("SHA-256").getProvider()).isNotSameAs(token.provider());
    }
}
