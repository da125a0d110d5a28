package org.symbolon.soft.engine;

/** The sizes of RSA keys. */
final class KeySizes {
    /** The smallest modulus of a key that is brought in, in bits. */
    static final int MIN_RSA_BITS = 1024;
    /** The smallest modulus that is generated, in bits. */
    static final int MIN_GENERATED_RSA_BITS = 2048;
    /** The largest modulus, in bits. */
    static final int MAX_RSA_BITS = 8192;

    private KeySizes() {}
}
