package org.symbolon.kmip.token;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.MaskGenerator;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Mechanisms as Cryptographic Parameters (KMIP 2.1 section 4.16). */
final class CryptoParameters {
    private final KmipVersion version;

    CryptoParameters(KmipVersion version) {
        this.version = version;
    }

    private static final class Fields {
        private @Nullable BlockCipherMode mode;
        private @Nullable PaddingMethod padding;
        private @Nullable HashingAlgorithm hash;
        private @Nullable CryptographicAlgorithm algorithm;
        private @Nullable Integer tagBytes;
        private @Nullable HashingAlgorithm mgfHash;
        private @Nullable Bytes pSource;

        CryptographicParameters build() {
            return CryptographicParameters.builder()
                    .blockCipherMode(mode)
                    .paddingMethod(padding)
                    .hashingAlgorithm(hash)
                    .cryptographicAlgorithm(algorithm)
                    .tagLength(tagBytes)
                    .maskGenerator(mgfHash == null ? null : MaskGenerator.MGF1)
                    .maskGeneratorHashingAlgorithm(mgfHash)
                    .pSource(pSource)
                    .build();
        }
    }

    /** Returns parameters that are a hash alone. */
    static CryptographicParameters hashing(HashAlgorithm hash) {
        Fields fields = new Fields();
        fields.hash = hash(hash);
        return fields.build();
    }

    private static HashingAlgorithm hash(HashAlgorithm hash) {
        return HashingAlgorithm.named(hash.name());
    }

    /** Returns how to make a code. */
    CryptographicParameters mac(KeyType type, Mechanism mechanism) throws TokenException {
        Fields fields = new Fields();
        Optional<HashAlgorithm> hash = mechanism.hash();
        if (hash.isPresent() && mechanism.type().name().endsWith("_HMAC")) {
            fields.algorithm =
                    CryptographicAlgorithm.named("HMAC_" + hash.get().name().replace("SHA_", "SHA"));
            return fields.build();
        }
        if (type.equals(KeyType.AES) && mechanism.equals(Mechanism.AES_CMAC)) {
            fields.mode = BlockCipherMode.CMAC;
            fields.algorithm = CryptographicAlgorithm.AES;
            return fields.build();
        }
        throw cannot(mechanism);
    }

    /**
     * How a server is asked to encrypt.
     *
     * @param parameters how
     * @param iv the initialization vector, counter or nonce
     * @param additionalData what is authenticated and not encrypted
     * @param tagBytes how much of the ciphertext is the tag
     */
    record Ciphering(
            CryptographicParameters parameters,
            @Nullable Bytes iv,
            @Nullable Bytes additionalData,
            int tagBytes) {}

    /** Returns how to encrypt and decrypt. */
    Ciphering ciphering(KeyType type, Mechanism mechanism) throws TokenException {
        Fields fields = new Fields();
        String name = mechanism.type().name();
        if (type.equals(KeyType.RSA)) {
            fields.algorithm = CryptographicAlgorithm.RSA;
            rsa(fields, mechanism);
            return new Ciphering(fields.build(), null, null, 0);
        }
        boolean aes = type.equals(KeyType.AES) && name.startsWith("CKM_AES_");
        if (!aes && !(type.equals(KeyType.DES3) && name.startsWith("CKM_DES3_"))) {
            throw cannot(mechanism);
        }
        fields.algorithm = aes ? CryptographicAlgorithm.AES : CryptographicAlgorithm.DES3;
        if (name.endsWith("_ECB")) {
            fields.mode = BlockCipherMode.ECB;
            return new Ciphering(fields.build(), null, null, 0);
        } else if (mechanism.parameters() instanceof MechanismParameters.Iv iv && name.contains("_CBC")) {
            fields.mode = BlockCipherMode.CBC;
            fields.padding = name.endsWith("_PAD") ? PaddingMethod.PKCS5 : PaddingMethod.NONE;
            return new Ciphering(fields.build(), iv.iv(), null, 0);
        } else if (mechanism.parameters() instanceof MechanismParameters.Counter counter
                && counter.counterBits() == 128) {
            fields.mode = BlockCipherMode.CTR;
            return new Ciphering(fields.build(), counter.counterBlock(), null, 0);
        } else if (mechanism.parameters() instanceof MechanismParameters.Gcm gcm
                && name.equals("CKM_AES_GCM")
                && version.isAtLeast(KmipVersion.V1_4)) {
            fields.mode = BlockCipherMode.GCM;
            fields.tagBytes = gcm.tagBits() / Byte.SIZE;
            return new Ciphering(fields.build(), gcm.iv(), gcm.additionalData(), fields.tagBytes);
        }
        throw cannot(mechanism);
    }

    /** Returns how to wrap and unwrap keys; modes that take an IV are none, because a server chooses it. */
    CryptographicParameters wrapping(KeyType type, Mechanism mechanism) throws TokenException {
        Fields fields = new Fields();
        if (type.equals(KeyType.AES) && mechanism.equals(Mechanism.AES_KEY_WRAP)) {
            fields.mode = BlockCipherMode.NIST_KEY_WRAP;
            fields.algorithm = CryptographicAlgorithm.AES;
            return fields.build();
        } else if (type.equals(KeyType.AES) && mechanism.equals(Mechanism.AES_KEY_WRAP_KWP)) {
            fields.mode = BlockCipherMode.AES_KEY_WRAP_PADDING;
            fields.algorithm = CryptographicAlgorithm.AES;
            return fields.build();
        } else if (type.equals(KeyType.RSA) && !mechanism.equals(Mechanism.RSA_X_509)) {
            return ciphering(type, mechanism).parameters();
        }
        throw cannot(mechanism);
    }

    private void rsa(Fields fields, Mechanism mechanism) throws TokenException {
        if (mechanism.equals(Mechanism.RSA_PKCS)) {
            fields.padding = PaddingMethod.PKCS1_V1_5;
        } else if (mechanism.equals(Mechanism.RSA_X_509)) {
            fields.padding = PaddingMethod.NONE;
        } else if (mechanism.parameters() instanceof MechanismParameters.Oaep oaep) {
            fields.padding = PaddingMethod.OAEP;
            fields.hash = hash(oaep.hash());
            boolean plain = oaep.mgfHash() == oaep.hash() && oaep.label().isEmpty();
            if (version.isAtLeast(KmipVersion.V1_4)) {
                fields.mgfHash = hash(oaep.mgfHash());
                fields.pSource = oaep.label().isEmpty() ? null : oaep.label();
            } else if (!plain) {
                throw Refusals.mechanism("KMIP " + version + " has no field for OAEP's label and MGF1's hash");
            }
        } else {
            throw cannot(mechanism);
        }
    }

    private static TokenException cannot(Mechanism mechanism) {
        return Refusals.mechanism("KMIP has no parameters for " + mechanism.type() + " with a key like this");
    }
}
