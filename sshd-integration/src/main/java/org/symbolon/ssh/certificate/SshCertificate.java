package org.symbolon.ssh.certificate;

import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.Text;

/**
 * An OpenSSH certificate (OpenSSH's PROTOCOL.certkeys, {@code ...-cert-v01@openssh.com}): a key, whom it names, when and for
 * what, signed by an authority's key. Immutable; two are equal when their bytes are.
 *
 * <p><b>Security guarantees.</b> One that was read has sizes within the bounds of this class, a subject and an authority that
 * are plain or FIDO keys and never certificates, options in order and each once, and a signature that the authority's key made,
 * never with SHA-1. Whether that authority is to be trusted, the time is right and the name fits is told by {@link
 * #requireUser} and {@link #requireHost}, and whether it was revoked by a key revocation list: who lets in asks them.
 */
public final class SshCertificate {
    /** The longest certificate that is read, in bytes. */
    public static final int MAX_BYTES = SshPublicKey.MAX_BLOB_BYTES;

    /** How many principals a certificate names at most, as in OpenSSH. */
    public static final int MAX_PRINCIPALS = 256;

    /** What follows the key type in the name of a certificate's type. */
    public static final String TYPE_SUFFIX = "-cert-v01@openssh.com";

    private final Bytes blob;
    private final Body body;

    /** What the signature covers. */
    record Body(
            SshPublicKey key,
            long serial,
            CertificateKind kind,
            String keyId,
            List<String> principals,
            CertificateValidity validity,
            CertificateOptions options,
            SshPublicKey authority) {
        Body {
            principals = List.copyOf(principals);
        }
    }

    SshCertificate(byte[] blob, Body body) {
        this.blob = Bytes.of(blob);
        this.body = body;
    }

