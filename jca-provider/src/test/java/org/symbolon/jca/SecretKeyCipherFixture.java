package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Ciphers with secret keys of a real token, and the same of the JDK. */
abstract class SecretKeyCipherFixture {
    static final byte[] AES_KEY = SoftTokenFixture.bytes(32);

    SoftTokenFixture token;

    @BeforeEach
    void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterEach
    void close() {
        token.close();
    }

    static @Nullable AlgorithmParameterSpec spec(String transformation, int salt) {
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

    static byte[] keyOf(String transformation) {
        return Arrays.copyOf(AES_KEY, transformation.startsWith("DESede") ? 24 : 32);
    }

    static String algorithmOf(String transformation) {
        return transformation.startsWith("ChaCha") ? "ChaCha20" : transformation.split("/", -1)[0];
    }

    static Cipher software(String transformation, int mode, int salt) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation, "SunJCE");
        cipher.init(
                mode,
                SoftTokenFixture.soft(algorithmOf(transformation), keyOf(transformation)),
                spec(transformation, salt));
        return cipher;
    }

    Cipher ours(String transformation, int mode, Key key, int salt) throws Exception {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(mode, key, spec(transformation, salt));
        assertThat(cipher.getProvider()).isSameAs(token.provider());
        return cipher;
    }
}
