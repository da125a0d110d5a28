package org.symbolon.ssh.agent;

import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * The key by which a host was met: plain, or with its certificate.
 *
 * @param blob what was shown
 * @param key the key
 * @param certificate its certificate, if that was shown
 */
record HostKey(Bytes blob, SshPublicKey key, Optional<SshCertificate> certificate) {
    static HostKey parse(byte[] blob) throws SshFormatException {
        if (SshCertificate.isType(KeyBlobs.typeName(blob))) {
            SshCertificate certificate = SshCertificate.parse(blob);
            return new HostKey(Bytes.wrap(blob), certificate.key(), Optional.of(certificate));
        }
        return new HostKey(Bytes.wrap(blob), SshPublicKey.parse(blob), Optional.empty());
    }

    /** The fingerprint of the key, of a certificate too. */
    @Override
    public String toString() {
        return key.fingerprint();
    }
}
