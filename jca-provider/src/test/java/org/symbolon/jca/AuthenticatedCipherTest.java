package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.key.TokenSecretKey;

/** Ciphers with a tag: no IV serves twice, and nothing is given out before its tag is checked. */
class AuthenticatedCipherTest extends SecretKeyCipherFixture {
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
}
