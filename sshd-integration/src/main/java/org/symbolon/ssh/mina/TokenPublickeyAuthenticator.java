package org.symbolon.ssh.mina;

import java.security.PublicKey;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/**
 * Lets users in by the keys that {@link AuthorizedKeys} finds. MINA asks twice a login, before and after the signature, and
 * both times the store is asked: a removed key is refused at once.
 *
 * <p>OpenSSH certificates are refused: there is no trusted CA here. When the store cannot tell, the login is refused and a
 * warning is logged. Answers on MINA's I/O worker, never later. Thread-safe.
 */
public final class TokenPublickeyAuthenticator implements PublickeyAuthenticator {
    /** The key that the session's last answer was about, where it was yes; after login, the key that logged in. */
    public static final AttributeKey<AuthorizedKey> AUTHORIZED_KEY = new AttributeKey<>();

    private static final Logger LOG = LoggerFactory.getLogger(TokenPublickeyAuthenticator.class);

    private final AuthorizedKeys keys;

    /**
     * Makes the authenticator for {@code SshServer.setPublickeyAuthenticator}.
     *
     * @param keys who may log in with what
     */
    public TokenPublickeyAuthenticator(AuthorizedKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        Optional<AuthorizedKey> authorized = find(user, key);
        if (authorized.isPresent()) {
            session.setAttribute(AUTHORIZED_KEY, authorized.get());
        } else {
            session.removeAttribute(AUTHORIZED_KEY);
        }
        return authorized.isPresent();
    }

    /** Whether a key may log in, apart from any session. */
    boolean isAuthorized(String user, PublicKey key) {
        return find(user, key).isPresent();
    }

    private Optional<AuthorizedKey> find(String user, PublicKey key) {
        if (key instanceof OpenSshCertificate) {
            LOG.debug("An OpenSSH certificate was offered and refused");
            return Optional.empty();
        }
        try {
            return keys.find(user, SshPublicKey.of(key));
        } catch (SshFormatException e) {
            LOG.debug("A key was offered that is not supported: {}", e.getMessage());
        } catch (TokenException e) {
            LOG.warn("Logins by key are refused, the token cannot tell who may: {}", e.getMessage());
        } catch (IllegalStateException e) {
            LOG.warn("Logins by key are refused, the session with the token is closed: {}", e.getMessage());
        }
        return Optional.empty();
    }
}
