package org.symbolon.ssh.mina.x509;

import java.security.DigestException;
import java.util.Arrays;
import org.apache.sshd.common.digest.Digest;

/**
 * The digest of one key exchange, over the host's certificates as they came (RFC 6187 section 4), while MINA works with the
 * plain key in them and puts that into what it digests.
 */
final class HostKeyDigest implements Digest {
    private final Digest own;
    private final int before;
    private final byte[] plain;
    private final byte[] received;
    private boolean replaced;

    /**
     * Makes the digest of a message in which the plain key is to be replaced.
     *
     * @param own the digest
     * @param before how many bytes of the message stand before the host key
     * @param plain the plain key as MINA will write it, with its length
     * @param received the key as it came, with its length
     */
    HostKeyDigest(Digest own, int before, byte[] plain, byte[] received) {
        this.own = own;
        this.before = before;
        this.plain = plain;
        this.received = received;
    }

    @Override
    public void update(byte[] data, int start, int length) throws Exception {
        int after = before + plain.length;
        if (replaced || length < after || !Arrays.equals(data, start + before, start + after, plain, 0, plain.length)) {
            throw new DigestException("This release of MINA digests a key exchange in a way that is not known here");
        }
        replaced = true;
        own.update(data, start, before);
        own.update(received);
        own.update(data, start + after, length - after);
    }

    @Override
    public void update(byte[] data) throws Exception {
        update(data, 0, data.length);
    }

    @Override
    public byte[] digest() throws Exception {
        return own.digest();
    }

    @Override
    public void init() throws Exception {
        own.init();
    }

    @Override
    public int getBlockSize() {
        return own.getBlockSize();
    }

    @Override
    public String getAlgorithm() {
        return own.getAlgorithm();
    }

    @Override
    public int compareTo(Digest other) {
        return own.compareTo(other);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
