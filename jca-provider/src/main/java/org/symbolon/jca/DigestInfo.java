package org.symbolon.jca;

import java.util.Arrays;
import java.util.HexFormat;
import org.symbolon.HashAlgorithm;

/** The DigestInfo that PKCS #1 v1.5 signatures pad (RFC 8017 section 9.2). */
final class DigestInfo {
    private static final String NIST_HASH = "0609608648016503040200";

    private DigestInfo() {}

    /** Returns the DER encoding: which hash, and the digest. */
    static byte[] encode(HashAlgorithm hash, byte[] digest) {
        byte[] algorithm = HexFormat.of().parseHex(objectIdentifier(hash) + "0500");
        int identifierBytes = algorithm.length;
        byte[] der = new byte[2 + 2 + identifierBytes + 2 + digest.length];
        der[0] = 0x30;
        der[1] = (byte) (der.length - 2);
        der[2] = 0x30;
        der[3] = (byte) identifierBytes;
        System.arraycopy(algorithm, 0, der, 4, identifierBytes);
        der[4 + identifierBytes] = 0x04;
        der[5 + identifierBytes] = (byte) digest.length;
        System.arraycopy(digest, 0, der, 6 + identifierBytes, digest.length);
        return der;
    }

    private static String objectIdentifier(HashAlgorithm hash) {
        return switch (hash) {
            case SHA_1 -> "06052b0e03021a";
            case SHA_224 -> nist(4);
            case SHA_256 -> nist(1);
            case SHA_384 -> nist(2);
            case SHA_512 -> nist(3);
            case SHA3_224 -> nist(7);
            case SHA3_256 -> nist(8);
            case SHA3_384 -> nist(9);
            case SHA3_512 -> nist(10);
        };
    }

    /** Returns the object identifier of a hash under 2.16.840.1.101.3.4.2. */
    private static String nist(int number) {
        byte[] oid = HexFormat.of().parseHex(NIST_HASH);
        byte[] hash = Arrays.copyOf(oid, oid.length);
        hash[hash.length - 1] = (byte) number;
        return HexFormat.of().formatHex(hash);
    }
}
