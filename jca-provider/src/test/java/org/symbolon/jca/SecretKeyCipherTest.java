package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Template;
import org.symbolon.key.TokenSecretKey;

/** Ciphers with secret keys of a real token, against the JDK's own in both directions. */
class SecretKeyCipherTest {
    private static final byte[] AES_KEY = SoftTokenFixture.bytes(32);
    private static final int[] LENGTHS = {0, 1, 15, 16, 17, 31, 32, 33, 1000, 70_000};

    private SoftTokenFixture token;

    @BeforeEach
    void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterEach
    void close() {
        token.close();
    }

    private static @Nullable AlgorithmParameterSpec spec(String transformation, int salt) {
        byte[] iv = SoftTokenFixture.bytes(64);
        iv[0] = (byte) salt;
        iv[1] = (byte) (salt >> 8);
        if (transformation.contains("GCM")) {
            return new GCMParameterSpec(128, Arrays.copyOf(iv, 12));
        } else if (transformation.startsWith("ChaCha")) {
            return new IvParameterSpec(Arrays.copyOf(iv, 12));
        } else if (transformation.contains("ECB")) {
            return null;
        }
        return new IvParameterSpec(Arrays.copyOf(iv, transformation.startsWith("DESede") ? 8 : 16));
    }

    private static byte[] keyOf(String transformation) {
        return Arrays.copyOf(AES_KEY, transformation.startsWith("DESede") ? 24 : 32);
    }

    private static String algorithmOf(String transformation) {
        return transformation.startsWith("ChaCha") ? "ChaCha20" : transformation.split("/", -1)[0];
    }

