package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.key.TokenSecretKey;

/** Every transformation gives what the JDK gives, whatever the calls, and misuse is told as the JDK tells it. */
class SecretKeyCipherTest extends SecretKeyCipherFixture {
    private static final int[] LENGTHS = {0, 1, 15, 16, 17, 31, 32, 33, 1000, 70_000};

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
