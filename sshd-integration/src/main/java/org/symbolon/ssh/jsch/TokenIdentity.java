package org.symbolon.ssh.jsch;

import com.jcraft.jsch.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.certificate.CertificateKind;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * A key of a token, alone or with a certificate, as a JSch identity: for {@code JSch.addIdentity(identity, null)} or in a
 * {@link TokenIdentityRepository}. Thread-safe.
 */
@SuppressWarnings("exports") // who calls this requires JSch; modules that do not must compile without
public final class TokenIdentity implements Identity {
    private static final Logger LOG = LoggerFactory.getLogger(TokenIdentity.class);

    private final TokenSshKey key;
    private final TokenSigner signer;
    private final String algorithmName;
    private final byte[] blob;

    private TokenIdentity(TokenSshKey key, TokenSigner signer, String algorithmName, byte[] blob) {
        this.key = key;
        this.signer = signer;
        this.algorithmName = algorithmName;
        this.blob = blob;
    }

    /**
     * The identities of a key: with each OpenSSH certificate that it has and that is valid now, then alone.
     *
     * @param key the key
     * @param signer makes the signatures; may be shared
     * @return one or more, to be offered in this order; a new list
     */
    public static List<Identity> of(TokenSshKey key, TokenSigner signer) {
        List<Identity> identities = new ArrayList<>();
        for (SshCertificate certificate : key.certificates(CertificateKind.USER, Instant.now())) {
            identities.add(new TokenIdentity(key, signer, certificate.type(), certificate.blob()));
        }
        SshPublicKey alone = key.publicKey();
        identities.add(new TokenIdentity(key, signer, alone.type().wireName(), alone.blob()));
        return identities;
    }

    /** The key's label, type and fingerprint, for JSch's log. */
    @Override
    public String getName() {
        return key.toString();
    }

    /** The name inside the blob. */
    @Override
    public String getAlgName() {
        return algorithmName;
    }

    /** The public key or the certificate. */
    @Override
    public byte[] getPublicKeyBlob() {
        return blob.clone();
    }

    /** Signs with the strongest algorithm of the key's type. */
    @Override
    public byte @Nullable [] getSignature(byte[] data) {
        return signed(key.publicKey().type().signatureAlgorithms().get(0), data);
    }

    /**
     * Signs.
     *
     * @param data the message
     * @param name the negotiated algorithm
     * @return {@code string algorithm, string signature}; null, as JSch wants it, where the key does not sign so or the token
     *     refuses: a warning is logged then, and JSch goes on with the next identity
     */
    @Override
    public byte @Nullable [] getSignature(byte[] data, String name) {
        Optional<SshSignatureAlgorithm> algorithm = SshSignatureAlgorithm.byNegotiatedName(name)
                .filter(known -> known.keyType() == key.publicKey().type());
        return algorithm.isPresent() ? signed(algorithm.get(), data) : null;
    }

    private byte @Nullable [] signed(SshSignatureAlgorithm algorithm, byte[] data) {
        try {
            return signer.sign(key.privateKey(), algorithm, data).toBlob();
        } catch (TokenException | SshFormatException | IllegalStateException e) {
            LOG.warn("{} cannot sign with {}: {}", key, algorithm.wireName(), e.getMessage());
            return null;
        }
    }

    /** {@return true: there is nothing to decrypt, the session with the token is logged in} */
    @Override
    public boolean setPassphrase(byte @Nullable [] passphrase) {
        return true;
    }

    /** {@return false} */
    @Override
    public boolean isEncrypted() {
        return false;
    }

    /** Does nothing: no secret is held here. */
    @Override
    public void clear() {}

    @Override
    public String toString() {
        return getName();
    }
}