    private static Cipher software(String transformation, int mode, int salt) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation, "SunJCE");
        cipher.init(
                mode,
                SoftTokenFixture.soft(algorithmOf(transformation), keyOf(transformation)),
                spec(transformation, salt));
        return cipher;
    }

    private Cipher ours(String transformation, int mode, Key key, int salt) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(mode, key, spec(transformation, salt));
        assertThat(cipher.getProvider()).isSameAs(token.provider());
        return cipher;
    }

    private static boolean fits(String transformation, int length) {
        int block = transformation.startsWith("DESede") ? 8 : 16;
        boolean whole = transformation.endsWith("/NoPadding")
                && (transformation.contains("ECB") || transformation.contains("CBC"));
        return !whole || length % block == 0;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AES/ECB/NoPadding",
                "AES/ECB/PKCS5Padding",
                "AES/CBC/NoPadding",
                "AES/CBC/PKCS5Padding",
                "AES/CTR/NoPadding",
                "AES/GCM/NoPadding",
                "DESede/CBC/PKCS5Padding",
                "ChaCha20-Poly1305"
            })
    void encryption_whateverTheCalls_isThatOfTheJdk(String transformation) throws Exception {
        TokenSecretKey key = token.imported(algorithmOf(transformation), keyOf(transformation));
        boolean aead = transformation.contains("GCM") || transformation.startsWith("ChaCha");
        int salt = 0;
        for (int length : LENGTHS) {
            if (!fits(transformation, length)) {
                continue;
            }
            byte[] data = SoftTokenFixture.bytes(length);
            for (int part : new int[] {length, 7, 16}) {
                if (part == 0 || (length > 10_000 && part < 10_000)) {
                    continue;
                }
                salt++;
                Cipher theirs = software(transformation, Cipher.ENCRYPT_MODE, salt);
                Cipher ours = ours(transformation, Cipher.ENCRYPT_MODE, key, salt);
                if (aead) {
                    theirs.updateAAD(new byte[] {1, 2, 3});
                    ours.updateAAD(new byte[] {1});
                    ours.updateAAD(new byte[] {2, 3});
                }
                byte[] expected = theirs.doFinal(data);
                assertThat(inParts(ours, data, part))
                        .as(transformation + " " + length + "/" + part)
                        .isEqualTo(expected);

                Cipher decrypting = ours(transformation, Cipher.DECRYPT_MODE, key, salt);
                for (int round = 0; round < 2; round++) {
                    if (aead) {
                        decrypting.updateAAD(new byte[] {1, 2, 3});
                    }
                    assertThat(inParts(decrypting, expected, part)).isEqualTo(data);
                }
            }
        }
    }

    /** Feeds in parts, into an array that has just the room which getOutputSize asks for. */
    private static byte[] inParts(Cipher cipher, byte[] data, int part) throws Exception {
        byte[] out = new byte[data.length + 64];
        int size = 0;
        int done = 0;
        for (; data.length - done > part; done += part) {
            byte[] step = new byte[cipher.getOutputSize(part)];
            int made = cipher.update(data, done, part, step, 0);
            System.arraycopy(step, 0, out, size, made);
            size += made;
        }
        byte[] last = new byte[cipher.getOutputSize(data.length - done)];
        int made = cipher.doFinal(data, done, data.length - done, last, 0);
        System.arraycopy(last, 0, out, size, made);
        return Arrays.copyOf(out, size + made);
    }

    @Test
    void gcm_sameIvTwice_isRefused() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        Cipher cipher = ours("AES/GCM/NoPadding", Cipher.ENCRYPT_MODE, key, 1);
        cipher.doFinal(new byte[10]);
        assertThatThrownBy(() -> cipher.doFinal(new byte[10]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("initialise the Cipher with another");
        assertThatThrownBy(() -> cipher.updateAAD(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key, spec("AES/GCM/NoPadding", 1)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("already");
        cipher.init(Cipher.ENCRYPT_MODE, key, spec("AES/GCM/NoPadding", 2));
        assertThat(cipher.doFinal(new byte[10])).hasSize(26);
    }

    @Test
    void gcm_sameIvWithAnotherTagLength_isRefused() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", token.provider());
        byte[] iv = SoftTokenFixture.bytes(12);
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
        cipher.doFinal(new byte[10]);
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(120, iv)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES/GCM/NoPadding", "ChaCha20-Poly1305"})
    void aead_sameIvAfterAMessageThatWasLeft_isRefused(String transformation) throws Exception {
        TokenSecretKey key = token.imported(algorithmOf(transformation), keyOf(transformation));
        Cipher cipher = ours(transformation, Cipher.ENCRYPT_MODE, key, 1);
        cipher.init(Cipher.ENCRYPT_MODE, key, spec(transformation, 1)); // nothing has left
        assertThat(cipher.update(new byte[64])).isNotEmpty();
        assertThat(cipher.update(new byte[64])).isNotEmpty();
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key, spec(transformation, 1)))
                .isInstanceOf(InvalidAlgorithmParameterException.class)
                .hasMessageContaining("already");
        cipher.init(Cipher.ENCRYPT_MODE, key, spec(transformation, 2));
        assertThat(cipher.doFinal(new byte[10])).hasSize(26);
    }

    @Test
    void gcm_withoutParameters_makesAnIvThatTheJdkDecryptsWith() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", token.provider());
        cipher.init(Cipher.ENCRYPT_MODE, key);
        byte[] iv = cipher.getIV();
        assertThat(iv).hasSize(12);
        byte[] encrypted = cipher.doFinal(AES_KEY);
        Cipher theirs = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        theirs.init(Cipher.DECRYPT_MODE, SoftTokenFixture.soft("AES", AES_KEY), cipher.getParameters());
        assertThat(theirs.doFinal(encrypted)).isEqualTo(AES_KEY);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        assertThat(cipher.getIV()).isNotEqualTo(iv);
        cipher.init(Cipher.DECRYPT_MODE, key, theirs.getParameters());
        assertThat(cipher.doFinal(encrypted)).isEqualTo(AES_KEY);
        assertThatThrownBy(() -> cipher.init(Cipher.DECRYPT_MODE, key)).isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES/GCM/NoPadding", "ChaCha20-Poly1305"})
    void damagedCiphertext_givesNothingBeforeItsTagIsChecked(String transformation) throws Exception {
        TokenSecretKey key = token.imported(algorithmOf(transformation), AES_KEY);
        byte[] encrypted = ours(transformation, Cipher.ENCRYPT_MODE, key, 1).doFinal(SoftTokenFixture.bytes(100));
        byte[] damaged = encrypted.clone();
        damaged[0] ^= 1;
        Cipher cipher = ours(transformation, Cipher.DECRYPT_MODE, key, 1);
        assertThat(cipher.update(damaged, 0, 100)).isNullOrEmpty();
        assertThatThrownBy(() -> cipher.doFinal(damaged, 100, damaged.length - 100))
                .isInstanceOf(AEADBadTagException.class);
        assertThat(cipher.doFinal(encrypted)).isEqualTo(SoftTokenFixture.bytes(100));
        assertThatThrownBy(() -> cipher.doFinal(new byte[15])).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> {
                    cipher.updateAAD(new byte[1]);
                    cipher.doFinal(encrypted);
                })
                .isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void shortBuffer_keepsTheState() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        byte[] data = SoftTokenFixture.bytes(30);
        for (String transformation :
                new String[] {"AES/GCM/NoPadding", "AES/CBC/PKCS5Padding", "AES/CTR/NoPadding", "ChaCha20-Poly1305"}) {
            TokenSecretKey own = transformation.startsWith("ChaCha") ? token.imported("ChaCha20", AES_KEY) : key;
            Cipher cipher = ours(transformation, Cipher.ENCRYPT_MODE, own, 9);
            assertThatThrownBy(() -> cipher.doFinal(data, 0, 30, new byte[29], 0))
                    .isInstanceOf(ShortBufferException.class);
            assertThatThrownBy(() -> cipher.doFinal(ByteBuffer.wrap(data), ByteBuffer.allocate(29)))
                    .isInstanceOf(ShortBufferException.class);
            byte[] encrypted = new byte[cipher.getOutputSize(30)];
            int made = cipher.doFinal(data, 0, 30, encrypted, 0);
            Cipher decrypting = ours(transformation, Cipher.DECRYPT_MODE, own, 9);
            assertThatThrownBy(() -> decrypting.doFinal(encrypted, 0, made, new byte[29], 0))
                    .isInstanceOf(ShortBufferException.class);
            byte[] decrypted = new byte[30];
            assertThat(decrypting.doFinal(encrypted, 0, made, decrypted, 0)).isEqualTo(30);
            assertThat(decrypted).isEqualTo(data);
        }
    }

    @Test
    void shortBuffer_inTheMiddleOfAStream_keepsTheRest() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        byte[] data = SoftTokenFixture.bytes(60);
        byte[] encrypted =
                software("AES/CBC/PKCS5Padding", Cipher.ENCRYPT_MODE, 1).doFinal(data);
        Cipher cipher = ours("AES/CBC/PKCS5Padding", Cipher.DECRYPT_MODE, key, 1);
        byte[] head = cipher.update(encrypted, 0, 40);
        assertThat(head).isEqualTo(Arrays.copyOf(data, 32));
        assertThatThrownBy(() -> cipher.doFinal(encrypted, 40, 24, new byte[20], 0))
                .isInstanceOf(ShortBufferException.class);
        byte[] rest = new byte[28];
        assertThat(cipher.doFinal(encrypted, 40, 24, rest, 0)).isEqualTo(28);
        assertThat(rest).isEqualTo(Arrays.copyOfRange(data, 32, 60));
    }

    @Test
    void buffers_directAndInPlace_areServed() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        byte[] data = SoftTokenFixture.bytes(10_000);
        byte[] expected = software("AES/CTR/NoPadding", Cipher.ENCRYPT_MODE, 3).doFinal(data);
        byte[] inPlace = data.clone();
        Cipher cipher = ours("AES/CTR/NoPadding", Cipher.ENCRYPT_MODE, key, 3);
        assertThat(cipher.doFinal(inPlace, 0, inPlace.length, inPlace, 0)).isEqualTo(inPlace.length);
        assertThat(inPlace).isEqualTo(expected);
        ByteBuffer in = ByteBuffer.allocateDirect(data.length).put(data).flip();
        ByteBuffer out = ByteBuffer.allocateDirect(data.length);
        in.limit(5_000);
        assertThat(cipher.update(in, out)).isEqualTo(5_000);
        in.limit(10_000);
        assertThat(cipher.doFinal(in, out)).isEqualTo(5_000);
        byte[] written = new byte[data.length];
        out.flip().get(written);
        assertThat(written).isEqualTo(expected);
    }

    @Test
    void wrongUse_isToldAsTheJdkTellsIt() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        Cipher cbc = Cipher.getInstance("AES/CBC/NoPadding", token.provider());
        assertThatThrownBy(() -> cbc.doFinal(new byte[16])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cbc.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[8])))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> cbc.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, new byte[12])))
                .isInstanceOf(InvalidAlgorithmParameterException.class);
        assertThatThrownBy(() -> cbc.init(Cipher.ENCRYPT_MODE, SoftTokenFixture.soft("AES", AES_KEY)))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("keys of its token only");
        assertThatThrownBy(() -> cbc.init(Cipher.ENCRYPT_MODE, token.imported("HmacSHA256", AES_KEY)))
                .isInstanceOf(InvalidKeyException.class);
        cbc.init(Cipher.ENCRYPT_MODE, key);
        assertThatThrownBy(() -> cbc.doFinal(new byte[17])).isInstanceOf(IllegalBlockSizeException.class);
        assertThatThrownBy(() -> cbc.updateAAD(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cbc.wrap(key)).isInstanceOf(IllegalStateException.class);
        assertThat(cbc.doFinal(new byte[16])).hasSize(16);
        Cipher padded = ours("AES/CBC/PKCS5Padding", Cipher.DECRYPT_MODE, key, 1);
        assertThatThrownBy(() -> padded.doFinal(new byte[32])).isInstanceOf(BadPaddingException.class);
        assertThatThrownBy(() -> padded.doFinal(new byte[15])).isInstanceOf(IllegalBlockSizeException.class);
        assertThatThrownBy(() -> Cipher.getInstance("AES_128/GCM/NoPadding", token.provider())
                        .init(Cipher.ENCRYPT_MODE, key))
                .isInstanceOf(InvalidKeyException.class);
        Cipher sized = Cipher.getInstance("AES_256/GCM/NoPadding", token.provider());
        sized.init(Cipher.ENCRYPT_MODE, key);
        assertThat(sized.doFinal(new byte[1])).hasSize(17);
    }

    @Test
    void ccm_isThatOfBouncyCastle() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        GCMParameterSpec spec = new GCMParameterSpec(64, SoftTokenFixture.bytes(11));
        Cipher theirs =
                Cipher.getInstance("AES/CCM/NoPadding", new org.bouncycastle.jce.provider.BouncyCastleProvider());
        theirs.init(Cipher.ENCRYPT_MODE, SoftTokenFixture.soft("AES", AES_KEY), spec);
        theirs.updateAAD(new byte[3]);
        byte[] expected = theirs.doFinal(SoftTokenFixture.bytes(100));
        Cipher ours = Cipher.getInstance("AES/CCM/NoPadding", token.provider());
        ours.init(Cipher.ENCRYPT_MODE, key, spec);
        ours.updateAAD(new byte[3]);
        assertThat(ours.update(SoftTokenFixture.bytes(100))).isNullOrEmpty();
        assertThat(ours.doFinal()).isEqualTo(expected);
        ours.init(Cipher.DECRYPT_MODE, key, spec);
        ours.updateAAD(new byte[3]);
        assertThat(ours.doFinal(expected)).isEqualTo(SoftTokenFixture.bytes(100));
    }

    @ParameterizedTest
    @CsvSource({"AES/KW/NoPadding, 32", "AESWrap, 16", "AES/KWP/NoPadding, 24", "AESWrapPad, 16"})
    void keyWrap_goesBothWaysWithTheJdk(String transformation, int bytes) throws Exception {
        TokenSecretKey wrapping = token.imported("AES", AES_KEY, Template.of(Attribute.WRAP, true));
        TokenSecretKey unwrapping = token.imported("AES", AES_KEY, Template.of(Attribute.UNWRAP, true));
        String theirName =
                transformation.replace("AESWrapPad", "AES/KWP/NoPadding").replace("AESWrap", "AES/KW/NoPadding");
        SecretKeySpec content = SoftTokenFixture.soft("AES", SoftTokenFixture.bytes(bytes));
        Cipher theirs = Cipher.getInstance(theirName, "SunJCE");
        theirs.init(Cipher.WRAP_MODE, SoftTokenFixture.soft("AES", AES_KEY));
        byte[] expected = theirs.wrap(content);

        Cipher ours = Cipher.getInstance(transformation);
        ours.init(Cipher.WRAP_MODE, wrapping);
        assertThat(ours.wrap(content)).isEqualTo(expected);
        Template extractable = Template.of(Attribute.ENCRYPT, true).with(Attribute.EXTRACTABLE, true);
        assertThat(ours.wrap(token.imported("AES", content.getEncoded(), extractable)))
                .isEqualTo(expected);

        ours.init(Cipher.UNWRAP_MODE, unwrapping);
        assertThat(ours.unwrap(expected, "AES", Cipher.SECRET_KEY)).isEqualTo(content);
        byte[] damaged = expected.clone();
        damaged[3] ^= 1;
        assertThatThrownBy(() -> ours.unwrap(damaged, "AES", Cipher.SECRET_KEY))
                .isInstanceOf(InvalidKeyException.class);

        ours.init(Cipher.UNWRAP_MODE, unwrapping, TokenUnwrapParameterSpec.of(Template.empty()));
        Key opaque = ours.unwrap(expected, "AES", Cipher.SECRET_KEY);
        assertThat(opaque).isInstanceOf(TokenSecretKey.class);
        assertThat(opaque.getEncoded()).isNull();
        Cipher check = ours("AES/ECB/NoPadding", Cipher.ENCRYPT_MODE, opaque, 0);
        Cipher checked = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
        checked.init(Cipher.ENCRYPT_MODE, content);
        assertThat(check.doFinal(AES_KEY)).isEqualTo(checked.doFinal(AES_KEY));
    }

    @Test
    void gcmWrap_ofASoftKey_isItsEncryption() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        SecretKey content = SoftTokenFixture.soft("AES", SoftTokenFixture.bytes(16));
        Cipher cipher = ours("AES/GCM/NoPadding", Cipher.WRAP_MODE, key, 1);
        byte[] wrapped = cipher.wrap(content);
        assertThat(wrapped)
                .isEqualTo(software("AES/GCM/NoPadding", Cipher.ENCRYPT_MODE, 1).doFinal(content.getEncoded()));
        assertThatThrownBy(() -> cipher.wrap(content)).isInstanceOf(IllegalStateException.class);
        cipher.init(Cipher.UNWRAP_MODE, key, spec("AES/GCM/NoPadding", 1));
        assertThat(cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY)).isEqualTo(content);
        wrapped[0] ^= 1;
        assertThatThrownBy(() -> cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void oneKey_inManyThreads_servesEach() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<byte[]>> results = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int salt = i;
                results.add(threads.submit(() -> {
                    Cipher cipher = ours("AES/GCM/NoPadding", Cipher.ENCRYPT_MODE, key, salt);
                    byte[] head = cipher.update(AES_KEY);
                    byte[] tail = cipher.doFinal(AES_KEY);
                    byte[] whole = Arrays.copyOf(head, head.length + tail.length);
                    System.arraycopy(tail, 0, whole, head.length, tail.length);
                    return whole;
                }));
            }
            for (int i = 0; i < results.size(); i++) {
                byte[] twice = Arrays.copyOf(AES_KEY, 64);
                System.arraycopy(AES_KEY, 0, twice, 32, 32);
                assertThat(results.get(i).get())
                        .isEqualTo(software("AES/GCM/NoPadding", Cipher.ENCRYPT_MODE, i)
                                .doFinal(twice));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keyDestroyedOrSessionClosed_saysSo() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        Cipher cipher = ours("AES/CTR/NoPadding", Cipher.ENCRYPT_MODE, key, 1);
        key.destroy();
        assertThatThrownBy(() -> cipher.doFinal(new byte[1]))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("destroyed");
        assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, key))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("destroyed");
    }
}
