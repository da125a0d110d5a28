package org.symbolon.ssh.certificate;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;

/**
 * What a new certificate is to say; {@link SshCertificateAuthority#issue} signs it. Not thread-safe.
 *
 * <pre>{@code
 * SshCertificate certificate = authority.issue(SshCertificateBuilder.user(key)
 *         .keyId("alice's laptop")
 *         .principals(List.of("alice"))
 *         .validity(CertificateValidity.between(now, now.plus(Duration.ofHours(8)))));
 * }</pre>
 */
public final class SshCertificateBuilder {
    private static final int NONCE_BYTES = 32;
    private static final int MAX_TEXT_CHARS = 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SshPublicKey key;
    private final CertificateKind kind;
    private String keyId = "";
    private List<String> principals = List.of();
    private long serial;
    private CertificateValidity validity = CertificateValidity.always();
    private CertificateOptions options;

    private SshCertificateBuilder(SshPublicKey key, CertificateKind kind, CertificateOptions options) {
        this.key = key;
        this.kind = kind;
        this.options = options;
    }

    /**
     * Begins a certificate for a user, with the permissions that ssh-keygen gives.
     *
     * @param key the user's key
     * @return a builder
     */
    public static SshCertificateBuilder user(SshPublicKey key) {
        return new SshCertificateBuilder(key, CertificateKind.USER, CertificateOptions.userDefaults());
    }

    /**
     * Begins a certificate for a host.
     *
     * @param key the host key
     * @return a builder
     */
    public static SshCertificateBuilder host(SshPublicKey key) {
        return new SshCertificateBuilder(key, CertificateKind.HOST, CertificateOptions.none());
    }

    /**
     * Sets the name under which servers log the certificate, and by which it may be revoked.
     *
     * @param text 1 to 1024 characters without control characters
     * @return this
     */
    public SshCertificateBuilder keyId(String text) {
        this.keyId = checked("key id", text);
        return this;
    }

    /**
     * Sets whom it names.
     *
     * @param names 1 to 256 names of users or hosts, each of 1 to 1024 characters without control characters
     * @return this
     */
    public SshCertificateBuilder principals(Collection<String> names) {
        if (names.isEmpty() || names.size() > SshCertificate.MAX_PRINCIPALS) {
            throw new IllegalArgumentException("A certificate names 1 to " + SshCertificate.MAX_PRINCIPALS
                    + " principals, not " + names.size() + "; without one it would be good for all");
        }
        names.forEach(name -> checked("principal", name));
        this.principals = List.copyOf(names);
        return this;
    }

    /**
     * Sets its number.
     *
     * @param number unsigned, unique for the authority; 0, as by default, lets the authority choose one
     * @return this
     */
    public SshCertificateBuilder serial(long number) {
        this.serial = number;
        return this;
    }

    /**
     * Sets when it is valid.
     *
     * @param span by default always
     * @return this
     */
    public SshCertificateBuilder validity(CertificateValidity span) {
        this.validity = span;
        return this;
    }

    /**
     * Sets what it is good for.
     *
     * @param all critical options and extensions; for users by default {@link CertificateOptions#userDefaults}
     * @return this
     */
    public SshCertificateBuilder options(CertificateOptions all) {
        this.options = all;
        return this;
    }

    /** Signs bytes, and gives the signature blob. */
    interface BodySigner {
        byte[] sign(byte[] body) throws TokenException, SshFormatException;
    }

    long serial() {
        return serial;
    }

    /** The certificate, read back as others will read it. */
    SshCertificate signed(SshPublicKey authority, BodySigner signer) throws TokenException, SshFormatException {
        if (serial == 0 || keyId.isEmpty() || principals.isEmpty()) {
            throw new IllegalArgumentException("A certificate needs a key id and principals");
        }
        byte[] body = body(authority);
        return SshCertificate.parse(
                new SshWriter().raw(body).string(signer.sign(body)).toByteArray());
    }

    private byte[] body(SshPublicKey authority) throws SshFormatException {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        SshWriter names = new SshWriter();
        principals.forEach(names::string);
        return new SshWriter()
                .string(SshCertificate.typeOf(key.type()))
                .string(nonce)
                .raw(fields(key))
                .uint64(serial)
                .uint32(kind.code())
                .string(keyId)
                .string(names.toByteArray())
                .uint64(validity.after())
                .uint64(validity.before())
                .string(CertificateOptions.write(options.critical()))
                .string(CertificateOptions.write(options.extensions()))
                .string("")
                .string(authority.blob())
                .toByteArray();
    }

    /** The fields of a key behind its type. */
    private static byte[] fields(SshPublicKey key) throws SshFormatException {
        SshReader reader = new SshReader(key.blob(), "SSH key");
        reader.name("type", SshKeyType.SK_ECDSA_P256.wireName().length());
        return reader.raw("fields", reader.remaining());
    }

    private static String checked(String what, String text) {
        if (text.isEmpty() || text.length() > MAX_TEXT_CHARS || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A certificate's " + what + " has 1 to " + MAX_TEXT_CHARS
                    + " characters and no control characters");
        }
        return text;
    }
}
