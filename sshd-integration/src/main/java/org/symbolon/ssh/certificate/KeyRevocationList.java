package org.symbolon.ssh.certificate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/**
 * An OpenSSH key revocation list (PROTOCOL.krl): the file of sshd's {@code RevokedKeys} and ssh's {@code RevokedHostKeys}.
 * Immutable.
 *
 * <p>It names certificates by their authority and serial or key id, and keys by their blobs or hashes; a revoked key revokes
 * its certificates, and a revoked authority all that it signed. {@link #toBytes} writes what {@code ssh-keygen -k} writes of
 * the same entries, byte by byte.
 */
public final class KeyRevocationList {
    /** The longest list that is read, in bytes. */
    public static final int MAX_BYTES = 16 << 20;

    private final Header header;
    private final List<RevokedCertificates> certificates;
    private final SortedSet<Bytes> keys;
    private final SortedSet<Bytes> sha1Hashes;
    private final SortedSet<Bytes> sha256Hashes;

    /**
     * What is said of the list itself.
     *
     * @param version the number of the list, unsigned
     * @param generated when it was made, in seconds since 1970, unsigned
     * @param comment any text
     */
    record Header(long version, long generated, String comment) {}

    KeyRevocationList(
            Header header,
            List<RevokedCertificates> certificates,
            SortedSet<Bytes> keys,
            SortedSet<Bytes> sha1Hashes,
            SortedSet<Bytes> sha256Hashes) {
        this.header = header;
        this.certificates = List.copyOf(certificates);
        this.keys = Collections.unmodifiableSortedSet(keys);
        this.sha1Hashes = Collections.unmodifiableSortedSet(sha1Hashes);
        this.sha256Hashes = Collections.unmodifiableSortedSet(sha256Hashes);
    }

    /**
     * Reads a list.
     *
     * @param bytes the file; not kept
     * @return the list
     * @throws SshFormatException if it is malformed, signed, or has a critical extension: the list then revokes what cannot be
     *     told, so that every key is to be refused
     */
    public static KeyRevocationList parse(byte[] bytes) throws SshFormatException {
        if (bytes.length > MAX_BYTES) {
            throw new SshFormatException(
                    "Key revocation list: " + bytes.length + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        return KrlReader.read(bytes);
    }

    /**
     * Begins a list.
     *
     * @return a builder without entries
     */
    public static KeyRevocationListBuilder builder() {
        return new KeyRevocationListBuilder();
    }

    /**
     * All entries of some lists.
     *
     * @param lists the lists
     * @return one list, with the highest version and the latest time
     */
    public static KeyRevocationList union(Collection<KeyRevocationList> lists) {
        KeyRevocationListBuilder all = builder();
        lists.forEach(all::addAll);
        return all.build();
    }

    /**
     * The number of the list.
     *
     * @return unsigned
     */
    public long version() {
        return header.version();
    }

    /**
     * When it was made.
     *
     * @return a time, to the second
     */
    public Instant generated() {
        return Instant.ofEpochSecond(Math.max(0, header.generated()));
    }

    /**
     * What it says of itself.
     *
     * @return any text
     */
    public String comment() {
        return header.comment();
    }

    /**
     * Whether it revokes nothing.
     *
     * @return true without entries
     */
    public boolean isEmpty() {
        return certificates.isEmpty() && keys.isEmpty() && sha1Hashes.isEmpty() && sha256Hashes.isEmpty();
    }

    /**
     * Whether a key is revoked.
     *
     * @param key the key
     * @return true if it or its hash is in the list
     */
    public boolean isRevoked(SshPublicKey key) {
        Bytes blob = Bytes.wrap(key.blob());
        return keys.contains(blob)
                || (!sha256Hashes.isEmpty() && sha256Hashes.contains(hash("SHA-256", blob)))
                || (!sha1Hashes.isEmpty() && sha1Hashes.contains(hash("SHA-1", blob)));
    }

    /**
     * Whether a certificate is revoked.
     *
     * @param certificate the certificate
     * @return true if it, its key or its authority is in the list
     */
    public boolean isRevoked(SshCertificate certificate) {
        return isRevoked(certificate.key())
                || isRevoked(certificate.authority())
                || certificates.stream().anyMatch(of -> of.isRevoked(certificate));
    }

    /**
     * The file.
     *
     * @return a new array
     */
    public byte[] toBytes() {
        return KrlWriter.write(this);
    }

    /**
     * The entries, one a line as {@code ssh-keygen -Q -l} prints them.
     *
     * @return the lines
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        KrlText.append(this, lines);
        return lines;
    }

    /** The version and how much is revoked. */
    @Override
    public String toString() {
        return "key revocation list " + Long.toUnsignedString(version()) + " with " + lines().size() + " entries";
    }

    Header header() {
        return header;
    }

    List<RevokedCertificates> certificates() {
        return certificates;
    }

    SortedSet<Bytes> keys() {
        return keys;
    }

    SortedSet<Bytes> sha1Hashes() {
        return sha1Hashes;
    }

    SortedSet<Bytes> sha256Hashes() {
        return sha256Hashes;
    }

    /** An empty set in the order of the file: as unsigned bytes, the shorter first where one begins the other. */
    static SortedSet<Bytes> sorted() {
        return new TreeSet<>((a, b) -> Arrays.compareUnsigned(a.toByteArray(), b.toByteArray()));
    }

    private static Bytes hash(String algorithm, Bytes blob) {
        try {
            return Bytes.wrap(MessageDigest.getInstance(algorithm).digest(blob.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has " + algorithm, e);
        }
    }
}
