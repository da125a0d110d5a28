package org.symbolon;

import java.util.List;
import java.util.Optional;

/** The parameters of mechanisms that make keys of other keys or of passwords. Immutable and thread-safe. */
public sealed interface DerivationParameters extends MechanismParameters {
    /** CKD_NULL: the shared secret itself is the key. */
    long CKD_NULL = ConstantTable.value("kdf", "CKD_NULL");

    /**
     * CK_ECDH1_DERIVE_PARAMS (PKCS #11 v3.2 section 6.3.16).
     *
     * @param kdf the key derivation function's CKD_ number; 1 is CKD_NULL
     * @param sharedData the shared data of the key derivation function; empty with CKD_NULL
     * @param publicData the other party's public point: as CKA_EC_POINT has it, or without its DER wrapping
     */
    record Ecdh(long kdf, Bytes sharedData, Bytes publicData) implements DerivationParameters {
        /**
         * Makes the parameters for the shared secret itself, without a key derivation function.
         *
         * @param publicData the other party's public point
         */
        public Ecdh(Bytes publicData) {
            this(CKD_NULL, Bytes.empty(), publicData);
        }

        /**
         * Returns the parameters with the key derivation function of ANSI X9.63 over a hash (CKD_SHA256_KDF and its like).
         *
         * @param hash the hash
         * @param sharedData the shared data, often empty
         * @param publicData the other party's public point
         * @return the parameters
         */
        public static Ecdh x963(HashAlgorithm hash, Bytes sharedData, Bytes publicData) {
            return new Ecdh(ConstantTable.value("kdf", kdfName(hash)), sharedData, publicData);
        }

        private static String kdfName(HashAlgorithm hash) {
            return "CKD_" + hash.jcaName().replaceFirst("SHA-", "SHA").replace('-', '_') + "_KDF";
        }

