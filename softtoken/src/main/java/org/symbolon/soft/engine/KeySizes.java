package org.symbolon.soft.engine;

/** The sizes of keys, in the units of CK_MECHANISM_INFO: bits, and for the lattice and hash schemes bytes of the public key. */
final class KeySizes {
    /** The smallest modulus of a key that is brought in, in bits. */
    static final int MIN_RSA_BITS = 1024;
    /** The smallest modulus that is generated, in bits. */
    static final int MIN_GENERATED_RSA_BITS = 2048;
    /** The largest modulus, in bits. */
    static final int MAX_RSA_BITS = 8192;

    /** The field of the smallest short Weierstrass curve, in bits. */
    static final int MIN_EC_BITS = 160;
    /** The field of the largest short Weierstrass curve, in bits. */
    static final int MAX_EC_BITS = 521;
    /** The field of Ed25519 and X25519, in bits. */
    static final int MIN_EDWARDS_BITS = 255;
    /** The field of Ed448 and X448, in bits. */
    static final int MAX_EDWARDS_BITS = 448;
    /** A public key of ML-DSA-44, in bytes. */
    static final int MIN_ML_DSA_BYTES = 1312;
    /** A public key of ML-DSA-87, in bytes. */
    static final int MAX_ML_DSA_BYTES = 2592;
    /** A public key of ML-KEM-512, in bytes. */
    static final int MIN_ML_KEM_BYTES = 800;
    /** A public key of ML-KEM-1024, in bytes. */
    static final int MAX_ML_KEM_BYTES = 1568;
    /** A public key of SLH-DSA of category 1, in bytes. */
    static final int MIN_SLH_DSA_BYTES = 32;
    /** A public key of SLH-DSA of category 5, in bytes. */
    static final int MAX_SLH_DSA_BYTES = 64;

    private KeySizes() {}
}
