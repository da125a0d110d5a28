package org.symbolon.kmip.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.CryptographicParameters;

/** What Cryptographic Parameters say of ciphers, and the mechanisms that they mean (KMIP 2.1 section 4.16). */
final class CipherMechanisms {
    private static final int GCM_TAG_BYTES = 16;
    private static final int MIN_TAG_BYTES = 12;

    private CipherMechanisms() {}

    /** Returns the parameters with a mode. */
    static CryptographicParameters withMode(@Nullable CryptographicParameters p, BlockCipherMode mode) {
        return p == null
                ? CryptographicParameters.builder().blockCipherMode(mode).build()
                : p.toBuilder().blockCipherMode(mode).build();
    }

    /** Returns what encrypts and decrypts in a token; empty where PKCS #11 has no mechanism for it. */
    static Optional<Mechanism> cipher(
            KeyObject key, @Nullable CryptographicParameters parameters, @Nullable Bytes iv, Bytes additionalData)
            throws KmipFailure {
        KeyType type = key.attributes().get(Attribute.KEY_TYPE);
        if (type.equals(KeyType.RSA)) {
            return Optional.of(rsa(parameters));
        } else if (type.equals(KeyType.AES)) {
            return aes(mode(parameters), isPadded(parameters), parameters, iv, additionalData);
        } else if (type.equals(KeyType.DES3)) {
            return des3(mode(parameters), isPadded(parameters), iv);
        } else if (type.equals(KeyType.CHACHA20) && isAead(parameters)) {
            return Optional.of(
                    Mechanism.CHACHA20_POLY1305.of(new MechanismParameters.Poly1305(required(iv), additionalData)));
        }
        return Optional.empty();
    }

    /** Returns whether the ciphertext carries a tag. */
    static boolean isAead(@Nullable CryptographicParameters parameters) {
        return parameters != null
                && (BlockCipherMode.GCM.equals(parameters.blockCipherMode())
                        || BlockCipherMode.CCM.equals(parameters.blockCipherMode())
                        || BlockCipherMode.AEAD.equals(parameters.blockCipherMode())
                        || CryptographicAlgorithm.CHA_CHA20_POLY1305.equals(parameters.cryptographicAlgorithm()));
    }

    static BlockCipherMode mode(@Nullable CryptographicParameters parameters) throws KmipFailure {
        if (parameters == null || parameters.blockCipherMode() == null) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "name a Block Cipher Mode: neither the request nor the key's Cryptographic Parameters do");
        }
        return parameters.blockCipherMode();
    }

    /** Returns whether blocks are padded by PKCS #5. */
    static boolean isPadded(@Nullable CryptographicParameters parameters) throws KmipFailure {
        PaddingMethod method = parameters == null ? null : parameters.paddingMethod();
        if (method == null || method.equals(PaddingMethod.NONE)) {
            return false;
        }
        if (method.equals(PaddingMethod.PKCS5)) {
            return true;
        }
        throw Mechanisms.unsupported("blocks are padded by PKCS5 or not at all, not by " + method.xmlName());
    }

    private static Mechanism rsa(@Nullable CryptographicParameters parameters) throws KmipFailure {
        PaddingMethod method = parameters == null ? null : parameters.paddingMethod();
        if (PaddingMethod.OAEP.equals(method)) {
            HashAlgorithm hash = Mechanisms.hash(parameters).orElse(HashAlgorithm.SHA_1);
            HashAlgorithm mgf = parameters == null || parameters.maskGeneratorHashingAlgorithm() == null
                    ? hash
                    : Mechanisms.mask(parameters, hash);
            Bytes label = parameters == null || parameters.pSource() == null ? Bytes.empty() : parameters.pSource();
            return Mechanism.RSA_PKCS_OAEP.parameters(hash, mgf, label);
        } else if (PaddingMethod.NONE.equals(method)) {
            return Mechanism.RSA_X_509;
        }
        if (method == null || method.equals(PaddingMethod.PKCS1_V1_5)) {
            return Mechanism.RSA_PKCS;
        }
        throw Mechanisms.unsupported("RSA is padded by OAEP or PKCS1v1_5, not by " + method.xmlName());
    }

    private static Optional<Mechanism> aes(
            BlockCipherMode mode,
            boolean padded,
            @Nullable CryptographicParameters parameters,
            @Nullable Bytes iv,
            Bytes additionalData)
            throws KmipFailure {
        Mechanism mechanism = null;
        if (mode.equals(BlockCipherMode.CBC)) {
            mechanism = (padded ? Mechanism.AES_CBC_PAD : Mechanism.AES_CBC).iv(required(iv));
        } else if (mode.equals(BlockCipherMode.ECB) && !padded) {
            mechanism = Mechanism.AES_ECB;
        } else if (mode.equals(BlockCipherMode.CTR)) {
            int counterBits =
                    parameters == null || parameters.counterLength() == null ? 128 : parameters.counterLength();
            mechanism = Mechanism.AES_CTR.of(new MechanismParameters.Counter(required(iv), counterBits));
        } else if (mode.equals(BlockCipherMode.GCM)) {
            mechanism = Mechanism.AES_GCM.parameters(required(iv), additionalData, tagBytes(parameters) * Byte.SIZE);
        }
        return Optional.ofNullable(mechanism);
    }

    /** Returns CCM, which is told beforehand how long the data is. */
    static Mechanism ccm(
            @Nullable CryptographicParameters parameters, @Nullable Bytes iv, Bytes additionalData, long dataBytes)
            throws KmipFailure {
        return Mechanism.AES_CCM.of(
                new MechanismParameters.Ccm(dataBytes, required(iv), additionalData, tagBytes(parameters)));
    }

    /** Returns the length of the tag that GCM, CCM or Poly1305 makes. */
    static int tagBytes(@Nullable CryptographicParameters parameters) throws KmipFailure {
        int bytes = parameters == null || parameters.tagLength() == null ? GCM_TAG_BYTES : parameters.tagLength();
        if (bytes < MIN_TAG_BYTES || bytes > GCM_TAG_BYTES) {
            // the reason that OASIS's cases have for it
            throw new KmipFailure(
                    ResultReason.GENERAL_FAILURE,
                    "the Tag Length is " + MIN_TAG_BYTES + " to " + GCM_TAG_BYTES + " bytes, not " + bytes);
        }
        return bytes;
    }

    private static Optional<Mechanism> des3(BlockCipherMode mode, boolean padded, @Nullable Bytes iv)
            throws KmipFailure {
        if (mode.equals(BlockCipherMode.ECB) && !padded) {
            return Optional.of(Mechanism.of(MechanismType.named("CKM_DES3_ECB")));
        } else if (mode.equals(BlockCipherMode.CBC)) {
            return Optional.of(new Mechanism(
                    MechanismType.named(padded ? "CKM_DES3_CBC_PAD" : "CKM_DES3_CBC"),
                    new MechanismParameters.Iv(required(iv))));
        }
        return Optional.empty();
    }

    static Bytes required(@Nullable Bytes iv) throws KmipFailure {
        if (iv == null) {
            throw new KmipFailure(
                    ResultReason.INVALID_MESSAGE, "the IV/Counter/Nonce is missing; send one, or ask for a Random IV");
        }
        return iv;
    }
}