        /** {@return the hash of the key derivation function; empty for CKD_NULL and for functions of other kinds} */
        public Optional<HashAlgorithm> hash() {
            for (HashAlgorithm candidate : HashAlgorithm.values()) {
                if (ConstantTable.value("kdf", kdfName(candidate)) == kdf) {
                    return Optional.of(candidate);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The other party's public value, as CKM_DH_PKCS_DERIVE takes it (PKCS #11 v3.2 section 6.4.6).
     *
     * @param value the value, unsigned, big-endian
     */
    record PublicValue(Bytes value) implements DerivationParameters {}

    /**
     * CK_HKDF_PARAMS (PKCS #11 v3.2 section 6.62): RFC 5869.
     *
     * @param extract whether the first step is done; without it, the base key is the pseudo-random key
     * @param expand whether the second step is done; without it, the new key is the pseudo-random key
     * @param hash the hash of the HMAC
     * @param salt the salt of the first step; empty for none
     * @param saltKey the key that is the salt of the first step, in place of {@code salt}
     * @param info the context of the second step
     */
    record Hkdf(
            boolean extract, boolean expand, HashAlgorithm hash, Bytes salt, Optional<KeyObject> saltKey, Bytes info)
            implements DerivationParameters {
        public Hkdf {
            if (!extract && !expand) {
                throw new IllegalArgumentException("HKDF extracts, expands, or does both");
            }
            if (!salt.isEmpty() && saltKey.isPresent()) {
                throw new IllegalArgumentException("the salt of HKDF is given as bytes or as a key, not as both");
            }
        }

        /**
         * Makes the parameters of both steps.
         *
         * @param hash the hash of the HMAC
         * @param salt the salt; empty for none
         * @param info the context
         */
        public Hkdf(HashAlgorithm hash, Bytes salt, Bytes info) {
            this(true, true, hash, salt, Optional.empty(), info);
        }

        @Override
        public List<KeyObject> otherKeys() {
            return saltKey.stream().toList();
        }
    }

    /**
     * CK_SP800_108_KDF_PARAMS and CK_SP800_108_FEEDBACK_KDF_PARAMS (PKCS #11 v3.2 section 6.42), for one key.
     *
     * @param prf the pseudo-random function: an HMAC mechanism, CKM_AES_CMAC or CKM_DES3_CMAC
     * @param fields what goes into the pseudo-random function at each step, in this order
     * @param iv what the feedback mode begins with; empty for none, and for the other modes
     */
    record Sp800108(MechanismType prf, List<KdfField> fields, Bytes iv) implements DerivationParameters {
        public Sp800108 {
            fields = List.copyOf(fields);
        }

        /**
         * Makes the parameters of a mode that has no initialization vector.
         *
         * @param prf the pseudo-random function
         * @param fields what goes into the pseudo-random function at each step, in this order
         */
        public Sp800108(MechanismType prf, List<KdfField> fields) {
            this(prf, fields, Bytes.empty());
        }
    }

    /** CK_PRF_DATA_PARAM: a part of what goes into the pseudo-random function at a step (PKCS #11 v3.2 section 6.42.2). */
    sealed interface KdfField {
        /**
         * CK_SP800_108_ITERATION_VARIABLE: in counter mode the counter; in the other modes the result of the step before,
         * where {@code bits} and {@code littleEndian} mean nothing.
         *
         * @param bits the counter's length: 8, 16, 24 or 32
         * @param littleEndian the order of its bytes
         */
        record IterationVariable(int bits, boolean littleEndian) implements KdfField {
            public IterationVariable {
                requireWholeBytes("bits", bits, 32);
            }
        }

        /**
         * CK_SP800_108_COUNTER: a counter, in modes whose iteration variable is none.
         *
         * @param bits its length: 8, 16, 24 or 32
         * @param littleEndian the order of its bytes
         */
        record Counter(int bits, boolean littleEndian) implements KdfField {
            public Counter {
                requireWholeBytes("bits", bits, 32);
            }
        }

        /**
         * CK_SP800_108_DKM_LENGTH: the length of the derived key in bits.
         *
         * @param ofSegments whether it is rounded up to whole results of the pseudo-random function
         * @param bits its own length: 8, 16 ... 64
         * @param littleEndian the order of its bytes
         */
        record KeyLength(boolean ofSegments, int bits, boolean littleEndian) implements KdfField {
            public KeyLength {
                requireWholeBytes("bits", bits, 64);
            }
        }

        /**
         * CK_SP800_108_BYTE_ARRAY: fixed data: a label, a zero byte, a context.
         *
         * @param data the bytes
         */
        record FixedData(Bytes data) implements KdfField {}

        private static void requireWholeBytes(String parameter, int bits, int max) {
            if (bits < 8 || bits > max || bits % 8 != 0) {
                throw new IllegalArgumentException(parameter + " is a multiple of 8 up to " + max + ", not " + bits);
            }
        }
    }

    /**
     * CK_PKCS5_PBKD2_PARAMS2 (PKCS #11 v3.2 section 6.41): PBKDF2 of RFC 8018, which generates a key of a password.
     *
     * @param prf the hash of the HMAC
     * @param salt the salt
     * @param iterations how many times, at least 1
     * @param password the password's bytes; stays the caller's, who closes it
     */
    record Pbkdf2(HashAlgorithm prf, Bytes salt, int iterations, SecretBytes password) implements DerivationParameters {
        public Pbkdf2 {
            Mechanism.requireRange("iterations", iterations, 1, 100_000_000);
        }
    }

    /**
     * CK_KEY_DERIVATION_STRING_DATA: what the base key is concatenated or combined with (PKCS #11 v3.2 section 6.43).
     *
     * @param data the bytes
     */
    record StringData(Bytes data) implements DerivationParameters {}

    /**
     * The key that the base key is concatenated with: what CKM_CONCATENATE_BASE_AND_KEY takes (PKCS #11 v3.2 section 6.43.3).
     *
     * @param key a secret key, which may derive too
     */
    record OtherKey(KeyObject key) implements DerivationParameters {
        @Override
        public List<KeyObject> otherKeys() {
            return List.of(key);
        }
    }

    /**
     * CK_EXTRACT_PARAMS: where in the base key the new key begins (PKCS #11 v3.2 section 6.43.7).
     *
     * @param bit the number of its first bit, 0 being the highest of the first byte
     */
    record BitPosition(int bit) implements DerivationParameters {
        public BitPosition {
            Mechanism.requireRange("bit", bit, 0, 8191);
        }
    }
}