    /**
     * Reads a certificate and verifies its signature.
     *
     * @param blob the bytes as they travel in SSH; copied
     * @return the certificate
     * @throws SshFormatException if it is malformed, a bound is exceeded, a key or the signature's algorithm is not supported,
     *     or the signature is not the authority's
     */
    public static SshCertificate parse(byte[] blob) throws SshFormatException {
        if (blob.length > MAX_BYTES) {
            throw new SshFormatException(
                    "SSH certificate: " + blob.length + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        return new SshCertificate(blob, CertificateReader.read(blob));
    }

    /**
     * Reads {@code type base64 [comment]}, the line of a {@code -cert.pub} file.
     *
     * @param line one line
     * @return the certificate
     * @throws SshFormatException if it is not such a line, or the certificate is refused
     */
    public static SshCertificate parseOpenSshLine(String line) throws SshFormatException {
        String[] words = line.strip().split("[ \t]+", 3);
        if (words.length < 2 || !isType(words[0])) {
            throw new SshFormatException("SSH certificate: not a line of a -cert.pub file");
        }
        byte[] blob;
        try {
            if (words[1].length() > MAX_BYTES / 3 * 4 + 4) {
                throw new SshFormatException("SSH certificate: more than " + MAX_BYTES + " bytes");
            }
            blob = Base64.getDecoder().decode(words[1]);
        } catch (IllegalArgumentException e) {
            throw new SshFormatException("SSH certificate: not base64", e);
        }
        SshCertificate certificate = parse(blob);
        if (!certificate.type().equals(words[0])) {
            throw new SshFormatException("SSH certificate: the line says " + Text.quoted(words[0])
                    + ", but the certificate is " + certificate.type());
        }
        return certificate;
    }

    /**
     * Whether a name is that of a certificate's type.
     *
     * @param wireName any text
     * @return true for {@code ssh-ed25519-cert-v01@openssh.com} and the like
     */
    public static boolean isType(String wireName) {
        return keyType(wireName) != null;
    }

    /**
     * The certified key.
     *
     * @return a plain or FIDO key
     */
    public SshPublicKey key() {
        return body.key();
    }

    /**
     * The name of the certificate's type, as it begins the blob.
     *
     * @return such as {@code ssh-ed25519-cert-v01@openssh.com}
     */
    public String type() {
        return typeOf(body.key().type());
    }

    /**
     * The authority's number for it.
     *
     * @return unsigned; zero where the authority does not count
     */
    public long serial() {
        return body.serial();
    }

    /**
     * Whom it names.
     *
     * @return users or hosts
     */
    public CertificateKind kind() {
        return body.kind();
    }

    /**
     * The authority's name for it, which servers log.
     *
     * @return text from outside; it may have any character but zero
     */
    public String keyId() {
        return body.keyId();
    }

    /**
     * The names for which it is good.
     *
     * @return an unmodifiable list; empty is refused by {@link #requireUser} and {@link #requireHost}
     */
    public List<String> principals() {
        return body.principals();
    }

    /**
     * When it is good.
     *
     * @return the span
     */
    public CertificateValidity validity() {
        return body.validity();
    }

    /**
     * What it is good for.
     *
     * @return critical options and extensions
     */
    public CertificateOptions options() {
        return body.options();
    }

    /**
     * The key that signed it.
     *
     * @return a plain or FIDO key
     */
    public SshPublicKey authority() {
        return body.authority();
    }

    /**
     * The bytes as they travel in SSH.
     *
     * @return a new array
     */
    public byte[] blob() {
        return blob.toByteArray();
    }

    /**
     * The line of a {@code -cert.pub} file.
     *
     * @param comment the comment, may be empty
     * @return {@code type base64} and, if there is one, a space and the comment
     * @throws IllegalArgumentException if the comment has a control character other than tab
     */
    public String toOpenSshLine(String comment) {
        if (comment.codePoints().anyMatch(Text::breaksLine)) {
            throw new IllegalArgumentException("A comment must not have control characters");
        }
        String line = type() + " " + Base64.getEncoder().encodeToString(blob.toByteArray());
        return comment.isBlank() ? line : line + " " + comment.strip();
    }

    /**
     * What a login by it may do: its critical options and the extensions that it has not. Who lets it in enforces all of it.
     *
     * @return the restrictions, which expire with the certificate
     * @throws SshCertificateException if a critical option is not known, or an option's value cannot be read
     */
    public LoginRestrictions restrictions() throws SshCertificateException {
        return CertificateRestrictions.of(this);
    }

    /**
     * Checks that a user may show it: a user certificate, in time, for one of these names, with critical options that are all
     * known. The authority and revocation are the caller's to check, and its {@link #restrictions()} to enforce.
     *
     * @param principals the names that fit: the user's own, or those that {@code authorized_principals} lists
     * @param now the time
     * @throws SshCertificateException if not, with the reason
     */
    public void requireUser(Collection<String> principals, Instant now) throws SshCertificateException {
        CertificateChecks.user(this, principals, now);
    }

    /**
     * Checks that a host may show it: a host certificate, in time, for this name, without critical options. The authority and
     * revocation are the caller's to check.
     *
     * @param host the name or address that the client connected to; its case does not count; principals may have {@code *} and
     *     {@code ?}
     * @param now the time
     * @throws SshCertificateException if not, with the reason
     */
    public void requireHost(String host, Instant now) throws SshCertificateException {
        CertificateChecks.host(this, host, now);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshCertificate certificate && blob.equals(certificate.blob);
    }

    @Override
    public int hashCode() {
        return blob.hashCode();
    }

    /** The kind, the key id, the serial, the key and the authority's fingerprint: safe in a line of the log. */
    @Override
    public String toString() {
        return (kind() == CertificateKind.USER ? "user" : "host") + " certificate \"" + Text.quoted(keyId())
                + "\" serial " + Long.toUnsignedString(serial()) + " for " + key() + " by "
                + authority().fingerprint();
    }

    static String typeOf(SshKeyType type) {
        String name = type.wireName();
        String fido = "@openssh.com";
        return (name.endsWith(fido) ? name.substring(0, name.length() - fido.length()) : name) + TYPE_SUFFIX;
    }

    static @Nullable SshKeyType keyType(String wireName) {
        for (SshKeyType type : SshKeyType.values()) {
            if (typeOf(type).equals(wireName)) {
                return type;
            }
        }
        return null;
    }
}
