package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.ObjectClass;
import org.symbolon.Operation;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;

/** Encryption with AES: GCM, CBC, CBC with padding, checked with the JDK. */
abstract class CipherContract extends Contract {
    private static final byte[] TEXT = "a secret of some length, ".repeat(9).getBytes(StandardCharsets.UTF_8);
    private static final Bytes IV = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final Bytes NONCE = Bytes.ofHex("101112131415161718191a1b");
    private static final byte[] KEY = Bytes.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")
            .toByteArray();

    CipherContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void gcm_withEachKeyLength_agreesWithTheJdk() throws Exception {
        for (int keyBytes : new int[] {16, 24, 32}) {
            byte[] value = Arrays.copyOf(KEY, keyBytes);
            SecretKeyObject key = imported(value);
            byte[] expected = jdk("AES/GCM/NoPadding", value, new GCMParameterSpec(128, NONCE.toByteArray()), TEXT);

            byte[] ciphertext = session().encrypt(key, Mechanism.AES_GCM.iv(NONCE), TEXT);

            assertThat(ciphertext).isEqualTo(expected);
            assertThat(session().decrypt(key, Mechanism.AES_GCM.iv(NONCE), ciphertext))
                    .isEqualTo(TEXT);
        }
    }

    @Test
    void gcm_withAdditionalDataAndAShortTag_agreesWithTheJdk() throws Exception {
        byte[] additional = {9, 8, 7};
        Mechanism mechanism = Mechanism.AES_GCM.parameters(NONCE, Bytes.wrap(additional), 96);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(96, NONCE.toByteArray()));
        cipher.updateAAD(additional);

        SecretKeyObject key = imported(KEY);
        byte[] ciphertext = session().encrypt(key, mechanism, TEXT);

