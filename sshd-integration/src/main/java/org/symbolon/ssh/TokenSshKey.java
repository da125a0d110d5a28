package org.symbolon.ssh;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Bytes;
import org.symbolon.ObjectQuery;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.ssh.certificate.CertificateKind;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.StoredCertificates;

/**
 * A private key of a token that SSH can use: as a host key or as a user's.
 *
 * @param publicKey the public half
 * @param privateKey the private half, which stays in the token
 * @param certificates the OpenSSH certificates of the key that the token keeps beside it, expired ones too
 */
public record TokenSshKey(SshPublicKey publicKey, TokenPrivateKey privateKey, List<SshCertificate> certificates) {
    private static final int TEST_BYTES = 32;

    /** Copies the list. */
    public TokenSshKey {
        certificates = List.copyOf(certificates);
    }

    /**
     * Finds the public half of a private key: in the private key's own attributes, or in the public key with the same id.
     *
     * @param session the session by which the key is used; it stays the caller's
     * @param object the private key
     * @return the key
     * @throws InvalidKeyException if there is no public half, or it is of a type that SSH has not got; the message names the
     *     key and the reason
     * @throws TokenException if the token cannot tell
     */
    public static TokenSshKey of(Session session, PrivateKeyObject object) throws InvalidKeyException, TokenException {
        try {
            SshPublicKey open = SshPublicKey.parseSubjectPublicKeyInfo(
                    publicHalf(session, object).toByteArray());
            return new TokenSshKey(
                    open,
                    TokenPrivateKey.of(session, object, open.toPublicKey()),
                    StoredCertificates.of(session, object.label(), open));
        } catch (SshFormatException e) {
            throw new InvalidKeyException(named(object) + " cannot be used for SSH: " + e.getMessage(), e);
        }
    }

    /**
     * Adds certificates, such as those of {@code -cert.pub} files.
     *
     * @param more certificates; those of other keys are left out
     * @return a copy with them
     */
    public TokenSshKey withCertificates(Collection<SshCertificate> more) {
        Set<SshCertificate> all = new LinkedHashSet<>(certificates);
        more.stream().filter(certificate -> certificate.key().equals(publicKey)).forEach(all::add);
        return new TokenSshKey(publicKey, privateKey, List.copyOf(all));
    }

    /**
     * The certificates that are valid now.
     *
     * @param kind for users or for hosts
     * @param now the time
     * @return an unmodifiable list
     */
    public List<SshCertificate> certificates(CertificateKind kind, Instant now) {
        return certificates.stream()
                .filter(certificate ->
                        certificate.kind() == kind && certificate.validity().contains(now))
                .toList();
    }

    /**
     * The object of the private key.
     *
     * @return the object
     */
    public PrivateKeyObject object() {
        return privateKey.object();
    }

    /**
     * Makes one signature over random bytes and verifies it, so that a key that cannot sign is found at start-up and not at
     * the first login.
     *
     * @param signer the signer that will be used
     * @throws InvalidKeyException if it cannot sign, or signs for another public key; the message names the key, its type and
     *     the cause
     */
    public void test(TokenSigner signer) throws InvalidKeyException {
        byte[] message = new byte[TEST_BYTES];
        new SecureRandom().nextBytes(message);
        SshSignatureAlgorithm algorithm = publicKey.type().signatureAlgorithms().get(0);
        try {
            SshSignature signature = signer.sign(privateKey, algorithm, message);
            if (!SshVerifier.verify(publicKey, message, signature.toBlob())) {
                throw new InvalidKeyException(this
                        + ": its signature does not verify with its public key; the public key belongs to another key");
            }
        } catch (TokenException | SshFormatException e) {
            throw new InvalidKeyException(
                    this + ": a test signature with " + algorithm.wireName() + " failed: " + e.getMessage(), e);
        }
    }

    /** The label, the type and the fingerprint. */
    @Override
    public String toString() {
        return named(object()) + " (" + publicKey + ")";
    }

    private static Bytes publicHalf(Session session, PrivateKeyObject object)
            throws TokenException, InvalidKeyException {
        Optional<Bytes> own = PublicKeys.subjectPublicKeyInfo(object.attributes());
        if (own.isPresent()) {
            return own.get();
        }
        ObjectQuery sameId = object.keyId().isEmpty()
                ? ObjectQuery.publicKeys().label(object.label())
                : ObjectQuery.publicKeys().id(object.keyId());
        List<TokenObject> found = session.findAll(sameId.limit(2));
        Optional<Bytes> other =
                found.size() == 1 ? PublicKeys.subjectPublicKeyInfo(found.get(0).attributes()) : Optional.empty();
        return other.orElseThrow(() -> new InvalidKeyException(named(object)
                + " cannot be used for SSH: it does not carry its public half, and "
                + (found.isEmpty() ? "no public key" : "no single public key")
                + " in the token has its id"));
    }

    private static String named(PrivateKeyObject object) {
        return object.describe() + " in token " + object.id().tokenSerial();
    }
}
