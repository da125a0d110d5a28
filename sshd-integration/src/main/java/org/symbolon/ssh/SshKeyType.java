package org.symbolon.ssh;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of SSH keys that are understood, by the name inside the key blob. */
public enum SshKeyType {
    /** {@code ssh-rsa} (RFC 4253 section 6.6); signs as rsa-sha2-256 and rsa-sha2-512 (RFC 8332), never with SHA-1. */
    RSA("ssh-rsa", null),
    /** {@code ecdsa-sha2-nistp256} (RFC 5656). */
    ECDSA_P256("ecdsa-sha2-nistp256", EcCurve.P256),
    /** {@code ecdsa-sha2-nistp384} (RFC 5656). */
    ECDSA_P384("ecdsa-sha2-nistp384", EcCurve.P384),
    /** {@code ecdsa-sha2-nistp521} (RFC 5656). */
    ECDSA_P521("ecdsa-sha2-nistp521", EcCurve.P521),
    /** {@code ssh-ed25519} (RFC 8709). */
    ED25519("ssh-ed25519", null),
    /** A FIDO key, {@code sk-ecdsa-sha2-nistp256@openssh.com} (OpenSSH's PROTOCOL.u2f); kept, but no Java key. */
    SK_ECDSA_P256("sk-ecdsa-sha2-nistp256@openssh.com", EcCurve.P256),
    /** A FIDO key, {@code sk-ssh-ed25519@openssh.com} (OpenSSH's PROTOCOL.u2f); kept, but no Java key. */
    SK_ED25519("sk-ssh-ed25519@openssh.com", null);

    private final String wireName;
    private final @Nullable EcCurve curve;

    SshKeyType(String wireName, @Nullable EcCurve curve) {
        this.wireName = wireName;
        this.curve = curve;
    }

    /**
     * The name inside a key blob and at the beginning of an OpenSSH line.
     *
     * @return such as {@code ssh-ed25519}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Whether the key is in a FIDO authenticator, so that it signs more than the message and is no {@link
     * java.security.PublicKey}.
     *
     * @return true for the {@code sk-} types
     */
    public boolean isSecurityKey() {
        return this == SK_ECDSA_P256 || this == SK_ED25519;
    }

    /**
     * The algorithms with which such a key signs, strongest first; none for FIDO keys.
     *
     * @return an unmodifiable list
     */
    public List<SshSignatureAlgorithm> signatureAlgorithms() {
        return Arrays.stream(SshSignatureAlgorithm.values())
                .filter(algorithm -> algorithm.keyType() == this)
                .toList();
    }

    /**
     * Finds a type by its name.
     *
     * @param wireName any text
     * @return the type, or empty where the name is unknown
     */
    public static Optional<SshKeyType> byWireName(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }

    /** The curve of an ECDSA type. */
    EcCurve curve() {
        if (curve == null) {
            throw new IllegalStateException(wireName + " has no NIST curve");
        }
        return curve;
    }

    /** The type by its name, or an error that says which names there are. */
    static SshKeyType require(String wireName, String what) throws SshFormatException {
        Optional<SshKeyType> type = byWireName(wireName);
        if (type.isPresent()) {
            return type.get();
        }
        throw new SshFormatException(what + ": " + unsupported(wireName));
    }

    private static String unsupported(String wireName) {
        if (wireName.equals("ssh-dss")) {
            return "DSA keys (ssh-dss) are not supported, by OpenSSH neither";
        }
        if (wireName.endsWith("-cert-v01@openssh.com") || wireName.startsWith("x509v3-")) {
            return "\"" + Text.quoted(wireName) + "\" is a certificate, not a key";
        }
        String known = Arrays.stream(values()).map(SshKeyType::wireName).collect(Collectors.joining(", "));
        return "key type \"" + Text.quoted(wireName) + "\" is not supported; supported are " + known;
    }
}
