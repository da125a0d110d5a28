package org.symbolon;

/**
 * The parameters of a mechanism, one record for each structure of PKCS #11 (v3.2 section 6).
 *
 * <p>Immutable and thread-safe. Records check what can be checked without a key.
 */
public sealed interface MechanismParameters
        permits MechanismParameters.None,
                MechanismParameters.Raw,
                MechanismParameters.Pss,
                MechanismParameters.Oaep,
                MechanismParameters.RsaAesKeyWrap,
                MechanismParameters.Iv,
                MechanismParameters.Counter,
                MechanismParameters.Gcm,
                MechanismParameters.Ccm,
                MechanismParameters.Poly1305,
                MechanismParameters.MacLength,
                MechanismParameters.EdDsa,
                MechanismParameters.SignContext,
                MechanismParameters.RsaKeyPair,
                MechanismParameters.CurveKeyPair,
                MechanismParameters.DhKeyPair,
                MechanismParameters.ParameterSetKeyPair,
                MechanismParameters.SecretKeyLength,
                DerivationParameters {
    /** {@return keys that the mechanism uses beside the one that it is used with; none for most} */
    default java.util.List<KeyObject> otherKeys() {
        return java.util.List.of();
    }

    /** {@return the attributes that these parameters mean for a key to be generated; none for most} */
    default Template implied() {
        return Template.empty();
    }

    /** No parameters. */
    record None() implements MechanismParameters {}

    /**
     * Parameters in the peer's own encoding, of a mechanism that Symbolon knows only by number.
     *
     * @param encoding the encoding, as PKCS #11's C structure or its serialisation has it
     */
    record Raw(Bytes encoding) implements MechanismParameters {}

    /**
     * CK_RSA_PKCS_PSS_PARAMS.
     *
     * @param hash the hash of the message
     * @param mgfHash the hash of the mask generation function MGF1
     * @param saltBytes the length of the salt in bytes, 0 to 1024
     */
    record Pss(HashAlgorithm hash, HashAlgorithm mgfHash, int saltBytes) implements MechanismParameters {
        public Pss {
            Mechanism.requireRange("saltBytes", saltBytes, 0, 1024);
        }
    }

    /**
     * CK_RSA_PKCS_OAEP_PARAMS.
     *
     * @param hash the hash of the label
     * @param mgfHash the hash of the mask generation function MGF1
     * @param label the label, usually empty
     */
    record Oaep(HashAlgorithm hash, HashAlgorithm mgfHash, Bytes label) implements MechanismParameters {}

    /**
     * CK_RSA_AES_KEY_WRAP_PARAMS (PKCS #11 v3.2 section 6.1.22): an AES key that is made for this one wrapping, itself
     * wrapped with OAEP, wraps the key.
     *
     * @param aesKeyBits the length of the AES key in bits: 128, 192 or 256
     * @param oaep how the AES key is wrapped
     */
    record RsaAesKeyWrap(int aesKeyBits, Oaep oaep) implements MechanismParameters {
        public RsaAesKeyWrap {
            if (aesKeyBits != 128 && aesKeyBits != 192 && aesKeyBits != 256) {
                throw new IllegalArgumentException("aesKeyBits is 128, 192 or 256, not " + aesKeyBits);
            }
        }
    }

    /**
     * An initialization vector: what the CBC modes, XTS (the number of the data unit), GMAC and key wrapping take (PKCS #11
     * v3.2 sections 6.10 to 6.15).
     *
     * @param iv the initialization vector; one block long for CBC and XTS
     */
    record Iv(Bytes iv) implements MechanismParameters {}

    /**
     * CK_AES_CTR_PARAMS.
     *
     * @param counterBlock the first counter block, 16 bytes
     * @param counterBits how many of its low bits count, 1 to 128
     */
    record Counter(Bytes counterBlock, int counterBits) implements MechanismParameters {
        public Counter {
            Mechanism.requireRange("counterBlock's length in bytes", counterBlock.length(), 16, 16);
            Mechanism.requireRange("counterBits", counterBits, 1, 128);
        }
    }

    /**
     * CK_GCM_PARAMS.
     *
     * @param iv the initialization vector, 1 to 65536 bytes; 12 are usual
     * @param additionalData data that is authenticated and not encrypted
     * @param tagBits the length of the tag in bits: 96, 104, 112, 120 or 128
     */
    record Gcm(Bytes iv, Bytes additionalData, int tagBits) implements MechanismParameters {
        private static final int MAX_IV_BYTES = 1 << 16;

        public Gcm {
            Mechanism.requireRange("iv's length in bytes", iv.length(), 1, MAX_IV_BYTES);
            Mechanism.requireRange("tagBits", tagBits, 96, 128);
            if (tagBits % 8 != 0) {
                throw new IllegalArgumentException("tagBits is a multiple of 8, not " + tagBits);
            }
        }
    }

    /**
     * CK_CCM_PARAMS (PKCS #11 v3.2 section 6.12.3).
     *
     * @param dataBytes the length of the plaintext in bytes, which CCM must know before it begins
     * @param nonce the nonce, 7 to 13 bytes; never used twice with one key
     * @param additionalData data that is authenticated and not encrypted
     * @param macBytes the length of the MAC in bytes: 4, 6, 8, 10, 12, 14 or 16
     */
    record Ccm(long dataBytes, Bytes nonce, Bytes additionalData, int macBytes) implements MechanismParameters {
        public Ccm {
            Mechanism.requireRange("nonce's length in bytes", nonce.length(), 7, 13);
            Mechanism.requireRange("macBytes", macBytes, 4, 16);
            if (macBytes % 2 != 0) {
                throw new IllegalArgumentException("macBytes is even, not " + macBytes);
            }
            int lengthBytes = 15 - nonce.length();
            if (dataBytes < 0 || (lengthBytes < 8 && dataBytes >>> (8 * lengthBytes) != 0)) {
                throw new IllegalArgumentException("dataBytes is counted in " + lengthBytes
                        + " bytes with this nonce, which " + dataBytes + " is not");
            }
        }
    }

    /**
     * CK_SALSA20_CHACHA20_POLY1305_PARAMS (PKCS #11 v3.2 section 6.58).
     *
     * @param nonce the nonce, 12 bytes; never used twice with one key
     * @param additionalData data that is authenticated and not encrypted
     */
    record Poly1305(Bytes nonce, Bytes additionalData) implements MechanismParameters {
        public Poly1305 {
            Mechanism.requireRange("nonce's length in bytes", nonce.length(), 12, 12);
        }
    }

    /**
     * CK_MAC_GENERAL_PARAMS (PKCS #11 v3.2 section 6.10.6).
     *
     * @param bytes the length of the MAC in bytes, of which the leading ones are taken; 1 to 64
     */
    record MacLength(int bytes) implements MechanismParameters {
        public MacLength {
            Mechanism.requireRange("bytes", bytes, 1, 64);
        }
    }

    /** CK_HEDGE_TYPE: whether a signature of ML-DSA or SLH-DSA takes random bytes (PKCS #11 v3.2 section 6.67.1). */
    enum Hedge {
        /** CKH_HEDGE_PREFERRED (0): random, if the token can. */
        PREFERRED,
        /** CKH_HEDGE_REQUIRED (1): random. */
        REQUIRED,
        /** CKH_DETERMINISTIC_REQUIRED (2): the same each time. */
        DETERMINISTIC_REQUIRED
    }

    /**
     * CK_SIGN_ADDITIONAL_CONTEXT and, with a hash, CK_HASH_SIGN_ADDITIONAL_CONTEXT (PKCS #11 v3.2 section 6.67): what
     * ML-DSA and SLH-DSA take.
     *
     * @param hedge whether the signature is random
     * @param context the context, 0 to 255 bytes
     * @param hash the hash that made the digest: for CKM_HASH_ML_DSA and CKM_HASH_SLH_DSA, and for these alone
     */
    record SignContext(Hedge hedge, Bytes context, java.util.Optional<HashAlgorithm> hash)
            implements MechanismParameters {
        public SignContext {
            Mechanism.requireRange("context's length in bytes", context.length(), 0, 255);
        }

        /**
         * Makes the parameters of a mechanism that takes the message.
         *
         * @param hedge whether the signature is random
         * @param context the context, 0 to 255 bytes
         */
        public SignContext(Hedge hedge, Bytes context) {
            this(hedge, context, java.util.Optional.empty());
        }
    }

    /**
     * CK_EDDSA_PARAMS.
     *
     * @param prehash whether the message is hashed first (Ed25519ph, Ed448ph)
     * @param context the context, 0 to 255 bytes
     */
    record EdDsa(boolean prehash, Bytes context) implements MechanismParameters {
        public EdDsa {
            Mechanism.requireRange("context's length in bytes", context.length(), 0, 255);
        }
    }

    /**
     * What an RSA key pair is generated with; travels as CKA_MODULUS_BITS and CKA_PUBLIC_EXPONENT of the public key.
     *
     * @param modulusBits the length of the modulus in bits, 512 to 16384
     * @param publicExponent the public exponent, unsigned, big-endian
     */
    record RsaKeyPair(int modulusBits, Bytes publicExponent) implements MechanismParameters {
        public RsaKeyPair {
            Mechanism.requireRange("modulusBits", modulusBits, 512, 16384);
        }

        @Override
        public Template implied() {
            return Template.of(Attribute.MODULUS_BITS, (long) modulusBits)
                    .with(Attribute.PUBLIC_EXPONENT, publicExponent);
        }
    }

    /**
     * What a key pair on a curve is generated with; travels as CKA_EC_PARAMS of the public key.
     *
     * @param curve the curve
     */
    record CurveKeyPair(NamedCurve curve) implements MechanismParameters {
        @Override
        public Template implied() {
            return Template.of(Attribute.EC_PARAMS, curve.ecParams());
        }
    }

    /**
     * What a Diffie-Hellman key pair is generated with; travels as CKA_PRIME and CKA_BASE of the public key.
     *
     * @param prime the prime p, unsigned, big-endian
     * @param base the base g, unsigned, big-endian
     */
    record DhKeyPair(Bytes prime, Bytes base) implements MechanismParameters {
        @Override
        public Template implied() {
            return Template.of(Attribute.PRIME, prime).with(Attribute.BASE, base);
        }
    }

    /**
     * What an ML-DSA, ML-KEM or SLH-DSA key pair is generated with; travels as CKA_PARAMETER_SET of the public key.
     *
     * @param parameterSet the parameter set
     */
    record ParameterSetKeyPair(ParameterSet parameterSet) implements MechanismParameters {
        @Override
        public Template implied() {
            return Template.of(Attribute.PARAMETER_SET, parameterSet.code());
        }
    }

    /**
     * What a secret key is generated with; travels as CKA_VALUE_LEN.
     *
     * @param bytes the length of the key in bytes, 1 to 1024
     */
    record SecretKeyLength(int bytes) implements MechanismParameters {
        public SecretKeyLength {
            Mechanism.requireRange("bytes", bytes, 1, 1024);
        }

        @Override
        public Template implied() {
            return Template.of(Attribute.VALUE_LEN, (long) bytes);
        }
    }
}
