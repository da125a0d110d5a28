package org.symbolon.ssh.mina.publickey;

import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.Text;

/**
 * Lets users in by password until they have a key, and from then on by key only (RFC 4819 section 2). The password is checked
 * first, so that nobody learns without it who has keys. When the store cannot tell, the login is refused. Thread-safe; a worker
 * of MINA waits for the store, for as long as the store's own timeouts allow.
 */
public final class PasswordUntilFirstKey implements PasswordAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordUntilFirstKey.class);

    private final PasswordAuthenticator passwords;
    private final AuthorizedKeys keys;

    /**
     * Makes the authenticator for {@code SshServer.setPasswordAuthenticator}.
     *
     * @param passwords checks the password
     * @param keys the keys with which users log in
     */
    public PasswordUntilFirstKey(PasswordAuthenticator passwords, AuthorizedKeys keys) {
        this.passwords = passwords;
        this.keys = keys;
    }

    @Override
    public boolean authenticate(String user, String password, ServerSession session) {
        return passwords.authenticate(user, password, session) && hasNoKey(user);
    }

    private boolean hasNoKey(String user) {
        try {
            boolean none = keys.list(user).stream().allMatch(AuthorizedKey::isCertificateAuthority);
            if (!none) {
                LOG.info("The password of \"{}\" is refused: there is a key to log in with", Text.quoted(user));
            }
            return none;
        } catch (TokenException | IllegalStateException e) {
            LOG.warn(
                    "The password of \"{}\" is refused: the keys cannot be read: {}",
                    Text.quoted(user),
                    e.getMessage());
            return false;
        }
    }
}
