package org.symbolon.ssh.certificate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshPublicKey;

/** Makes {@link KeyRevocationList}s. Not thread-safe. */
public final class KeyRevocationListBuilder {
    /** How many serials, ranges and other entries a list has at most. */
    static final int MAX_ENTRIES = 1_000_000;

    private static final int HASH_BYTES = 32;
    private static final int SHA1_BYTES = 20;

    private final Map<Optional<SshPublicKey>, RevokedCertificates> certificates = new LinkedHashMap<>();
    private final Map<Optional<SshPublicKey>, List<SerialRanges.Range>> serials = new LinkedHashMap<>();
    private final SortedSet<Bytes> keys = KeyRevocationList.sorted();
    private final SortedSet<Bytes> sha1Hashes = KeyRevocationList.sorted();
    private final SortedSet<Bytes> sha256Hashes = KeyRevocationList.sorted();
    private long version;
    private long generated;
    private String comment = "";

    KeyRevocationListBuilder() {}

    /**
     * Sets the number of the list.
     *
     * @param number unsigned; by default 0, or the highest of the lists added
     * @return this
     */
    public KeyRevocationListBuilder version(long number) {
        this.version = number;
        return this;
    }

    /**
     * Sets when the list was made.
     *
     * @param time not before 1970; by default the latest of the lists added
     * @return this
     */
    public KeyRevocationListBuilder generated(Instant time) {
        this.generated = time.getEpochSecond();
        return this;
    }

    KeyRevocationListBuilder generatedSeconds(long seconds) {
        this.generated = seconds;
        return this;
    }

    /**
     * Sets what the list says of itself.
     *
     * @param text any text
     * @return this
     */
    public KeyRevocationListBuilder comment(String text) {
        this.comment = text;
        return this;
    }

    /**
     * Revokes a certificate by its serial, or by its key id where the serial is 0.
     *
     * @param certificate the certificate
     * @return this
     */
    public KeyRevocationListBuilder revoke(SshCertificate certificate) {
        return certificate.serial() == 0
                ? revokeKeyId(certificate.authority(), certificate.keyId())
                : revokeSerials(certificate.authority(), certificate.serial(), certificate.serial());
    }

    /**
     * Revokes certificates by their serials.
     *
     * @param authority who signed them
     * @param low the lowest serial, unsigned, not 0: it names no certificate
     * @param high the highest, included
     * @return this
     */
    public KeyRevocationListBuilder revokeSerials(SshPublicKey authority, long low, long high) {
        if (low == 0) {
            throw new IllegalArgumentException("Serial 0 names no certificate; revoke by the key id");
        }
        return serials(Optional.of(authority), new SerialRanges.Range(low, high));
    }

    /**
     * Revokes all certificates of a key id.
     *
     * @param authority who signed them
     * @param keyId the key id
     * @return this
     */
    public KeyRevocationListBuilder revokeKeyId(SshPublicKey authority, String keyId) {
        return keyId(Optional.of(authority), keyId);
    }

    /**
     * Revokes a key with all its certificates and, if it is an authority's, all that it signed.
     *
     * @param key the key
     * @return this
     */
    public KeyRevocationListBuilder revokeKey(SshPublicKey key) {
        keys.add(Bytes.wrap(key.blob()));
        return this;
    }

    /**
     * Revokes a key of which only the fingerprint is known.
     *
     * @param hash the SHA-256 of its blob, 32 bytes
     * @return this
     */
    public KeyRevocationListBuilder revokeSha256(Bytes hash) {
        if (hash.length() != HASH_BYTES) {
            throw new IllegalArgumentException("A SHA-256 has 32 bytes, not " + hash.length());
        }
        sha256Hashes.add(hash);
        return this;
    }

    /**
     * Adds the entries of another list.
     *
     * @param list the list
     * @return this
     */
    public KeyRevocationListBuilder addAll(KeyRevocationList list) {
        for (RevokedCertificates more : list.certificates()) {
            certificates(more);
        }
        keys.addAll(list.keys());
        sha1Hashes.addAll(list.sha1Hashes());
        sha256Hashes.addAll(list.sha256Hashes());
        version = Long.compareUnsigned(version, list.header().version()) >= 0
                ? version
                : list.header().version();
        generated = Math.max(generated, list.header().generated());
        comment = comment.isEmpty() ? list.comment() : comment;
        return this;
    }

    /**
     * Makes the list.
     *
     * @return the list
     */
    public KeyRevocationList build() {
        serials.forEach((authority, ranges) -> {
            if (!ranges.isEmpty()) {
                merge(new RevokedCertificates(authority, SerialRanges.of(ranges), new TreeSet<>()));
            }
        });
        serials.clear();
        return new KeyRevocationList(
                new KeyRevocationList.Header(version, generated, comment),
                List.copyOf(certificates.values()),
                keys,
                sha1Hashes,
                sha256Hashes);
    }

    void certificates(RevokedCertificates more) {
        more.serials().ranges().forEach(range -> serials(more.authority(), range));
        merge(new RevokedCertificates(more.authority(), SerialRanges.NONE, more.keyIds()));
    }

    KeyRevocationListBuilder serials(Optional<SshPublicKey> authority, SerialRanges.Range range) {
        merge(new RevokedCertificates(authority, SerialRanges.NONE, new TreeSet<>()));
        serials.computeIfAbsent(authority, any -> new ArrayList<>()).add(range);
        return this;
    }

    KeyRevocationListBuilder keyId(Optional<SshPublicKey> authority, String keyId) {
        if (keyId.isEmpty() || keyId.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A key id that is to be revoked must not be empty or have a zero byte");
        }
        SortedSet<String> one = new TreeSet<>();
        one.add(keyId);
        merge(new RevokedCertificates(authority, SerialRanges.NONE, one));
        return this;
    }

    void blob(Bytes key) {
        keys.add(key);
    }

    void hash(Bytes hash) {
        (hash.length() == SHA1_BYTES ? sha1Hashes : sha256Hashes).add(hash);
    }

    /** Keeps the order in which authorities came, as ssh-keygen does. */
    private void merge(RevokedCertificates more) {
        certificates.merge(more.authority(), more, RevokedCertificates::and);
    }
}
