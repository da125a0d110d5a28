package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Cryptographic Algorithm, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record CryptographicAlgorithm(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("CryptographicAlgorithm");

    /** DES. */
    public static final CryptographicAlgorithm DES = named("DES");

    /** 3DES. */
    public static final CryptographicAlgorithm DES3 = named("DES3");

    /** AES. */
    public static final CryptographicAlgorithm AES = named("AES");

    /** RSA. */
    public static final CryptographicAlgorithm RSA = named("RSA");

    /** DSA. */
    public static final CryptographicAlgorithm DSA = named("DSA");

    /** ECDSA. */
    public static final CryptographicAlgorithm ECDSA = named("ECDSA");

    /** HMAC-SHA1. */
    public static final CryptographicAlgorithm HMAC_SHA1 = named("HMAC_SHA1");

    /** HMAC-SHA224. */
    public static final CryptographicAlgorithm HMAC_SHA224 = named("HMAC_SHA224");

    /** HMAC-SHA256. */
    public static final CryptographicAlgorithm HMAC_SHA256 = named("HMAC_SHA256");

    /** HMAC-SHA384. */
    public static final CryptographicAlgorithm HMAC_SHA384 = named("HMAC_SHA384");

    /** HMAC-SHA512. */
    public static final CryptographicAlgorithm HMAC_SHA512 = named("HMAC_SHA512");

    /** HMAC-MD5. */
    public static final CryptographicAlgorithm HMAC_MD5 = named("HMAC_MD5");

    /** DH. */
    public static final CryptographicAlgorithm DH = named("DH");

    /** ECDH. */
    public static final CryptographicAlgorithm ECDH = named("ECDH");

    /** ECMQV. */
    public static final CryptographicAlgorithm ECMQV = named("ECMQV");

    /** Blowfish. */
    public static final CryptographicAlgorithm BLOWFISH = named("Blowfish");

    /** Camellia. */
    public static final CryptographicAlgorithm CAMELLIA = named("Camellia");

    /** CAST5. */
    public static final CryptographicAlgorithm CAST5 = named("CAST5");

    /** IDEA. */
    public static final CryptographicAlgorithm IDEA = named("IDEA");

    /** MARS. */
    public static final CryptographicAlgorithm MARS = named("MARS");

    /** RC2. */
    public static final CryptographicAlgorithm RC2 = named("RC2");

    /** RC4. */
    public static final CryptographicAlgorithm RC4 = named("RC4");

    /** RC5. */
    public static final CryptographicAlgorithm RC5 = named("RC5");

    /** SKIPJACK. */
    public static final CryptographicAlgorithm SKIPJACK = named("SKIPJACK");

    /** Twofish. */
    public static final CryptographicAlgorithm TWOFISH = named("Twofish");

    /** EC. */
    public static final CryptographicAlgorithm EC = named("EC");

    /** One Time Pad. */
    public static final CryptographicAlgorithm ONE_TIME_PAD = named("OneTimePad");

    /** ChaCha20. */
    public static final CryptographicAlgorithm CHA_CHA20 = named("ChaCha20");

    /** Poly1305. */
    public static final CryptographicAlgorithm POLY1305 = named("Poly1305");

    /** ChaCha20Poly1305. */
    public static final CryptographicAlgorithm CHA_CHA20_POLY1305 = named("ChaCha20Poly1305");

    /** SHA3-224. */
    public static final CryptographicAlgorithm SHA3_224 = named("SHA3_224");

    /** SHA3-256. */
    public static final CryptographicAlgorithm SHA3_256 = named("SHA3_256");

    /** SHA3-384. */
    public static final CryptographicAlgorithm SHA3_384 = named("SHA3_384");

    /** SHA3-512. */
    public static final CryptographicAlgorithm SHA3_512 = named("SHA3_512");

    /** HMAC-SHA3-224. */
    public static final CryptographicAlgorithm HMAC_SHA3_224 = named("HMAC_SHA3_224");

    /** HMAC-SHA3-256. */
    public static final CryptographicAlgorithm HMAC_SHA3_256 = named("HMAC_SHA3_256");

    /** HMAC-SHA3-384. */
    public static final CryptographicAlgorithm HMAC_SHA3_384 = named("HMAC_SHA3_384");

    /** HMAC-SHA3-512. */
    public static final CryptographicAlgorithm HMAC_SHA3_512 = named("HMAC_SHA3_512");

    /** SHAKE-128. */
    public static final CryptographicAlgorithm SHAKE_128 = named("SHAKE_128");

    /** SHAKE-256. */
    public static final CryptographicAlgorithm SHAKE_256 = named("SHAKE_256");

    /** ARIA. */
    public static final CryptographicAlgorithm ARIA = named("ARIA");

    /** SEED. */
    public static final CryptographicAlgorithm SEED = named("SEED");

    /** SM2. */
    public static final CryptographicAlgorithm SM2 = named("SM2");

    /** SM3. */
    public static final CryptographicAlgorithm SM3 = named("SM3");

    /** SM4. */
    public static final CryptographicAlgorithm SM4 = named("SM4");

    /** GOST R 34.10-2012. */
    public static final CryptographicAlgorithm GOSTR34_10_2012 = named("GOSTR34_10_2012");

    /** GOST R 34.11-2012. */
    public static final CryptographicAlgorithm GOSTR34_11_2012 = named("GOSTR34_11_2012");

    /** GOST R 34.13-2015. */
    public static final CryptographicAlgorithm GOSTR34_13_2015 = named("GOSTR34_13_2015");

    /** GOST 28147-89. */
    public static final CryptographicAlgorithm GOST28147_89 = named("GOST28147_89");

    /** XMSS. */
    public static final CryptographicAlgorithm XMSS = named("XMSS");

    /** SPHINCS-256. */
    public static final CryptographicAlgorithm SPHINCS_256 = named("SPHINCS_256");

    /** McEliece. */
    public static final CryptographicAlgorithm MC_ELIECE = named("McEliece");

    /** McEliece-6960119. */
    public static final CryptographicAlgorithm MC_ELIECE_6960119 = named("McEliece_6960119");

    /** McEliece-8192128. */
    public static final CryptographicAlgorithm MC_ELIECE_8192128 = named("McEliece_8192128");

    /** Ed25519. */
    public static final CryptographicAlgorithm ED25519 = named("Ed25519");

    /** Ed448. */
    public static final CryptographicAlgorithm ED448 = named("Ed448");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static CryptographicAlgorithm named(String xmlName) {
        return new CryptographicAlgorithm(TABLE.require(xmlName));
    }

    @Override
    public ValueTable table() {
        return TABLE;
    }

    @Override
    public String toString() {
        return xmlName();
    }
}
