package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Recommended Curve, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record RecommendedCurve(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("RecommendedCurve");

    /** P-192. */
    public static final RecommendedCurve P_192 = named("P_192");

    /** K-163. */
    public static final RecommendedCurve K_163 = named("K_163");

    /** B-163. */
    public static final RecommendedCurve B_163 = named("B_163");

    /** P-224. */
    public static final RecommendedCurve P_224 = named("P_224");

    /** K-233. */
    public static final RecommendedCurve K_233 = named("K_233");

    /** B-233. */
    public static final RecommendedCurve B_233 = named("B_233");

    /** P-256. */
    public static final RecommendedCurve P_256 = named("P_256");

    /** K-283. */
    public static final RecommendedCurve K_283 = named("K_283");

    /** B-283. */
    public static final RecommendedCurve B_283 = named("B_283");

    /** P-384. */
    public static final RecommendedCurve P_384 = named("P_384");

    /** K-409. */
    public static final RecommendedCurve K_409 = named("K_409");

    /** B-409. */
    public static final RecommendedCurve B_409 = named("B_409");

    /** P-521. */
    public static final RecommendedCurve P_521 = named("P_521");

    /** K-571. */
    public static final RecommendedCurve K_571 = named("K_571");

    /** B-571. */
    public static final RecommendedCurve B_571 = named("B_571");

    /** SECP112R1. */
    public static final RecommendedCurve SECP112_R1 = named("SECP112R1");

    /** SECP112R2. */
    public static final RecommendedCurve SECP112_R2 = named("SECP112R2");

    /** SECP128R1. */
    public static final RecommendedCurve SECP128_R1 = named("SECP128R1");

    /** SECP128R2. */
    public static final RecommendedCurve SECP128_R2 = named("SECP128R2");

    /** SECP160K1. */
    public static final RecommendedCurve SECP160_K1 = named("SECP160K1");

    /** SECP160R1. */
    public static final RecommendedCurve SECP160_R1 = named("SECP160R1");

    /** SECP160R2. */
    public static final RecommendedCurve SECP160_R2 = named("SECP160R2");

    /** SECP192K1. */
    public static final RecommendedCurve SECP192_K1 = named("SECP192K1");

    /** SECP224K1. */
    public static final RecommendedCurve SECP224_K1 = named("SECP224K1");

    /** SECP256K1. */
    public static final RecommendedCurve SECP256_K1 = named("SECP256K1");

    /** SECT113R1. */
    public static final RecommendedCurve SECT113_R1 = named("SECT113R1");

    /** SECT113R2. */
    public static final RecommendedCurve SECT113_R2 = named("SECT113R2");

    /** SECT131R1. */
    public static final RecommendedCurve SECT131_R1 = named("SECT131R1");

    /** SECT131R2. */
    public static final RecommendedCurve SECT131_R2 = named("SECT131R2");

    /** SECT163R1. */
    public static final RecommendedCurve SECT163_R1 = named("SECT163R1");

    /** SECT193R1. */
    public static final RecommendedCurve SECT193_R1 = named("SECT193R1");

    /** SECT193R2. */
    public static final RecommendedCurve SECT193_R2 = named("SECT193R2");

    /** SECT239K1. */
    public static final RecommendedCurve SECT239_K1 = named("SECT239K1");

    /** ANSIX9P192V2. */
    public static final RecommendedCurve ANSIX9_P192_V2 = named("ANSIX9P192V2");

    /** ANSIX9P192V3. */
    public static final RecommendedCurve ANSIX9_P192_V3 = named("ANSIX9P192V3");

    /** ANSIX9P239V1. */
    public static final RecommendedCurve ANSIX9_P239_V1 = named("ANSIX9P239V1");

    /** ANSIX9P239V2. */
    public static final RecommendedCurve ANSIX9_P239_V2 = named("ANSIX9P239V2");

    /** ANSIX9P239V3. */
    public static final RecommendedCurve ANSIX9_P239_V3 = named("ANSIX9P239V3");

    /** ANSIX9C2PNB163V1. */
    public static final RecommendedCurve ANSIX9_C2_PNB163_V1 = named("ANSIX9C2PNB163V1");

    /** ANSIX9C2PNB163V2. */
    public static final RecommendedCurve ANSIX9_C2_PNB163_V2 = named("ANSIX9C2PNB163V2");

    /** ANSIX9C2PNB163V3. */
    public static final RecommendedCurve ANSIX9_C2_PNB163_V3 = named("ANSIX9C2PNB163V3");

    /** ANSIX9C2PNB176V1. */
    public static final RecommendedCurve ANSIX9_C2_PNB176_V1 = named("ANSIX9C2PNB176V1");

    /** ANSIX9C2TNB191V1. */
    public static final RecommendedCurve ANSIX9_C2_TNB191_V1 = named("ANSIX9C2TNB191V1");

    /** ANSIX9C2TNB191V2. */
    public static final RecommendedCurve ANSIX9_C2_TNB191_V2 = named("ANSIX9C2TNB191V2");

    /** ANSIX9C2TNB191V3. */
    public static final RecommendedCurve ANSIX9_C2_TNB191_V3 = named("ANSIX9C2TNB191V3");

    /** ANSIX9C2PNB208W1. */
    public static final RecommendedCurve ANSIX9_C2_PNB208_W1 = named("ANSIX9C2PNB208W1");

    /** ANSIX9C2TNB239V1. */
    public static final RecommendedCurve ANSIX9_C2_TNB239_V1 = named("ANSIX9C2TNB239V1");

    /** ANSIX9C2TNB239V2. */
    public static final RecommendedCurve ANSIX9_C2_TNB239_V2 = named("ANSIX9C2TNB239V2");

    /** ANSIX9C2TNB239V3. */
    public static final RecommendedCurve ANSIX9_C2_TNB239_V3 = named("ANSIX9C2TNB239V3");

    /** ANSIX9C2PNB272W1. */
    public static final RecommendedCurve ANSIX9_C2_PNB272_W1 = named("ANSIX9C2PNB272W1");

    /** ANSIX9C2PNB304W1. */
    public static final RecommendedCurve ANSIX9_C2_PNB304_W1 = named("ANSIX9C2PNB304W1");

    /** ANSIX9C2TNB359V1. */
    public static final RecommendedCurve ANSIX9_C2_TNB359_V1 = named("ANSIX9C2TNB359V1");

    /** ANSIX9C2PNB368W1. */
    public static final RecommendedCurve ANSIX9_C2_PNB368_W1 = named("ANSIX9C2PNB368W1");

    /** ANSIX9C2TNB431R1. */
    public static final RecommendedCurve ANSIX9_C2_TNB431_R1 = named("ANSIX9C2TNB431R1");

    /** BRAINPOOLP160R1. */
    public static final RecommendedCurve BRAINPOOLP160_R1 = named("BRAINPOOLP160R1");

    /** BRAINPOOLP160T1. */
    public static final RecommendedCurve BRAINPOOLP160_T1 = named("BRAINPOOLP160T1");

    /** BRAINPOOLP192R1. */
    public static final RecommendedCurve BRAINPOOLP192_R1 = named("BRAINPOOLP192R1");

    /** BRAINPOOLP192T1. */
    public static final RecommendedCurve BRAINPOOLP192_T1 = named("BRAINPOOLP192T1");

    /** BRAINPOOLP224R1. */
    public static final RecommendedCurve BRAINPOOLP224_R1 = named("BRAINPOOLP224R1");

    /** BRAINPOOLP224T1. */
    public static final RecommendedCurve BRAINPOOLP224_T1 = named("BRAINPOOLP224T1");

    /** BRAINPOOLP256R1. */
    public static final RecommendedCurve BRAINPOOLP256_R1 = named("BRAINPOOLP256R1");

    /** BRAINPOOLP256T1. */
    public static final RecommendedCurve BRAINPOOLP256_T1 = named("BRAINPOOLP256T1");

    /** BRAINPOOLP320R1. */
    public static final RecommendedCurve BRAINPOOLP320_R1 = named("BRAINPOOLP320R1");

    /** BRAINPOOLP320T1. */
    public static final RecommendedCurve BRAINPOOLP320_T1 = named("BRAINPOOLP320T1");

    /** BRAINPOOLP384R1. */
    public static final RecommendedCurve BRAINPOOLP384_R1 = named("BRAINPOOLP384R1");

    /** BRAINPOOLP384T1. */
    public static final RecommendedCurve BRAINPOOLP384_T1 = named("BRAINPOOLP384T1");

    /** BRAINPOOLP512R1. */
    public static final RecommendedCurve BRAINPOOLP512_R1 = named("BRAINPOOLP512R1");

    /** BRAINPOOLP512T1. */
    public static final RecommendedCurve BRAINPOOLP512_T1 = named("BRAINPOOLP512T1");

    /** CURVE25519. */
    public static final RecommendedCurve CURVE25519 = named("CURVE25519");

    /** CURVE448. */
    public static final RecommendedCurve CURVE448 = named("CURVE448");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static RecommendedCurve named(String xmlName) {
        return new RecommendedCurve(TABLE.require(xmlName));
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
