package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;

/** Encryption is that of the JDK, at once and in parts. */
class EncryptionTest extends MechanismFixture {
    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void encrypt_gcm_equalsTheJdkAndOpens(int length) throws Exception {
        byte[] value = new byte[length];
        Arrays.fill(value, (byte) 7);
        SecretKeyObject key = secret(KeyType.AES, value, Template.empty());
        MechanismParameters.Gcm parameters =
                new MechanismParameters.Gcm(Bytes.of(new byte[12]), Bytes.of((byte) 1, (byte) 2), 128);
        Mechanism gcm = new Mechanism(MechanismType.named("CKM_AES_GCM"), parameters);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(value, "AES"), new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD(new byte[] {1, 2});

        byte[] ciphertext = roundTrip(key, gcm, MESSAGE);

        assertThat(ciphertext).isEqualTo(cipher.doFinal(MESSAGE));
        ciphertext[3] ^= 1;
        assertThatThrownBy(() -> session.decrypt(key, gcm, ciphertext))
                .isInstanceOf(TokenOperationException.class)
                .hasMessageContaining("CKR_ENCRYPTED_DATA_INVALID");
    }

    private static byte[] roundTrip(SecretKeyObject key, Mechanism mechanism, byte[] data) throws TokenException {
        byte[] once = session.encrypt(key, mechanism, data);
        assertThat(session.decrypt(key, mechanism, once)).isEqualTo(data);
        assertThat(streamed(session.startEncrypt(key, mechanism), data)).isEqualTo(once);
        assertThat(streamed(session.startDecrypt(key, mechanism), once)).isEqualTo(data);
        return once;
    }

    @Test
    void encrypt_cbc_wantsWholeBlocksUnlessPadded() throws Exception {
        SecretKeyObject key = secret(KeyType.AES, new byte[16], Template.empty());
        Mechanism cbc = Mechanism.AES_CBC.iv(Bytes.of(new byte[16]));
        Mechanism padded = Mechanism.AES_CBC_PAD.iv(Bytes.of(new byte[16]));

        roundTrip(key, cbc, Arrays.copyOf(MESSAGE, 32));
        roundTrip(key, padded, MESSAGE);

        assertThatThrownBy(() -> session.encrypt(key, cbc, MESSAGE)).hasMessageContaining("CKR_DATA_LEN_RANGE");
        assertThatThrownBy(() -> session.decrypt(key, cbc, new byte[15]))
                .hasMessageContaining("CKR_ENCRYPTED_DATA_LEN_RANGE");
        assertThatThrownBy(() -> session.decrypt(key, padded, new byte[32]))
                .hasMessageContaining("CKR_ENCRYPTED_DATA_INVALID");
    }

    @Test
    void encrypt_cbcWithShortIv_isBadParameter() throws Exception {
        SecretKeyObject key = secret(KeyType.AES, new byte[16], Template.empty());
        Mechanism cbc =
                new Mechanism(MechanismType.named("CKM_AES_CBC"), new MechanismParameters.Iv(Bytes.of(new byte[8])));

        assertThatThrownBy(() -> session.encrypt(key, cbc, new byte[16]))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
    }

    @Test
    void encrypt_rsaPkcs_opensWithThePrivateKey() throws Exception {
        KeyPairObject pair = session.generateKeyPair(
                Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                Template.of(Attribute.ENCRYPT, true),
                Template.of(Attribute.DECRYPT, true));

        byte[] ciphertext = session.encrypt(pair.publicKey(), Mechanism.RSA_PKCS, MESSAGE);

        assertThat(session.decrypt(pair.privateKey(), Mechanism.RSA_PKCS, ciphertext))
                .isEqualTo(MESSAGE);
        assertThatThrownBy(() -> session.sign(pair.privateKey(), Mechanism.SHA256_RSA_PKCS, MESSAGE))
                .as("a template that grants decryption grants nothing else")
                .isInstanceOf(TokenPermissionException.class);
    }
}
