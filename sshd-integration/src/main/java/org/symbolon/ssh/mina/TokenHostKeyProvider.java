package org.symbolon.ssh.mina;

import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.keyprovider.HostKeyCertificateProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.jspecify.annotations.Nullable;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.config.SshConfiguration;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.certificate.CertificateKind;

/**
 * A MINA server's host keys, which stay in a token.
 *
 * <p>They are read once and each signs once, so that a key that cannot serve is known at start-up. Afterwards the token's
 * change feed keeps them up to date; a login waits for nothing but the signature itself. Needs {@link TokenSsh#configure} on
 * the server. Thread-safe.
 *
 * <p>It provides the keys' OpenSSH certificates as well, for {@code SshServer.setHostKeyCertificateProvider}: clients that know
 * the CA trust the host by it, others by the key.
 */
public final class TokenHostKeyProvider implements KeyPairProvider, HostKeyCertificateProvider, AutoCloseable {
    private final MinaKeyPairs pairs;

    private TokenHostKeyProvider(MinaKeyPairs pairs) {
        this.pairs = pairs;
    }

    /**
     * Reads and tests the private keys of some labels. Of several keys of one type the first is the host key.
     *
     * @param session the session to read and sign with; it stays the caller's, open for longer than the server
     * @param labels the labels of private keys; each must have one
     * @return the host keys, to be closed after the server
     * @throws InvalidKeyException if a label has no key, or a key cannot be used for SSH or cannot sign; the message names it,
     *     its type and the cause
     * @throws TokenException if the token cannot tell
     */
    public static TokenHostKeyProvider of(Session session, String... labels)
            throws InvalidKeyException, TokenException {
        return of(TokenSshKeys.labelled(session, new TokenSigner(), List.of(labels)));
    }

    /**
     * Reads and tests the host keys that the configuration file's {@code ssh} section names: those of its label, else every
     * private key that SSH can use.
     *
     * @param session the session with the token that {@link SshConfiguration#hostKeys} names; it stays the caller's, open for
     *     longer than the server
     * @param configuration the section
     * @return the host keys, to be closed after the server
     * @throws InvalidKeyException if there is no such key, or the labelled one cannot be used for SSH or cannot sign
     * @throws TokenException if the token cannot tell
     */
    public static TokenHostKeyProvider of(Session session, SshConfiguration configuration)
            throws InvalidKeyException, TokenException {
        if (configuration.hostKeyLabel().isPresent()) {
            return of(session, configuration.hostKeyLabel().get());
        }
        TokenSshKeys keys = TokenSshKeys.matching(session, new TokenSigner(), ObjectQuery.privateKeys());
        if (keys.keys().isEmpty()) {
            keys.close();
            throw new InvalidKeyException("No private key in token \""
                    + session.info().token().label() + "\" can sign for SSH, or the session may not see it");
        }
        return of(keys);
    }

    /**
     * Serves keys that were read already.
     *
     * @param keys the keys; closed with this object
     * @return the host keys
     */
    public static TokenHostKeyProvider of(TokenSshKeys keys) {
        return new TokenHostKeyProvider(new MinaKeyPairs(keys));
    }

    @Override
    public Iterable<KeyPair> loadKeys(@Nullable SessionContext session) throws IOException {
        return pairs.get().stream().map(MinaKeyPairs.Typed::pair).toList();
    }

    @Override
    public @Nullable KeyPair loadKey(@Nullable SessionContext session, String type) throws IOException {
        return pairs.get().stream()
                .filter(typed -> typed.type().equals(type))
                .findFirst()
                .map(MinaKeyPairs.Typed::pair)
                .orElse(null);
    }

    @Override
    public Iterable<String> getKeyTypes(@Nullable SessionContext session) throws IOException {
        return pairs.get().stream().map(MinaKeyPairs.Typed::type).distinct().toList();
    }

    /** The OpenSSH host certificates that the token keeps beside the keys, as far as they are valid now. */
    @Override
    public Iterable<OpenSshCertificate> loadCertificates(@Nullable SessionContext session) throws IOException {
        return pairs.certificates(CertificateKind.HOST, Instant.now());
    }

    /** Ends to follow the token. Idempotent. */
    @Override
    public void close() {
        pairs.close();
    }
}
