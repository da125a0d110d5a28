package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A public key as SSH names and compares it: a type and a blob (RFC 4253 section 6.6).
 *
 * <p>Two keys are equal when their blobs are, byte by byte. Immutable.
 *
 * <p>A key made from outside bytes was checked: sizes within the bounds of this class, numbers positive and in their
 * shortest form, points on their curve and uncompressed, nothing after the end, and the type inside the blob the one
 * promised outside. FIDO keys are kept as blobs and have no {@link #toPublicKey() Java key}.
 */
public final class SshPublicKey {
    /** The longest blob that is read. */
    public static final int MAX_BLOB_BYTES = 65_536;

    /** The shortest RSA modulus that is taken, as OpenSSH's {@code RequiredRSASize}. */
    public static final int MIN_RSA_BITS = 1024;

    /** The longest RSA modulus that is taken, as OpenSSH and the JDK do. */
    public static final int MAX_RSA_BITS = 16_384;

    private final SshKeyType type;
    private final byte[] blob;

    private SshPublicKey(SshKeyType type, byte[] blob) {
        this.type = type;
        this.blob = blob;
    }

    /**
     * Reads a key blob.
     *
     * @param blob the bytes as they travel in SSH; copied
     * @return the key
     * @throws SshFormatException if it is not a key of a {@link SshKeyType supported type}, or a bound is exceeded
     */
    public static SshPublicKey parse(byte[] blob) throws SshFormatException {
        if (blob.length > MAX_BLOB_BYTES) {
            throw new SshFormatException(
                    "SSH key: " + blob.length + " bytes, at most " + MAX_BLOB_BYTES + " are allowed");
        }
        return new SshPublicKey(KeyBlob.check(blob), blob.clone());
    }

    /**
     * Reads {@code type base64 [comment]}, the line of a {@code .pub} file. The comment is dropped; {@link PublicKeyFile}
     * keeps it.
     *
     * @param line one line, without options
     * @return the key
     * @throws SshFormatException if it is not such a line, or its key is refused
     */
    public static SshPublicKey parseOpenSshLine(String line) throws SshFormatException {
        AuthorizedKeysLine parsed = AuthorizedKeysLine.parse(line);
        if (parsed.hasOptions()) {
            throw new SshFormatException("OpenSSH public key: options before the key are not expected here", 0);
        }
        return parsed.key();
    }

    /**
     * Reads a DER SubjectPublicKeyInfo (RFC 5280 section 4.1): RSA, ECDSA on P-256, P-384 or P-521, Ed25519.
     *
     * @param der the bytes
     * @return the key
     * @throws SshFormatException if it is malformed, of another algorithm, or its key is refused
     */
    public static SshPublicKey parseSubjectPublicKeyInfo(byte[] der) throws SshFormatException {
        return parse(SubjectPublicKeyInfo.toBlob(der));
    }

    /**
     * The SSH form of a Java key of any provider. The key is taken as its provider made it: that its point is on its curve
     * is not checked again.
     *
     * @param key an RSA, EC (P-256, P-384, P-521) or Ed25519 key: by its JDK interface, else by its X.509 encoding
     * @return the key
     * @throws SshFormatException if the key is of another kind, size or curve
     */
    public static SshPublicKey of(PublicKey key) throws SshFormatException {
        byte[] blob = KeyBlob.of(key);
        return new SshPublicKey(KeyBlob.typeOf(blob), blob);
    }

    /**
     * The type.
     *
     * @return the type that the blob begins with
     */
    public SshKeyType type() {
        return type;
    }

    /**
     * The bytes as they travel in SSH.
     *
     * @return a new array
     */
    public byte[] blob() {
        return blob.clone();
    }

    /**
     * The SHA-256 of the blob: the CKA_ID under which tokens keep authorized keys.
     *
     * @return 32 bytes, a new array
     */
    public byte[] id() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(blob);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }

    /**
     * The fingerprint as OpenSSH prints it.
     *
     * @return {@code SHA256:} and 43 characters
     */
    public String fingerprint() {
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(id());
    }

    /**
     * The line of a {@code .pub} or {@code authorized_keys} file, without line end.
     *
     * @param comment the comment, may be empty
     * @return {@code type base64} and, if there is one, a space and the comment
     * @throws IllegalArgumentException if the comment has a control character other than tab: it would start another line
     */
    public String toOpenSshLine(String comment) {
        if (comment.codePoints().anyMatch(Text::breaksLine)) {
            throw new IllegalArgumentException("A comment must not have control characters");
        }
        String line = type.wireName() + " " + Base64.getEncoder().encodeToString(blob);
        return comment.isBlank() ? line : line + " " + comment.strip();
    }

    /**
     * The DER SubjectPublicKeyInfo.
     *
     * @return a new array
     * @throws SshFormatException for FIDO keys, which have none
     */
    public byte[] toSubjectPublicKeyInfo() throws SshFormatException {
        return SubjectPublicKeyInfo.ofBlob(type, blob);
    }

    /**
     * The PEM form, {@code BEGIN PUBLIC KEY}, with a line end after each line.
     *
     * @return the text
     * @throws SshFormatException for FIDO keys, which have none
     */
    public String toPem() throws SshFormatException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(toSubjectPublicKeyInfo());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    /**
     * The key as a Java key of the JDK's own classes: {@link java.security.interfaces.RSAPublicKey}, {@link
     * java.security.interfaces.ECPublicKey} or {@link java.security.interfaces.EdECPublicKey}.
     *
     * @return a new key
     * @throws SshFormatException for FIDO keys, which sign more than the message
     */
    public PublicKey toPublicKey() throws SshFormatException {
        return KeyBlob.toPublicKey(type, blob);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshPublicKey key && Arrays.equals(blob, key.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    /** The type and the fingerprint. */
    @Override
    public String toString() {
        return type.wireName() + " " + fingerprint();
    }

    /** Decodes base64 as it stands in key files: no line breaks, its padding may be missing. */
    static byte[] base64(String text, String what, int position) throws SshFormatException {
        if (text.length() > MAX_BLOB_BYTES / 3 * 4 + 4) {
            throw new SshFormatException(what + ": more than " + MAX_BLOB_BYTES + " bytes", position);
        }
        try {
            return Base64.getDecoder().decode(text.getBytes(US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new SshFormatException(what + ": not base64", position);
        }
    }
}
