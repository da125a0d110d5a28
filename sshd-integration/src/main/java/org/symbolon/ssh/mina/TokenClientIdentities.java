package org.symbolon.ssh.mina;

import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.SessionContext;
import org.jspecify.annotations.Nullable;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.certificate.CertificateKind;

/**
 * A MINA client's keys, which stay in a token. Needs {@link TokenSsh#configure} on the client. Thread-safe.
 *
 * <p>A server takes only a few keys before it ends the connection (OpenSSH: six): name the right ones.
 */
public final class TokenClientIdentities implements KeyIdentityProvider, AutoCloseable {
    private final MinaKeyPairs pairs;

    private TokenClientIdentities(MinaKeyPairs pairs) {
        this.pairs = pairs;
    }

    /**
     * Reads and tests the private keys of some labels.
     *
     * @param session the session to read and sign with; it stays the caller's, open for longer than the client
     * @param labels the labels of private keys, each of which must have one; offered in this order
     * @return the identities, to be closed after the client
     * @throws InvalidKeyException if a label has no key, or a key cannot be used for SSH or cannot sign; the message names it,
     *     its type and the cause
     * @throws TokenException if the token cannot tell
     */
    public static TokenClientIdentities of(Session session, String... labels)
            throws InvalidKeyException, TokenException {
        return of(TokenSshKeys.labelled(session, new TokenSigner(), List.of(labels)));
    }

    /**
     * Reads and tests all private keys that SSH can use.
     *
     * @param session the session to read and sign with; it stays the caller's, open for longer than the client
     * @return the identities, to be closed after the client
     * @throws TokenException if the token cannot tell
     */
    public static TokenClientIdentities all(Session session) throws TokenException {
        return of(TokenSshKeys.matching(session, new TokenSigner(), ObjectQuery.privateKeys()));
    }

    /**
     * Offers keys that were read already.
     *
     * @param keys the keys; closed with this object
     * @return the identities
     */
    public static TokenClientIdentities of(TokenSshKeys keys) {
        return new TokenClientIdentities(new MinaKeyPairs(keys));
    }

    /** Each key with its OpenSSH certificates that are valid now, then alone. */
    @Override
    public Iterable<KeyPair> loadKeys(@Nullable SessionContext session) throws IOException {
        return pairs.withCertificates(CertificateKind.USER, Instant.now());
    }

    /** Ends to follow the token. Idempotent. */
    @Override
    public void close() {
        pairs.close();
    }
}
