package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Decrypt;
import org.symbolon.kmip.operation.Encrypt;
import org.symbolon.kmip.operation.Mac;
import org.symbolon.kmip.operation.MacVerify;
import org.symbolon.kmip.operation.RngRetrieve;
import org.symbolon.kmip.ttlv.MalformedTtlvException;

/** Ciphers and codes, by the token and here. */
class CipherOperationsTest {
    private static final CryptographicUsageMask[] CIPHER = {
        CryptographicUsageMask.ENCRYPT, CryptographicUsageMask.DECRYPT
    };
    private static final String KEY = "2b7e151628aed2a6abf7158809cf4f3c";
    private static final Bytes IV = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final Bytes BLOCK = Bytes.ofHex("6bc1bee22e409f96e93d7e117393172a");

    private CryptoRig crypto;

    @BeforeEach
    void open() throws TokenException {
        crypto = new CryptoRig();
    }

    @AfterEach
    void close() {
        crypto.close();
    }

    /** NIST SP 800-38A, appendix F: the first block of each mode. */
    @ParameterizedTest
    @CsvSource({
        "ECB, 3ad77bb40d7a3660a89ecaf32466ef97",
        "CBC, 7649abac8119b246cee98e9b12e9197d",
        "CFB, 3b3fd92eb72dad20333449f8e83cfb4a",
        "OFB, 3b3fd92eb72dad20333449f8e83cfb4a"
    })
    void encrypt_inEveryMode_isTheVector(String mode, String expected) throws MalformedTtlvException {
        UniqueIdentifier key = crypto.register(CryptographicAlgorithm.AES, KEY, CIPHER);
        CryptographicParameters parameters = CryptoRig.mode(BlockCipherMode.named(mode));
        Bytes iv = mode.equals("ECB") ? null : IV;
        Bytes ciphertext = encrypt(key, parameters, BLOCK, iv).data();
        assertThat(ciphertext).isEqualTo(Bytes.ofHex(expected));
        assertThat(decrypt(key, parameters, ciphertext, iv)).isEqualTo(BLOCK.toHex());
    }

    private Encrypt.Response encrypt(
            UniqueIdentifier key, @Nullable CryptographicParameters parameters, Bytes data, @Nullable Bytes iv)
            throws MalformedTtlvException {
        return crypto.call(
                new Encrypt.Request(key, parameters, data, iv, null, null, null, null), Encrypt.Response.class);
    }

    private String decrypt(
            UniqueIdentifier key,
            @Nullable CryptographicParameters parameters,
            @Nullable Bytes data,
            @Nullable Bytes iv)
            throws MalformedTtlvException {
        return Objects.requireNonNull(crypto.call(
                                new Decrypt.Request(key, parameters, data, iv, null, null, null, null, null),
                                Decrypt.Response.class)
                        .data())
                .toHex();
    }

    @Test
    void encrypt_ofAnAlgorithmThatTheTokenLacks_isDoneHere() throws MalformedTtlvException {
        UniqueIdentifier key =
                crypto.register(CryptographicAlgorithm.BLOWFISH, "0123456789abcdeff0e1d2c3b4a59687", CIPHER);
        CryptographicParameters parameters =
                CryptoRig.parameters(BlockCipherMode.ECB, PaddingMethod.PKCS5, null, null, null);
        Bytes ciphertext = encrypt(key, parameters, BLOCK, null).data();
        assertThat(Objects.requireNonNull(ciphertext).length()).isEqualTo(24);
        assertThat(decrypt(key, parameters, ciphertext, null)).isEqualTo(BLOCK.toHex());
    }

    @Test
    void encrypt_ccm_opensOnlyWithItsTag() throws MalformedTtlvException {
        UniqueIdentifier key = crypto.register(CryptographicAlgorithm.AES, KEY, CIPHER);
        CryptographicParameters parameters = CryptoRig.parameters(BlockCipherMode.CCM, null, null, null, 16);
        Bytes nonce = Bytes.of(new byte[12]);
        Encrypt.Response sealed = encrypt(key, parameters, BLOCK, nonce);
        Decrypt.Request open = new Decrypt.Request(
                key, parameters, sealed.data(), nonce, null, null, null, null, sealed.authenticatedEncryptionTag());
        assertThat(Objects.requireNonNull(
                                crypto.call(open, Decrypt.Response.class).data())
                        .toHex())
                .isEqualTo(BLOCK.toHex());
        Decrypt.Request forged = new Decrypt.Request(
                key, parameters, sealed.data(), nonce, null, null, null, null, Bytes.of(new byte[16]));
        assertThat(crypto.refusal(forged)).isEqualTo(ResultReason.CRYPTOGRAPHIC_FAILURE);
    }

