package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.DerivationMethod;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.DerivationParameters;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.DeriveKey;
import org.symbolon.kmip.ttlv.MalformedTtlvException;

/** Keys that are made of keys; OASIS's cases have PBKDF2, HASH and HMAC. */
class DeriveOperationsTest {
    private CryptoRig crypto;

    @BeforeEach
    void open() throws TokenException {
        crypto = new CryptoRig();
    }

    @AfterEach
    void close() {
        crypto.close();
    }

    private UniqueIdentifier base(String hex) throws MalformedTtlvException {
        return crypto.register(CryptographicAlgorithm.HMAC_SHA256, hex, CryptographicUsageMask.DERIVE_KEY);
    }

    private static DeriveKey.Request request(
            DerivationMethod method, DerivationParameters parameters, int bits, UniqueIdentifier... bases) {
        return new DeriveKey.Request(
                ObjectType.SECRET_DATA,
                List.of(bases),
                method,
                parameters,
                Attributes.NONE.with(AttributeType.CRYPTOGRAPHIC_LENGTH, bits));
    }

    private static DerivationParameters parameters(
            @Nullable CryptographicParameters parameters, @Nullable String salt, String... data) {
        return new DerivationParameters(
                parameters,
                null,
                java.util.Arrays.stream(data).map(Bytes::ofHex).toList(),
                salt == null ? null : Bytes.ofHex(salt),
                null);
    }

    private String derived(DeriveKey.Request request) throws MalformedTtlvException {
        return crypto.value(crypto.call(request, DeriveKey.Response.class).uniqueIdentifier());
    }

    private static CryptographicParameters sha256() {
        return CryptoRig.parameters(null, null, HashingAlgorithm.SHA_256, null, null);
    }

    /** RFC 5869, test case 1. */
    @Test
    void derive_hkdf_isTheVector() throws MalformedTtlvException {
        assertThat(derived(request(
                        DerivationMethod.HKDF,
                        parameters(sha256(), "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9"),
                        42 * 8,
                        base("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"))))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    /** NIST's CAVP vectors of SP 800-108, KDFCTR, HMAC_SHA256, counter of 32 bits before the data, COUNT=0. */
    @Test
    void derive_counterMode_isTheVector() throws MalformedTtlvException {
        assertThat(derived(request(
                        DerivationMethod.NIST800_108_C,
                        parameters(
                                sha256(),
                                null,
                                "01322b96b30acd197979444e468e1c5c6859bf1b1cf951b7e725303e237e46b864a145fab25e517b08f8683d"
                                        + "0315bb2911d80a0e8aba17f3b413faac"),
                        128,
                        base("dd1d91b7d90b2bd3138533ce92b272fbf8a369316aefe242e659cc0ae238afe0"))))
                .isEqualTo("10621342bfb0fd40046c0e29f2cfdbf0");
    }

    @Test
    void derive_everyModeOfSp800108_differsAndIsRepeatable() throws MalformedTtlvException {
        UniqueIdentifier base = base("00112233445566778899aabbccddeeff");
        DerivationParameters parameters = parameters(sha256(), null, "0102");
        String feedback = derived(request(DerivationMethod.NIST800_108_F, parameters, 512, base));
        String pipeline = derived(request(DerivationMethod.NIST800_108_DPI, parameters, 512, base));
        assertThat(feedback).hasSize(128).isNotEqualTo(pipeline);
        assertThat(derived(request(DerivationMethod.NIST800_108_F, parameters, 512, base)))
                .isEqualTo(feedback);
        assertThat(derived(request(DerivationMethod.NIST800_108_F, parameters, 256, base)))
                .isEqualTo(feedback.substring(0, 64));
    }

    /** NIST SP 800-38A, F.1.1: what is encrypted is the key. */
    @Test
    void derive_encrypt_isTheVector() throws MalformedTtlvException {
        UniqueIdentifier base = crypto.register(
                CryptographicAlgorithm.AES, "2b7e151628aed2a6abf7158809cf4f3c", CryptographicUsageMask.DERIVE_KEY);
        assertThat(derived(request(
                        DerivationMethod.ENCRYPT,
                        parameters(CryptoRig.mode(BlockCipherMode.ECB), null, "6bc1bee22e409f96e93d7e117393172a"),
                        128,
                        base)))
                .isEqualTo("3ad77bb40d7a3660a89ecaf32466ef97");
    }

    @Test
    void derive_ofTwoPairs_agrees() throws MalformedTtlvException {
        for (CryptographicAlgorithm algorithm : List.of(CryptographicAlgorithm.EC)) {
            CreateKeyPair.Response mine = pair(algorithm);
            CreateKeyPair.Response theirs = pair(algorithm);
            DerivationParameters none = parameters(null, null);
            String one = derived(request(
                    DerivationMethod.ASYMMETRIC_KEY,
                    none,
                    256,
                    mine.privateKeyUniqueIdentifier(),
                    theirs.publicKeyUniqueIdentifier()));
            String other = derived(request(
                    DerivationMethod.ASYMMETRIC_KEY,
                    none,
                    256,
                    theirs.privateKeyUniqueIdentifier(),
                    mine.publicKeyUniqueIdentifier()));
            assertThat(one).isEqualTo(other).hasSize(64);
        }
    }

    private CreateKeyPair.Response pair(CryptographicAlgorithm algorithm) throws MalformedTtlvException {
        return crypto.pair(
                CryptoRig.VERSION,
                Attributes.NONE
                        .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, algorithm)
                        .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256),
                CryptographicUsageMask.DERIVE_KEY,
                CryptographicUsageMask.DERIVE_KEY);
    }

    @Test
    void parametersThatAreWrong_areRefusedWithAReason() throws MalformedTtlvException {
        UniqueIdentifier base = base("00112233445566778899aabbccddeeff");
        DerivationParameters endless =
                new DerivationParameters(null, null, List.of(), Bytes.of((byte) 1), Integer.MAX_VALUE);
        assertThat(crypto.refusal(request(DerivationMethod.PBKDF2, endless, 128, base)))
                .isEqualTo(ResultReason.INVALID_FIELD);
        assertThat(crypto.refusal(request(DerivationMethod.HMAC, parameters(sha256(), null, "01"), 1 << 20, base)))
                .isEqualTo(ResultReason.INVALID_FIELD);
        assertThat(crypto.refusal(request(DerivationMethod.HMAC, parameters(sha256(), null, "01"), 512, base)))
                .isEqualTo(ResultReason.CRYPTOGRAPHIC_FAILURE);
        assertThat(crypto.refusal(request(DerivationMethod.HMAC, parameters(sha256(), null, "01"), 128, base, base)))
                .isEqualTo(ResultReason.INVALID_MESSAGE);
        assertThat(crypto.refusal(request(DerivationMethod.HMAC, parameters(sha256(), null, "01"), 128)))
                .isEqualTo(ResultReason.INVALID_FIELD);
    }
}
