package org.symbolon.ssh.mina;

import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Decides which keys or certificates of some algorithms let their users in. Plain keys, FIDO keys, OpenSSH certificates and X.509
 * certificates have one each; {@link TokenPublickeyAuthenticator.Builder#check} adds it to a server.
 *
 * <p>Who may log in is decided here; from where, until when, and what the session may do stands in the {@link
 * AcceptedUserKey#restrictions restrictions} and is enforced by the server. Thread-safe. Called where no worker of MINA waits
 * for longer than the server's deadline.
 */
public interface UserKeyCheck {
    /**
     * Whether keys of this algorithm are for this check. At most one check of a server may say so.
     *
     * @param algorithm the name that a client gave, any text
     * @return whether to ask {@link #check}
     */
    boolean takes(String algorithm);

    /**
     * Decides about a key that has not signed yet. Called for the probe and, where the server looks again, for the signed
     * request; and again while the session lives, where removed keys end sessions.
     *
     * @param offered the key, of an algorithm that this check takes
     * @return what it may do, or empty if it may not log in
     * @throws GeneralSecurityException if it is malformed or refused for a reason that the log should tell
     * @throws org.symbolon.TokenException if the store cannot tell: the login is refused, a session that lives goes on
     */
    Optional<AcceptedUserKey> check(OfferedUserKey offered) throws GeneralSecurityException;

    /**
     * Answers from memory alone, without waiting for anything.
     *
     * @param offered the key, of an algorithm that this check takes
     * @return what it may do; empty if it may not log in, or memory cannot tell
     * @throws GeneralSecurityException as {@link #check} does
     */
    default Optional<AcceptedUserKey> recall(OfferedUserKey offered) throws GeneralSecurityException {
        return Optional.empty();
    }
}
