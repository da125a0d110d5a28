package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.key.TokenSecretKey;

/** A Cipher reads its caller's data and leaves it as it is, whether it makes a copy or not. */
class CipherInputTest {
    private SoftTokenFixture token;

    @BeforeEach
    void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterEach
    void close() {
        token.close();
    }

    private static @Nullable AlgorithmParameterSpec spec(String transformation) {
        if (transformation.contains("ECB")) {
            return null;
        }
        return transformation.contains("GCM")
                ? new GCMParameterSpec(128, new byte[12])
                : new IvParameterSpec(new byte[16]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AES/ECB/NoPadding",
                "AES/ECB/PKCS5Padding",
                "AES/CBC/NoPadding",
                "AES/CBC/PKCS5Padding",
                "AES/CTR/NoPadding",
                "AES/GCM/NoPadding"
            })
    void isNeverChanged(String transformation) throws Exception {
        TokenSecretKey key = token.imported("AES", SoftTokenFixture.bytes(32));
        Cipher cipher = Cipher.getInstance(transformation, token.provider());
        byte[] plaintext = SoftTokenFixture.bytes(4096);

        cipher.init(Cipher.ENCRYPT_MODE, key, spec(transformation));
        byte[] ciphertext = cipher.doFinal(plaintext);
        assertThat(plaintext).isEqualTo(SoftTokenFixture.bytes(4096));

        byte[] kept = ciphertext.clone();
        cipher.init(Cipher.DECRYPT_MODE, key, spec(transformation));
        assertThat(cipher.doFinal(ciphertext)).isEqualTo(plaintext);
        assertThat(ciphertext).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES/CBC/PKCS5Padding", "AES/CTR/NoPadding", "AES/GCM/NoPadding"})
    void inPlace(String transformation) throws Exception {
        TokenSecretKey key = token.imported("AES", SoftTokenFixture.bytes(32));
        Cipher cipher = Cipher.getInstance(transformation, token.provider());
        byte[] plaintext = SoftTokenFixture.bytes(1000);
        byte[] buffer = new byte[1024];
        System.arraycopy(plaintext, 0, buffer, 0, plaintext.length);

        cipher.init(Cipher.ENCRYPT_MODE, key, spec(transformation));
        int length = cipher.doFinal(buffer, 0, plaintext.length, buffer, 0);
        cipher.init(Cipher.DECRYPT_MODE, key, spec(transformation));

        assertThat(cipher.doFinal(buffer, 0, length)).isEqualTo(plaintext);
    }
}
