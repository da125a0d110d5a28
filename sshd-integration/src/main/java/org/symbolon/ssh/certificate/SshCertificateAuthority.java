package org.symbolon.ssh.certificate;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKey;

/**
 * An authority for OpenSSH certificates whose key is in a token. Stock OpenSSH trusts it by {@code TrustedUserCAKeys} and
 * {@code @cert-authority}.
 *
 * <p>Each certificate that it issues is kept in the token as a data object, so that it can be listed and revoked later. Serials
 * are never 0, since a certificate without a serial cannot be revoked by number, and never twice the same: they are chosen at
 * random, so that several processes may issue at a time. Thread-safe; blocks for as long as the session lets calls.
 */
public final class SshCertificateAuthority {
    private static final Logger LOG = LoggerFactory.getLogger(SshCertificateAuthority.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TokenSshKey key;
    private final TokenSigner signer;
    private final IssuedCertificates issued;

    /**
     * An authority.
     *
     * @param session the session with the token in which certificates are kept; it stays the caller's
     * @param key its key
     * @param signer the signer to use
     */
    public SshCertificateAuthority(Session session, TokenSshKey key, TokenSigner signer) {
        this.key = key;
        this.signer = signer;
        this.issued = new IssuedCertificates(session, key.publicKey());
    }

    /**
     * Finds an authority by the label of its key.
     *
     * @param session the session with the token; it stays the caller's
     * @param label the private key's label
     * @return the authority
     * @throws InvalidKeyException if the key is not one that SSH can use
     * @throws TokenException if there is not exactly one such key, or the token cannot tell
     */
    public static SshCertificateAuthority labelled(Session session, String label)
            throws InvalidKeyException, TokenException {
        return new SshCertificateAuthority(
                session, TokenSshKey.of(session, session.privateKey(label)), new TokenSigner());
    }

    /**
     * The key that servers and clients are to trust.
     *
     * @return the public key
     */
    public SshPublicKey publicKey() {
        return key.publicKey();
    }

    /**
     * Issues a certificate. It is kept in the token before it is returned.
     *
     * @param request what it says; a serial of 0 is replaced by a number that no certificate of this authority has
     * @return the certificate
     * @throws IllegalArgumentException if the key id or the principals are missing, or the serial is taken
     * @throws TokenException if the token refuses or fails; no certificate is out then
     * @throws SshFormatException if what the token signed is no certificate: its key is of another type or size
     */
    public SshCertificate issue(SshCertificateBuilder request) throws TokenException, SshFormatException {
        if (request.serial() == 0) {
            request.serial(freeSerial());
        } else if (issued.has(request.serial())) {
            throw new IllegalArgumentException(
                    "Serial " + Long.toUnsignedString(request.serial()) + " is taken by another certificate");
        }
        SshSignatureAlgorithm algorithm =
                key.publicKey().type().signatureAlgorithms().get(0);
        SshCertificate certificate = request.signed(
                key.publicKey(),
                body -> signer.sign(key.privateKey(), algorithm, body).toBlob());
        issued.add(certificate);
        LOG.info("Issued: {}", certificate);
        return certificate;
    }

    /**
     * The certificates that this authority has issued and not {@link #forget forgotten}.
     *
     * @param wanted which
     * @return a new list
     * @throws TokenException if the token cannot tell
     */
    public List<SshCertificate> issued(Predicate<SshCertificate> wanted) throws TokenException {
        return issued.find(wanted);
    }

    /**
     * Destroys the records of certificates that have expired.
     *
     * @param before those that expired before this time
     * @return how many
     * @throws TokenException if the token refuses or fails; some may be gone
     */
    public int forget(Instant before) throws TokenException {
        return issued.forget(before);
    }

    private long freeSerial() throws TokenException {
        long serial;
        do {
            serial = RANDOM.nextLong() >>> 1; // people read it, and so do programs without unsigned numbers
        } while (serial == 0 || issued.has(serial));
        return serial;
    }

    /** The key's label and fingerprint. */
    @Override
    public String toString() {
        return "certificate authority " + key;
    }
}