    @Test
    void encrypt_inPartsOfAnySize_isTheSameAsWhole() throws MalformedTtlvException {
        UniqueIdentifier key = crypto.register(CryptographicAlgorithm.AES, KEY, CIPHER);
        CryptographicParameters parameters =
                CryptoRig.parameters(BlockCipherMode.CBC, PaddingMethod.PKCS5, null, null, null);
        Bytes whole = encrypt(key, parameters, BLOCK, IV).data();
        StringBuilder parts = new StringBuilder();
        Bytes correlation = null;
        for (int i = 0; i < BLOCK.length(); i++) {
            boolean last = i == BLOCK.length() - 1;
            Encrypt.Response response = crypto.call(
                    new Encrypt.Request(
                            key,
                            i == 0 ? parameters : null,
                            Bytes.of(BLOCK.toByteArray()[i]),
                            i == 0 ? IV : null,
                            correlation,
                            i == 0 ? true : null,
                            last ? true : null,
                            null),
                    Encrypt.Response.class);
            correlation = response.correlationValue();
            parts.append(response.data() == null ? "" : response.data().toHex());
        }
        assertThat(parts).hasToString(Objects.requireNonNull(whole).toHex());
    }

    @Test
    void parametersThatAreWrong_areRefusedWithAReason() throws MalformedTtlvException {
        UniqueIdentifier key = crypto.register(CryptographicAlgorithm.AES, KEY, CIPHER);
        assertThat(crypto.refusal(request(key, CryptoRig.mode(BlockCipherMode.CBC), null)))
                .isEqualTo(ResultReason.INVALID_MESSAGE);
        assertThat(crypto.refusal(request(key, CryptoRig.mode(BlockCipherMode.CBC), Bytes.of((byte) 1))))
                .isEqualTo(ResultReason.UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS);
        assertThat(crypto.refusal(request(
                        key, CryptoRig.parameters(BlockCipherMode.GCM, null, null, null, Integer.MAX_VALUE), IV)))
                .isEqualTo(ResultReason.GENERAL_FAILURE);
        assertThat(crypto.refusal(request(key, CryptoRig.mode(new BlockCipherMode(0x80000001)), IV)))
                .isEqualTo(ResultReason.UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS);
        assertThat(crypto.refusal(new RngRetrieve.Request(Integer.MAX_VALUE))).isEqualTo(ResultReason.INVALID_FIELD);
    }

    private static Encrypt.Request request(
            UniqueIdentifier key, CryptographicParameters parameters, @Nullable Bytes iv) {
        return new Encrypt.Request(key, parameters, BLOCK, iv, null, null, null, null);
    }

    /** RFC 4231, test case 2. */
    @Test
    void mac_hmacSha256_isTheVector() throws MalformedTtlvException {
        UniqueIdentifier key = crypto.register(
                CryptographicAlgorithm.HMAC_SHA256,
                "4a656665",
                CryptographicUsageMask.MAC_GENERATE,
                CryptographicUsageMask.MAC_VERIFY);
        Bytes data = Bytes.of("what do ya want for nothing?".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Bytes code = crypto.call(new Mac.Request(key, null, data, null, null, null), Mac.Response.class)
                .macData();
        assertThat(code).isEqualTo(Bytes.ofHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        assertThat(valid(key, data, code)).isEqualTo(ValidityIndicator.VALID);
        assertThat(valid(key, BLOCK, code)).isEqualTo(ValidityIndicator.INVALID);
    }

    private @Nullable ValidityIndicator valid(UniqueIdentifier key, Bytes data, @Nullable Bytes code)
            throws MalformedTtlvException {
        return crypto.call(new MacVerify.Request(key, null, data, code, null, null, null), MacVerify.Response.class)
                .validityIndicator();
    }
}
