package org.symbolon;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An elliptic curve, with its names in NIST's, SEC's, JCA's and SSH's words and its CKA_EC_PARAMS encoding. */
public enum NamedCurve {
    /** NIST P-192: only for what still needs it. */
    P192("P-192", KeyType.EC, "secp192r1", "06082a8648ce3d030101", 24, ""),
    /** NIST P-224. */
    P224("P-224", KeyType.EC, "secp224r1", "06052b81040021", 28, ""),
    /** NIST P-256. */
    P256("P-256", KeyType.EC, "secp256r1", "06082a8648ce3d030107", 32, "nistp256"),
    /** NIST P-384. */
    P384("P-384", KeyType.EC, "secp384r1", "06052b81040022", 48, "nistp384"),
    /** NIST P-521. */
    P521("P-521", KeyType.EC, "secp521r1", "06052b81040023", 66, "nistp521"),
    /** The curve of SEC 2 with the Koblitz prime, 256 bits. */
    SECP256K1("secp256k1", KeyType.EC, "secp256k1", "06052b8104000a", 32, ""),
    /** RFC 5639, 160 bits. */
    BRAINPOOL_P160R1("brainpoolP160r1", KeyType.EC, "brainpoolP160r1", "06092b2403030208010101", 20, ""),
    /** RFC 5639, 160 bits, twisted. */
    BRAINPOOL_P160T1("brainpoolP160t1", KeyType.EC, "brainpoolP160t1", "06092b2403030208010102", 20, ""),
    /** RFC 5639, 192 bits. */
    BRAINPOOL_P192R1("brainpoolP192r1", KeyType.EC, "brainpoolP192r1", "06092b2403030208010103", 24, ""),
    /** RFC 5639, 192 bits, twisted. */
    BRAINPOOL_P192T1("brainpoolP192t1", KeyType.EC, "brainpoolP192t1", "06092b2403030208010104", 24, ""),
    /** RFC 5639, 224 bits. */
    BRAINPOOL_P224R1("brainpoolP224r1", KeyType.EC, "brainpoolP224r1", "06092b2403030208010105", 28, ""),
    /** RFC 5639, 224 bits, twisted. */
    BRAINPOOL_P224T1("brainpoolP224t1", KeyType.EC, "brainpoolP224t1", "06092b2403030208010106", 28, ""),
    /** RFC 5639, 256 bits. */
    BRAINPOOL_P256R1("brainpoolP256r1", KeyType.EC, "brainpoolP256r1", "06092b2403030208010107", 32, ""),
    /** RFC 5639, 256 bits, twisted. */
    BRAINPOOL_P256T1("brainpoolP256t1", KeyType.EC, "brainpoolP256t1", "06092b2403030208010108", 32, ""),
    /** RFC 5639, 320 bits. */
    BRAINPOOL_P320R1("brainpoolP320r1", KeyType.EC, "brainpoolP320r1", "06092b2403030208010109", 40, ""),
    /** RFC 5639, 320 bits, twisted. */
    BRAINPOOL_P320T1("brainpoolP320t1", KeyType.EC, "brainpoolP320t1", "06092b240303020801010a", 40, ""),
    /** RFC 5639, 384 bits. */
    BRAINPOOL_P384R1("brainpoolP384r1", KeyType.EC, "brainpoolP384r1", "06092b240303020801010b", 48, ""),
    /** RFC 5639, 384 bits, twisted. */
    BRAINPOOL_P384T1("brainpoolP384t1", KeyType.EC, "brainpoolP384t1", "06092b240303020801010c", 48, ""),
    /** RFC 5639, 512 bits. */
    BRAINPOOL_P512R1("brainpoolP512r1", KeyType.EC, "brainpoolP512r1", "06092b240303020801010d", 64, ""),
    /** RFC 5639, 512 bits, twisted. */
    BRAINPOOL_P512T1("brainpoolP512t1", KeyType.EC, "brainpoolP512t1", "06092b240303020801010e", 64, ""),
    /** Ed25519 (RFC 8032). */
    ED25519("Ed25519", KeyType.EC_EDWARDS, "Ed25519", "06032b6570", 32, "ssh-ed25519"),
    /** Ed448 (RFC 8032). */
    ED448("Ed448", KeyType.EC_EDWARDS, "Ed448", "06032b6571", 57, ""),
    /** X25519 (RFC 7748). */
    X25519("X25519", KeyType.EC_MONTGOMERY, "X25519", "06032b656e", 32, ""),
    /** X448 (RFC 7748). */
    X448("X448", KeyType.EC_MONTGOMERY, "X448", "06032b656f", 56, "");

    private final String displayName;
    private final KeyType keyType;
    private final String jcaName;
    private final Bytes ecParams;
    private final int fieldBytes;
    private final String sshName;

    NamedCurve(String displayName, KeyType keyType, String jcaName, String ecParams, int fieldBytes, String sshName) {
        this.displayName = displayName;
        this.keyType = keyType;
        this.jcaName = jcaName;
        this.ecParams = Bytes.ofHex(ecParams);
        this.fieldBytes = fieldBytes;
        this.sshName = sshName;
    }

    /** {@return the usual name, such as {@code P-256} or {@code Ed25519}} */
    public String displayName() {
        return displayName;
    }

    /** {@return the type of the keys on this curve} */
    public KeyType keyType() {
        return keyType;
    }

    /** {@return the JCA's parameter name, such as {@code secp256r1}} */
    public String jcaName() {
        return jcaName;
    }

    /** {@return the value of CKA_EC_PARAMS: the DER encoding of the curve's object identifier} */
    public Bytes ecParams() {
        return ecParams;
    }

    /**
     * Returns the length in bytes of a field element, which for a short Weierstrass curve is half of an ECDSA signature
     * r‖s; for an Edwards or Montgomery curve the length of an encoded public key.
     */
    public int fieldBytes() {
        return fieldBytes;
    }

    /** {@return the curve's name in SSH (RFC 5656), such as {@code nistp256}, or empty where SSH has none} */
    public Optional<String> sshName() {
        return sshName.isEmpty() ? Optional.empty() : Optional.of(sshName);
    }

    /**
     * Returns the curve of a name.
     *
     * @param name any of the curve's names, in any case
     * @return the curve, or empty if it is none of ours
     */
    public static Optional<NamedCurve> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(curve -> lower.equals(curve.displayName.toLowerCase(Locale.ROOT))
                        || lower.equals(curve.jcaName.toLowerCase(Locale.ROOT))
                        || lower.equals(curve.sshName))
                .findFirst();
    }

    /**
     * Returns the curve of a CKA_EC_PARAMS value: an object identifier, or the PrintableString {@code edwards25519} and
     * its like that older tokens use (PKCS #11 v3.2 section 6.3).
     *
     * @param ecParams the attribute's value
     * @return the curve, or empty if it is none of ours
     */
    public static Optional<NamedCurve> ofEcParams(Bytes ecParams) {
        return Arrays.stream(values())
                .filter(curve ->
                        curve.ecParams.equals(ecParams) || curve.printable().equals(ecParams))
                .findFirst();
    }

    private Bytes printable() {
        String name = switch (this) {
            case ED25519 -> "edwards25519";
            case ED448 -> "edwards448";
            case X25519 -> "curve25519";
            case X448 -> "curve448";
            default -> "";
        };
        byte[] text = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] der = new byte[text.length + 2];
        der[0] = 0x13;
        der[1] = (byte) text.length;
        System.arraycopy(text, 0, der, 2, text.length);
        return Bytes.wrap(der);
    }
}
