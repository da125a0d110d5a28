package org.symbolon.soft.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.macs.GMac;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.Operation;
import org.symbolon.SecretKeyObject;
import org.symbolon.Template;

/** Secret-key ciphers and MACs against Bouncy Castle, the JDK and published vectors. */
class CipherTest extends TokenWithKeys {
    private static final byte[] KEY = hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
    private static final Bytes BLOCK = Bytes.ofHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    private static final Bytes NONCE = Bytes.ofHex("101112131415161718191a1b");
    private static final byte[] LONG =
            "0123456789abcdef".repeat(70).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @Test
    void ecb_ofWholeBlocks_isTheJdks() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        for (int bytes : new int[] {16, 24, 32}) {
            byte[] value = Arrays.copyOf(KEY, bytes);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(value, "AES"));

            assertThat(roundTrip(secret(KeyType.AES, value, Template.empty()), Mechanism.AES_ECB, LONG))
                    .isEqualTo(cipher.doFinal(LONG));
        }
        SecretKeyObject key = secret(KeyType.AES, KEY, Template.empty());
        assertThatThrownBy(() -> session.encrypt(key, Mechanism.AES_ECB, new byte[17]))
                .hasMessageContaining("CKR_DATA_LEN_RANGE");
        assertThatThrownBy(() -> session.encrypt(
                        key, new Mechanism(Mechanism.AES_ECB.type(), new MechanismParameters.Iv(BLOCK)), new byte[16]))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
    }

    /** NIST SP 800-38A section F.5.5. */
    @Test
    void ctr_vectorOfSp80038a() throws Exception {
        SecretKeyObject key = secret(KeyType.AES, KEY, Template.empty());
        Mechanism ctr = Mechanism.AES_CTR.of(new MechanismParameters.Counter(BLOCK, 128));
        byte[] plain = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");

        assertThat(roundTrip(key, ctr, plain))
                .isEqualTo(hex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"));
        assertThat(roundTrip(key, ctr, Arrays.copyOf(plain, 21)))
                .isEqualTo(hex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d"));
    }

    @Test
    void ctr_whenTheCounterWouldComeRound_isDataLength() throws Exception {
        SecretKeyObject key = secret(KeyType.AES, KEY, Template.empty());
        Bytes near = Bytes.ofHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfefe");
        Mechanism eightBits = Mechanism.AES_CTR.of(new MechanismParameters.Counter(near, 8));
        Mechanism nineBits = Mechanism.AES_CTR.of(new MechanismParameters.Counter(near, 9));

        roundTrip(key, eightBits, new byte[32]);
        roundTrip(key, nineBits, new byte[33]);
        assertThatThrownBy(() -> session.encrypt(key, eightBits, new byte[33]))
                .hasMessageContaining("CKR_DATA_LEN_RANGE");
        assertThatThrownBy(() -> session.decrypt(key, eightBits, new byte[33]))
                .hasMessageContaining("CKR_ENCRYPTED_DATA_LEN_RANGE");
        try (Operation operation = session.startEncrypt(key, eightBits)) {
            operation.update(new byte[32]);
            assertThatThrownBy(() -> operation.update(new byte[1])).hasMessageContaining("CKR_DATA_LEN_RANGE");
        }
    }

    @Test
    void gcm_withNoncesOfAnyLength_isBouncyCastles() throws Exception {
        SecretKeyObject key = secret(KeyType.AES, KEY, Template.empty());
        for (int nonceBytes : new int[] {1, 8, 12, 16, 60, 257}) {
            byte[] nonce = Arrays.copyOf(LONG, nonceBytes);
            Mechanism gcm = Mechanism.AES_GCM.parameters(Bytes.wrap(nonce), Bytes.wrap(MESSAGE), 112);
            AEADCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
            cipher.init(true, new AEADParameters(new KeyParameter(KEY), 112, nonce, MESSAGE));

            assertThat(roundTrip(key, gcm, LONG)).isEqualTo(whole(cipher, LONG));
        }
    }

    @Test
    void ccm_withEachNonceAndMacLength_isBouncyCastles() throws Exception {
        SecretKeyObject key = secret(KeyType.AES, KEY, Template.empty());
        for (int nonceBytes = 7; nonceBytes <= 13; nonceBytes++) {
            for (int macBytes = 4; macBytes <= 16; macBytes += 2) {
                byte[] nonce = Arrays.copyOf(LONG, nonceBytes);
                Mechanism ccm = Mechanism.AES_CCM.of(
                        new MechanismParameters.Ccm(MESSAGE.length, Bytes.wrap(nonce), Bytes.of((byte) 9), macBytes));
                AEADCipher cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
                cipher.init(true, new AEADParameters(new KeyParameter(KEY), 8 * macBytes, nonce, new byte[] {9}));

                assertThat(roundTrip(key, ccm, MESSAGE)).isEqualTo(whole(cipher, MESSAGE));
            }
        }
    }

    @Test
    void ccm_ofOtherLengthOrTag_isRefused() throws Exception {
        SecretKeyObject key = secret(KeyType.AES, KEY, Template.empty());
        Mechanism ccm = Mechanism.AES_CCM.of(new MechanismParameters.Ccm(16, NONCE, Bytes.empty(), 16));
        byte[] ciphertext = session.encrypt(key, ccm, new byte[16]);
        ciphertext[3] ^= 1;

        assertThatThrownBy(() -> session.encrypt(key, ccm, new byte[15])).hasMessageContaining("CKR_DATA_LEN_RANGE");
        assertThatThrownBy(() -> session.encrypt(key, ccm, new byte[17])).hasMessageContaining("CKR_DATA_LEN_RANGE");
        assertThatThrownBy(() -> session.decrypt(key, ccm, new byte[31]))
                .hasMessageContaining("CKR_ENCRYPTED_DATA_LEN_RANGE");
        assertThatThrownBy(() -> session.decrypt(key, ccm, ciphertext))
                .hasMessageContaining("CKR_ENCRYPTED_DATA_INVALID");
        assertThatThrownBy(() -> new MechanismParameters.Ccm(1 << 16, Bytes.wrap(new byte[13]), Bytes.empty(), 16))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void chaCha20Poly1305_isBouncyCastles() throws Exception {
        SecretKeyObject key = secret(KeyType.CHACHA20, KEY, Template.empty());
        Mechanism mechanism =
                Mechanism.CHACHA20_POLY1305.of(new MechanismParameters.Poly1305(NONCE, Bytes.wrap(MESSAGE)));
        AEADCipher cipher = new ChaCha20Poly1305();
        cipher.init(true, new AEADParameters(new KeyParameter(KEY), 128, NONCE.toByteArray(), MESSAGE));

        byte[] ciphertext = roundTrip(key, mechanism, LONG);

        assertThat(ciphertext).isEqualTo(whole(cipher, LONG));
        ciphertext[0] ^= 1;
        assertThatThrownBy(() -> session.decrypt(key, mechanism, ciphertext))
                .hasMessageContaining("CKR_ENCRYPTED_DATA_INVALID");
    }

    private static byte[] whole(AEADCipher cipher, byte[] data) throws Exception {
        byte[] out = new byte[cipher.getOutputSize(data.length)];
        int done = cipher.processBytes(data, 0, data.length, out, 0);
        return Arrays.copyOf(out, done + cipher.doFinal(out, done));
    }

    /** IEEE 1619-2007 annex B, vectors 1, 4 (cut), 15 and 16. */
    @Test
    void xts_vectorsOfIeee1619() throws Exception {
        SecretKeyObject zeroes = secret(KeyType.AES_XTS, new byte[32], Template.empty());
        assertThat(roundTrip(zeroes, xts("00000000000000000000000000000000"), new byte[32]))
                .isEqualTo(hex("917cf69ebd68b2ec9b9fe9a3eadda692cd43d2f59598ed858c02c2652fbf922e"));
        SecretKeyObject stealing = secret(
                KeyType.AES_XTS,
                hex("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0bfbebdbcbbbab9b8b7b6b5b4b3b2b1b0"),
                Template.empty());
        byte[] counting = hex("000102030405060708090a0b0c0d0e0f101112131415");
        assertThat(roundTrip(stealing, xts("9a785634120000000000000000000000"), Arrays.copyOf(counting, 17)))
                .isEqualTo(hex("6c1625db4671522d3d7599601de7ca09ed"));
        assertThat(roundTrip(stealing, xts("9a785634120000000000000000000000"), Arrays.copyOf(counting, 18)))
                .isEqualTo(hex("d069444b7a7e0cab09e24447d24deb1fedbf"));
        assertThatThrownBy(() -> session.encrypt(zeroes, xts("00000000000000000000000000000000"), new byte[15]))
                .hasMessageContaining("CKR_DATA_LEN_RANGE");
        roundTrip(secret(KeyType.AES_XTS, Arrays.copyOf(LONG, 64), Template.empty()), xts(BLOCK.toHex()), LONG);
    }

    private static Mechanism xts(String tweak) {
        return Mechanism.AES_XTS.of(new MechanismParameters.Iv(Bytes.ofHex(tweak)));
    }

    @Test
    void des3_inEachMode_isTheJdks() throws Exception {
        SecretKeyObject key = session.generateKey(Mechanism.DES3_KEY_GEN, readable());
        byte[] value = value(key);
        Bytes iv = Bytes.ofHex("0001020304050607");
        for (String mode : new String[] {"ECB/NoPadding", "CBC/NoPadding", "CBC/PKCS5Padding"}) {
            boolean ecb = mode.startsWith("ECB");
            String name = "CKM_DES3_" + mode.substring(0, 3) + (mode.endsWith("PKCS5Padding") ? "_PAD" : "");
            Mechanism mechanism = new Mechanism(
                    MechanismType.named(name), ecb ? new MechanismParameters.None() : new MechanismParameters.Iv(iv));
            Cipher cipher = Cipher.getInstance("DESede/" + mode);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(value, "DESede"),
                    ecb ? null : new IvParameterSpec(iv.toByteArray()));

            assertThat(roundTrip(key, mechanism, LONG)).as(mode).isEqualTo(cipher.doFinal(LONG));
        }
        for (byte b : value) {
            assertThat(Integer.bitCount(b & 0xFF) % 2).as("parity").isEqualTo(1);
        }
    }

    /** RFC 4493 section 4, and Bouncy Castle for the other keys. */
    @Test
    void cmac_vectorsOfRfc4493() throws Exception {
        SecretKeyObject key = macKey(KeyType.AES, hex("2b7e151628aed2a6abf7158809cf4f3c"));
        byte[] message = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411");

        assertThat(mac(key, Mechanism.AES_CMAC, new byte[0])).isEqualTo(hex("bb1d6929e95937287fa37d129b756746"));
        assertThat(mac(key, Mechanism.AES_CMAC, Arrays.copyOf(message, 16)))
                .isEqualTo(hex("070a16b46b4d4144f79bdd9dd04a287c"));
        assertThat(mac(key, Mechanism.AES_CMAC, message)).isEqualTo(hex("dfa66747de9ae63030ca32611497c827"));
        Mechanism cut =
                new Mechanism(MechanismType.named("CKM_AES_CMAC_GENERAL"), new MechanismParameters.MacLength(6));
        assertThat(mac(key, cut, message)).isEqualTo(hex("dfa66747de9a"));
        for (int bytes : new int[] {24, 32}) {
            byte[] value = Arrays.copyOf(KEY, bytes);
            CMac expected = new CMac(AESEngine.newInstance());
            expected.init(new KeyParameter(value));
            assertThat(mac(macKey(KeyType.AES, value), Mechanism.AES_CMAC, LONG))
                    .isEqualTo(computed(expected));
        }
        byte[] des = Arrays.copyOf(KEY, 24);
        CMac expected = new CMac(new DESedeEngine());
        expected.init(new KeyParameter(des));
        assertThat(mac(macKey(KeyType.DES3, des), Mechanism.of(MechanismType.named("CKM_DES3_CMAC")), LONG))
                .isEqualTo(computed(expected));
    }

    private static byte[] computed(org.bouncycastle.crypto.Mac mac) {
        mac.update(LONG, 0, LONG.length);
        byte[] out = new byte[mac.getMacSize()];
        mac.doFinal(out, 0);
        return out;
    }

    private static SecretKeyObject macKey(KeyType type, byte[] value) throws Exception {
        return secret(type, value, uses(Attribute.SIGN, Attribute.VERIFY));
    }

    @Test
    void gmac_isBouncyCastles() throws Exception {
        GMac expected = new GMac(GCMBlockCipher.newInstance(AESEngine.newInstance()));
        expected.init(new ParametersWithIV(new KeyParameter(KEY), NONCE.toByteArray()));

        assertThat(mac(macKey(KeyType.AES, KEY), Mechanism.AES_GMAC.of(new MechanismParameters.Iv(NONCE)), LONG))
                .isEqualTo(computed(expected));
        assertThatThrownBy(() -> session.sign(macKey(KeyType.AES, KEY), Mechanism.of(Mechanism.AES_GMAC.type()), LONG))
                .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
    }

    @ParameterizedTest
    @EnumSource
    void hmac_wholeAndCut_isTheJdks(HashAlgorithm hash) throws Exception {
        String name = hash == HashAlgorithm.SHA_1
                ? "SHA_1"
                : hash.jcaName().replace("SHA-", "SHA").replace('-', '_');
        String jca = "Hmac" + hash.jcaName().replace("SHA-", "SHA");
        Mac expected = Mac.getInstance(jca);
        for (int bytes : new int[] {1, 20, 64, 200}) {
            byte[] value = Arrays.copyOf(LONG, bytes);
            SecretKeyObject key = secret(KeyType.GENERIC_SECRET, value, Template.empty());
            expected.init(new SecretKeySpec(value, jca));
            byte[] whole = expected.doFinal(MESSAGE);

            assertThat(mac(key, Mechanism.of(MechanismType.named("CKM_" + name + "_HMAC")), MESSAGE))
                    .isEqualTo(whole);
            MechanismType general = MechanismType.named("CKM_" + name + "_HMAC_GENERAL");
            assertThat(mac(key, new Mechanism(general, new MechanismParameters.MacLength(10)), MESSAGE))
                    .isEqualTo(Arrays.copyOf(whole, 10));
            if (hash.digestBytes() < 64) {
                Mechanism tooLong = new Mechanism(general, new MechanismParameters.MacLength(hash.digestBytes() + 1));
                assertThatThrownBy(() -> session.sign(key, tooLong, MESSAGE))
                        .hasMessageContaining("CKR_MECHANISM_PARAM_INVALID");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void digest_ofEachHash_isTheJdks(HashAlgorithm hash) throws Exception {
        assertThat(session.digest(Mechanism.of(hash.mechanism()), MESSAGE))
                .isEqualTo(
                        java.security.MessageDigest.getInstance(hash.jcaName()).digest(MESSAGE));
    }
}
