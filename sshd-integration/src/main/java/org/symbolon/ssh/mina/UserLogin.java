package org.symbolon.ssh.mina;

import java.util.List;
import org.apache.sshd.server.session.ServerSession;
import org.symbolon.ssh.LoginRestrictions;

/**
 * How the user of a session logged in, as a server that {@link TokenSsh#configure} has set up knows it.
 *
 * @param keys the keys that signed, and what each may do; none where the user logged in by a password
 * @param restrictions what the login may do, the stricter of all keys
 */
public record UserLogin(List<AcceptedUserKey> keys, LoginRestrictions restrictions) {
    /** Copies the keys. */
    public UserLogin {
        keys = List.copyOf(keys);
    }

    /**
     * The login of a session.
     *
     * @param session a session whose user has logged in
     * @return what it logged in with
     */
    public static UserLogin of(ServerSession session) {
        SessionLogin login = SessionLogin.of(session);
        return new UserLogin(
                login.proofs().stream().map(SessionLogin.Proof::accepted).toList(), login.restrictions());
    }

    /**
     * Whether a certificate let the user in, of which somebody says for how long it is good.
     *
     * @return true for certificates of any kind
     */
    public boolean isCertified() {
        return keys.stream()
                .anyMatch(key -> key.entry().isEmpty()
                        || key.entry().get().isCertificateAuthority()
                        || !key.entry().get().key().equals(key.key()));
    }
}
