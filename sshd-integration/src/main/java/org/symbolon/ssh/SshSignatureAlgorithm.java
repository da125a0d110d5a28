package org.symbolon.ssh;

import java.util.Arrays;
import java.util.Optional;
import org.symbolon.MechanismTable;

/** The signature algorithms that keys without a FIDO authenticator use; SHA-1's {@code ssh-rsa} is not among them. */
public enum SshSignatureAlgorithm {
    /** {@code rsa-sha2-512} (RFC 8332): RSASSA-PKCS1-v1_5 with SHA-512. */
    RSA_SHA2_512("rsa-sha2-512", SshKeyType.RSA),
    /** {@code rsa-sha2-256} (RFC 8332): RSASSA-PKCS1-v1_5 with SHA-256. */
    RSA_SHA2_256("rsa-sha2-256", SshKeyType.RSA),
    /** {@code ecdsa-sha2-nistp256} (RFC 5656): ECDSA with SHA-256. */
    ECDSA_P256("ecdsa-sha2-nistp256", SshKeyType.ECDSA_P256),
    /** {@code ecdsa-sha2-nistp384} (RFC 5656): ECDSA with SHA-384. */
    ECDSA_P384("ecdsa-sha2-nistp384", SshKeyType.ECDSA_P384),
    /** {@code ecdsa-sha2-nistp521} (RFC 5656): ECDSA with SHA-512. */
    ECDSA_P521("ecdsa-sha2-nistp521", SshKeyType.ECDSA_P521),
    /** {@code ssh-ed25519} (RFC 8709). */
    ED25519("ssh-ed25519", SshKeyType.ED25519);

    private final String wireName;
    private final SshKeyType keyType;

    SshSignatureAlgorithm(String wireName, SshKeyType keyType) {
        this.wireName = wireName;
        this.keyType = keyType;
    }

    /**
     * The name in negotiation and inside the signature blob.
     *
     * @return such as {@code rsa-sha2-512}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * The name with which a key that has an OpenSSH certificate is negotiated.
     *
     * @return such as {@code rsa-sha2-512-cert-v01@openssh.com}
     */
    public String certificateName() {
        return wireName + "-cert-v01@openssh.com";
    }

    /**
     * The keys that sign so.
     *
     * @return one type
     */
    public SshKeyType keyType() {
        return keyType;
    }

    /**
     * Finds an algorithm by its name; a certificate name is not one.
     *
     * @param wireName any text
     * @return the algorithm, or empty
     */
    public static Optional<SshSignatureAlgorithm> byWireName(String wireName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * Finds an algorithm by a name that is negotiated: its own, or that of its keys with OpenSSH certificates.
     *
     * @param name any text
     * @return the algorithm, or empty
     */
    public static Optional<SshSignatureAlgorithm> byNegotiatedName(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> name.equals(algorithm.wireName) || name.equals(algorithm.certificateName()))
                .findFirst();
    }

    /** The algorithm's row in the one table of mechanisms. */
    MechanismTable.Row mechanism() {
        return MechanismTable.bySshName(wireName)
                .orElseThrow(() -> new AssertionError("The table of mechanisms lacks " + wireName));
    }

    /**
     * The name of the JDK's {@code Signature}.
     *
     * @return such as {@code SHA256withECDSA}
     */
    public String jcaName() {
        String engine = "Signature:";
        return mechanism().jcaNames().stream()
                .filter(name -> name.startsWith(engine))
                .findFirst()
                .map(name -> name.substring(engine.length()))
                .orElseThrow(() -> new AssertionError("The table of mechanisms has no JCA name for " + wireName));
    }

    /** The longest signature of this algorithm in any of its encodings. */
    int maxBytes() {
        return switch (keyType) {
            case RSA -> SshPublicKey.MAX_RSA_BITS / 8;
            case ECDSA_P256, ECDSA_P384, ECDSA_P521 -> 2 * (keyType.curve().fieldBytes() + 5) + 4;
            case ED25519, SK_ECDSA_P256, SK_ED25519 -> 64;
        };
    }

    boolean isEcdsa() {
        return switch (keyType) {
            case ECDSA_P256, ECDSA_P384, ECDSA_P521 -> true;
            case RSA, ED25519, SK_ECDSA_P256, SK_ED25519 -> false;
        };
    }
}
