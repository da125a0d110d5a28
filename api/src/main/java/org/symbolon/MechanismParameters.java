package org.symbolon;

/**
 * The parameters of a mechanism, one record for each structure of PKCS #11 (v3.2 section 6).
 *
 * <p>Immutable and thread-safe. Records check what can be checked without a key.
 */
public sealed interface MechanismParameters {
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
     * An initialization vector, as CBC modes take it.
     *
     * @param iv the initialization vector; one block long for CBC
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
     * @param iv the initialization vector, at least 1 byte; 12 bytes are usual
     * @param additionalData data that is authenticated and not encrypted
     * @param tagBits the length of the tag in bits: 96, 104, 112, 120 or 128
     */
    record Gcm(Bytes iv, Bytes additionalData, int tagBits) implements MechanismParameters {
        public Gcm {
            Mechanism.requireRange("iv's length in bytes", iv.length(), 1, 256);
            Mechanism.requireRange("tagBits", tagBits, 96, 128);
            if (tagBits % 8 != 0) {
                throw new IllegalArgumentException("tagBits is a multiple of 8, not " + tagBits);
            }
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
     * CK_ECDH1_DERIVE_PARAMS.
     *
     * @param kdf the key derivation function's CKD_ number; 1 is CKD_NULL
     * @param sharedData the shared data of the key derivation function
     * @param publicData the other party's public point
     */
    record Ecdh(long kdf, Bytes sharedData, Bytes publicData) implements MechanismParameters {}

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
