package org.symbolon.ssh;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A signature in SSH's encoding, from and to the encodings of PKCS #11 tokens and of the JDK. Immutable.
 *
 * <p>Only ECDSA has more than one: tokens give r and s after each other in fixed width (PKCS #11 v3.1 section 6.3.1), the
 * JDK a DER sequence, SSH two mpints (RFC 5656 section 3.1.2). RSA's and Ed25519's bytes are the same everywhere.
 */
public final class SshSignature {
    private static final String WHAT = "SSH signature";
    private static final int MAX_NAME_BYTES = 64;

    private final SshSignatureAlgorithm algorithm;
    private final byte[] plain;

    private SshSignature(SshSignatureAlgorithm algorithm, byte[] plain) {
        this.algorithm = algorithm;
        this.plain = plain;
    }

    /**
     * A signature as PKCS #11 tokens and Java's {@code ...inP1363Format} give it.
     *
     * @param algorithm how it was made
     * @param plain RSA: the number; ECDSA: r and s, each of the curve's width; Ed25519: 64 bytes; copied
     * @return the signature
     * @throws SshFormatException if the length cannot be one of this algorithm, or r or s is zero
     */
    public static SshSignature ofPlain(SshSignatureAlgorithm algorithm, byte[] plain) throws SshFormatException {
        boolean fits = switch (algorithm.keyType()) {
            case RSA -> plain.length >= SshPublicKey.MIN_RSA_BITS / 8 && plain.length <= algorithm.maxBytes();
            case ECDSA_P256, ECDSA_P384, ECDSA_P521 ->
                plain.length == 2 * algorithm.keyType().curve().fieldBytes();
            case ED25519, SK_ECDSA_P256, SK_ED25519 -> plain.length == 64;
        };
        if (!fits) {
            throw new SshFormatException(
                    WHAT + ": " + plain.length + " bytes cannot be one of " + algorithm.wireName());
        }
        SshSignature signature = new SshSignature(algorithm, plain.clone());
        if (algorithm.isEcdsa() && (signature.r().signum() == 0 || signature.s().signum() == 0)) {
            throw new SshFormatException(WHAT + ": r or s is zero");
        }
        return signature;
    }

    /**
     * A signature as the JDK's {@code Signature} gives it.
     *
     * @param algorithm how it was made
     * @param jca ECDSA: the DER sequence of r and s; others: as {@link #ofPlain}; copied
     * @return the signature
     * @throws SshFormatException if it is malformed or too long for the algorithm
     */
    public static SshSignature ofJca(SshSignatureAlgorithm algorithm, byte[] jca) throws SshFormatException {
        if (!algorithm.isEcdsa()) {
            return ofPlain(algorithm, jca);
        }
        int bits = 8 * algorithm.keyType().curve().fieldBytes();
        DerReader outer = new DerReader(jca, "ECDSA signature");
        DerReader pair = outer.enter(DerReader.SEQUENCE, "sequence");
        outer.end();
        BigInteger r = pair.positive("r", bits);
        BigInteger s = pair.positive("s", bits);
        pair.end();
        return ecdsa(algorithm, r, s);
    }

    /**
     * Reads a signature blob: {@code string name, string signature}.
     *
     * @param blob the bytes
     * @return the signature
     * @throws SshFormatException if it is malformed or of an algorithm that is not supported
     */
    public static SshSignature parse(byte[] blob) throws SshFormatException {
        SshReader reader = new SshReader(blob, WHAT);
        int start = reader.position();
        String name = reader.name("algorithm", MAX_NAME_BYTES);
        SshSignatureAlgorithm algorithm = SshSignatureAlgorithm.byWireName(name)
                .orElseThrow(() -> reader.error("algorithm \"" + Text.quoted(name) + "\" is not supported", start));
        byte[] value = reader.string("signature", algorithm.maxBytes());
        reader.end();
        return ofValue(algorithm, value);
    }

    /**
     * Reads the inner part of a signature blob, without the algorithm's name.
     *
     * @param algorithm the name that stood before it
     * @param value ECDSA: two mpints; others: as {@link #ofPlain}
     * @return the signature
     * @throws SshFormatException if it is malformed
     */
    public static SshSignature ofValue(SshSignatureAlgorithm algorithm, byte[] value) throws SshFormatException {
        if (!algorithm.isEcdsa()) {
            return ofPlain(algorithm, value);
        }
        int bits = 8 * algorithm.keyType().curve().fieldBytes();
        SshReader reader = new SshReader(value, WHAT);
        BigInteger r = reader.positive("r", bits);
        BigInteger s = reader.positive("s", bits);
        reader.end();
        return ecdsa(algorithm, r, s);
    }

    /**
     * How it was made.
     *
     * @return the algorithm
     */
    public SshSignatureAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * The signature blob: {@code string name, string value}.
     *
     * @return a new array
     */
    public byte[] toBlob() {
        return new SshWriter().string(algorithm.wireName()).string(toValue()).toByteArray();
    }

    /**
     * The inner part of the blob, without the algorithm's name.
     *
     * @return ECDSA: two mpints; others: as {@link #toPlain}; a new array
     */
    public byte[] toValue() {
        return algorithm.isEcdsa() ? new SshWriter().mpint(r()).mpint(s()).toByteArray() : toPlain();
    }

    /**
     * The signature as PKCS #11 tokens make and take it.
     *
     * @return a new array
     */
    public byte[] toPlain() {
        return plain.clone();
    }

    /**
     * The signature as the JDK's {@code Signature} makes and takes it.
     *
     * @return ECDSA: DER; others: as {@link #toPlain}; a new array
     */
    public byte[] toJca() {
        return algorithm.isEcdsa()
                ? DerWriter.element(DerReader.SEQUENCE, DerWriter.integer(r()), DerWriter.integer(s()))
                : toPlain();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshSignature signature
                && algorithm == signature.algorithm
                && Arrays.equals(plain, signature.plain);
    }

    @Override
    public int hashCode() {
        return 31 * algorithm.hashCode() + Arrays.hashCode(plain);
    }

    /** The algorithm and the length. */
    @Override
    public String toString() {
        return algorithm.wireName() + " signature of " + plain.length + " bytes";
    }

    private BigInteger r() {
        return new BigInteger(1, plain, 0, plain.length / 2);
    }

    private BigInteger s() {
        return new BigInteger(1, plain, plain.length / 2, plain.length / 2);
    }

    private static SshSignature ecdsa(SshSignatureAlgorithm algorithm, BigInteger r, BigInteger s) {
        int size = algorithm.keyType().curve().fieldBytes();
        byte[] plain = new byte[2 * size];
        FixedWidth.put(r, plain, 0, size);
        FixedWidth.put(s, plain, size, size);
        return new SshSignature(algorithm, plain);
    }
}
