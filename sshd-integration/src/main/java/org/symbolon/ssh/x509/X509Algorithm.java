package org.symbolon.ssh.x509;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshSignature;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.SshWriter;

/**
 * The key algorithms of RFC 6187, and Ed25519 by the name that PKIX-SSH and AsyncSSH gave it.
 *
 * <p>The signature has the bytes of a plain key's, under a name that is neither this algorithm's nor, for RSA, the plain
 * key's (RFC 6187 section 3).
 */
public enum X509Algorithm {
    /** {@code x509v3-ssh-ed25519}; not in the RFC. */
    ED25519("x509v3-ssh-ed25519", "ssh-ed25519", SshSignatureAlgorithm.ED25519),
    /** {@code x509v3-ecdsa-sha2-nistp256}. */
    ECDSA_P256("x509v3-ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", SshSignatureAlgorithm.ECDSA_P256),
    /** {@code x509v3-ecdsa-sha2-nistp384}. */
    ECDSA_P384("x509v3-ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384", SshSignatureAlgorithm.ECDSA_P384),
    /** {@code x509v3-ecdsa-sha2-nistp521}. */
    ECDSA_P521("x509v3-ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521", SshSignatureAlgorithm.ECDSA_P521),
    /** {@code x509v3-rsa2048-sha256}: RSA keys of 2048 bits or more. */
    RSA2048_SHA256("x509v3-rsa2048-sha256", "rsa2048-sha256", SshSignatureAlgorithm.RSA_SHA2_256),
    /** {@code x509v3-ssh-rsa}, with SHA-1: only verified, and only where it is asked for by name. */
    RSA_SHA1("x509v3-ssh-rsa", "ssh-rsa", SshSignatureAlgorithm.RSA_SHA2_256);

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_NAME_BYTES = 64;
    private static final String SHA1_WITH_RSA = "SHA1withRSA";
    private static final List<X509Algorithm> DEFAULTS =
            Arrays.stream(values()).filter(algorithm -> algorithm != RSA_SHA1).toList();

    private final String wireName;
    private final String signatureName;
    private final SshSignatureAlgorithm plain;

    X509Algorithm(String wireName, String signatureName, SshSignatureAlgorithm plain) {
        this.wireName = wireName;
        this.signatureName = signatureName;
        this.plain = plain;
    }

    /**
     * The algorithms that are used unless others are named: all but SHA-1's.
     *
     * @return an unmodifiable list, in the order of preference
     */
    public static List<X509Algorithm> defaults() {
        return DEFAULTS;
    }

    /**
     * Finds an algorithm by its name.
     *
     * @param wireName any text
     * @return the algorithm, or empty
     */
    public static Optional<X509Algorithm> byWireName(String wireName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * The algorithm, other than SHA-1's, with which a key signs.
     *
     * @param key the public key of a certificate
     * @return the algorithm
     * @throws SshFormatException if there is none: the key is of another kind or curve, or an RSA key under 2048 bits
     */
    public static X509Algorithm of(PublicKey key) throws SshFormatException {
        SshKeyType type = SshPublicKey.of(key).type();
        X509Algorithm found = DEFAULTS.stream()
                .filter(algorithm -> algorithm.plain.keyType() == type)
                .findFirst()
                .orElseThrow(() -> new SshFormatException("RFC 6187 has no algorithm for " + type.wireName()));
        found.check(key);
        return found;
    }

    /**
     * The name in negotiation and at the beginning of the key blob.
     *
     * @return such as {@code x509v3-rsa2048-sha256}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * The name in the signature blob (RFC 6187 section 3).
     *
     * @return such as {@code rsa2048-sha256}
     */
    public String signatureName() {
        return signatureName;
    }

    /**
     * How the same key signs without a certificate; with a token, its signature's bytes are the ones to send.
     *
     * @return the algorithm of the plain key
     * @throws UnsupportedOperationException for {@link #RSA_SHA1}, with which nothing here signs
     */
    public SshSignatureAlgorithm plain() {
        if (this == RSA_SHA1) {
            throw new UnsupportedOperationException(wireName + " is verified, never used to sign");
        }
        return plain;
    }

    /**
     * The name of the JDK's {@code Signature}.
     *
     * @return such as {@code SHA256withECDSA}
     */
    public String jcaName() {
        return this == RSA_SHA1 ? SHA1_WITH_RSA : plain.jcaName();
    }

    /**
     * Makes the signature blob.
     *
     * @param signature a signature by {@link #plain}
     * @return {@code string signatureName, string value}, a new array
     */
    public byte[] toBlob(SshSignature signature) {
        if (signature.algorithm() != plain()) {
            throw new IllegalArgumentException(
                    signature.algorithm().wireName() + " is not the signature of " + wireName);
        }
        return new SshWriter().string(signatureName).string(signature.toValue()).toByteArray();
    }

    /**
     * Verifies a signature blob.
     *
     * @param key the public key of the leaf certificate
     * @param data what was signed
     * @param blob {@code string signatureName, string value}
     * @return whether the signature is the key's over the data
     * @throws SshFormatException if the blob is malformed, or of another algorithm
     * @throws GeneralSecurityException if this Java cannot verify it
     */
    public boolean verify(PublicKey key, byte[] data, byte[] blob) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(jcaName());
        verifier.initVerify(key);
        verifier.update(data);
        return verifier.verify(jcaBytes(blob));
    }

    /** Checks that a key signs with this algorithm. */
    void check(PublicKey key) throws SshFormatException {
        SshPublicKey inSsh = SshPublicKey.parseSubjectPublicKeyInfo(key.getEncoded());
        if (inSsh.type() != plain.keyType()) {
            throw new SshFormatException(
                    "certificate's key is " + inSsh.type().wireName() + ", which does not sign as " + wireName);
        }
        if (this == RSA2048_SHA256
                && key instanceof RSAKey rsa
                && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new SshFormatException("certificate's key has "
                    + rsa.getModulus().bitLength() + " bits, " + wireName + " needs at least " + MIN_RSA_BITS);
        }
    }

    private byte[] jcaBytes(byte[] blob) throws SshFormatException {
        SshReader reader = new SshReader(blob, wireName + " signature");
        int start = reader.position();
        String name = reader.name("algorithm", MAX_NAME_BYTES);
        if (!name.equals(signatureName)) {
            throw reader.error("it does not say " + signatureName, start);
        }
        byte[] value = reader.string("signature", SshPublicKey.MAX_RSA_BITS / 8);
        reader.end();
        return SshSignature.ofValue(plain, value).toJca();
    }
}