        assertThat(ciphertext).isEqualTo(cipher.doFinal(TEXT)).hasSize(TEXT.length + 12);
        assertThat(session().decrypt(key, mechanism, ciphertext)).isEqualTo(TEXT);
        assertRefused(
                TokenException.class,
                () -> session()
                        .decrypt(key, Mechanism.AES_GCM.parameters(NONCE, Bytes.wrap(new byte[] {1}), 96), ciphertext),
                "CKR_ENCRYPTED_DATA_INVALID",
                "CKR_AEAD_DECRYPT_FAILED");
    }

    @Test
    void gcm_withAnythingFlipped_failsInOneAndTheSameWay() throws TokenException {
        SecretKeyObject key = imported(KEY);
        Mechanism mechanism = Mechanism.AES_GCM.iv(NONCE);
        byte[] ciphertext = session().encrypt(key, mechanism, TEXT);
        Set<String> messages = new LinkedHashSet<>();
        for (int i = 0; i < ciphertext.length; i += 13) {
            byte[] flipped = ciphertext.clone();
            flipped[i] ^= 1;
            messages.add(assertRefused(
                            TokenException.class,
                            () -> session().decrypt(key, mechanism, flipped),
                            "CKR_ENCRYPTED_DATA_INVALID",
                            "CKR_AEAD_DECRYPT_FAILED")
                    .getMessage());
        }
        assertThat(messages).hasSize(1);
    }

    @Test
    void gcm_whichStreams_givesNothingBeforeTheTagIsChecked() throws TokenException {
        SecretKeyObject key = imported(KEY);
        Mechanism mechanism = Mechanism.AES_GCM.iv(NONCE);
        byte[] ciphertext = session().encrypt(key, mechanism, TEXT);
        for (int step : new int[] {1, 16, 33, 1000}) {
            assertThat(stream(session().startEncrypt(key, mechanism), TEXT, step))
                    .isEqualTo(ciphertext);
            assertThat(stream(session().startDecrypt(key, mechanism), ciphertext, step))
                    .isEqualTo(TEXT);
        }
        try (Operation operation = session().startDecrypt(key, mechanism)) {
            assertThat(operation.update(ciphertext)).isEmpty();
            assertThat(operation.update(new byte[1])).isEmpty();
            assertRefused(
                    TokenException.class, operation::finish, "CKR_ENCRYPTED_DATA_INVALID", "CKR_AEAD_DECRYPT_FAILED");
        }
    }

    @Test
    void cbc_ofWholeBlocks_agreesWithTheJdk() throws Exception {
        SecretKeyObject key = imported(KEY);
        Mechanism mechanism = Mechanism.AES_CBC.iv(IV);
        byte[] blocks = Arrays.copyOf(TEXT, 64);
        byte[] expected = jdk("AES/CBC/NoPadding", KEY, new IvParameterSpec(IV.toByteArray()), blocks);

        assertThat(session().encrypt(key, mechanism, blocks)).isEqualTo(expected);
        assertThat(session().decrypt(key, mechanism, expected)).isEqualTo(blocks);
        for (int step : new int[] {1, 16, 17, 64}) {
            assertThat(stream(session().startEncrypt(key, mechanism), blocks, step))
                    .isEqualTo(expected);
            assertThat(stream(session().startDecrypt(key, mechanism), expected, step))
                    .isEqualTo(blocks);
        }
    }

    @Test
    void cbc_ofPartOfABlock_isRefused() throws TokenException {
        SecretKeyObject key = imported(KEY);

        assertRefused(
                TokenException.class,
                () -> session().encrypt(key, Mechanism.AES_CBC.iv(IV), new byte[17]),
                "CKR_DATA_LEN_RANGE");
        assertRefused(
                TokenException.class,
                () -> session().decrypt(key, Mechanism.AES_CBC.iv(IV), new byte[17]),
                "CKR_ENCRYPTED_DATA_LEN_RANGE",
                "CKR_ENCRYPTED_DATA_INVALID");
    }

    @Test
    void cbcPad_ofEachLength_agreesWithTheJdk() throws Exception {
        SecretKeyObject key = imported(KEY);
        Mechanism mechanism = Mechanism.AES_CBC_PAD.iv(IV);
        for (int length = 0; length <= 33; length++) {
            byte[] text = Arrays.copyOf(TEXT, length);
            byte[] expected = jdk("AES/CBC/PKCS5Padding", KEY, new IvParameterSpec(IV.toByteArray()), text);

            assertThat(session().encrypt(key, mechanism, text)).isEqualTo(expected);
            assertThat(session().decrypt(key, mechanism, expected)).isEqualTo(text);
            assertThat(stream(session().startEncrypt(key, mechanism), text, 5)).isEqualTo(expected);
            assertThat(stream(session().startDecrypt(key, mechanism), expected, 5))
                    .isEqualTo(text);
        }
    }

    @Test
    void cbcPad_withBadPadding_failsInOneAndTheSameWay() throws TokenException {
        SecretKeyObject key = imported(KEY);
        byte[] good = session().encrypt(key, Mechanism.AES_CBC_PAD.iv(IV), Arrays.copyOf(TEXT, 40));
        Set<String> messages = new LinkedHashSet<>();
        int refused = 0;
        for (int flip = 1; flip < 256; flip += 23) {
            byte[] flipped = good.clone();
            flipped[good.length - 17] ^= (byte) flip;
            try {
                session().decrypt(key, Mechanism.AES_CBC_PAD.iv(IV), flipped);
            } catch (TokenException e) {
                refused++;
                messages.add(e.getMessage());
            }
        }
        assertThat(refused).isGreaterThan(5);
        assertThat(messages).hasSize(1);
    }

    @Test
    void encrypt_withAnIvOfTheWrongLength_isRefused() throws TokenException {
        SecretKeyObject key = imported(KEY);

        assertRefused(
                MechanismNotSupportedException.class,
                () -> session().encrypt(key, Mechanism.AES_CBC.iv(NONCE), new byte[16]),
                "CKR_MECHANISM_PARAM_INVALID");
    }

    @Test
    void encrypt_withAKeyThatMayNot_isRefused() throws TokenException {
        SecretKeyObject key =
                aes(session(), Template.of(Attribute.ENCRYPT, false).with(Attribute.DECRYPT, false));

        assertRefused(
                TokenPermissionException.class,
                () -> session().encrypt(key, Mechanism.AES_GCM.iv(NONCE), TEXT),
                "CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertRefused(
                TokenPermissionException.class,
                () -> session().decrypt(key, Mechanism.AES_GCM.iv(NONCE), TEXT),
                "CKR_KEY_FUNCTION_NOT_PERMITTED");
    }

    @Test
    void decrypt_whatIsShorterThanTheTag_isRefused() throws TokenException {
        SecretKeyObject key = imported(KEY);

        assertRefused(
                TokenException.class,
                () -> session().decrypt(key, Mechanism.AES_GCM.iv(NONCE), new byte[15]),
                "CKR_ENCRYPTED_DATA_INVALID",
                "CKR_ENCRYPTED_DATA_LEN_RANGE",
                "CKR_AEAD_DECRYPT_FAILED");
    }

    private SecretKeyObject imported(byte[] value) throws TokenException {
        return (SecretKeyObject) session()
                .create(Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                        .with(Attribute.KEY_TYPE, KeyType.AES)
                        .with(Attribute.VALUE, SecretBytes.copyOf(value))
                        .with(Attribute.ENCRYPT, true)
                        .with(Attribute.DECRYPT, true)
                        .inSession());
    }

    private static byte[] jdk(String transformation, byte[] key, AlgorithmParameterSpec parameters, byte[] text)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), parameters);
        return cipher.doFinal(text);
    }

    private static byte[] stream(Operation operation, byte[] input, int step) throws TokenException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (operation) {
            for (int offset = 0; offset < input.length; offset += step) {
                out.writeBytes(operation.update(input, offset, Math.min(step, input.length - offset)));
            }
            out.writeBytes(operation.finish());
        }
        return out.toByteArray();
    }
}
