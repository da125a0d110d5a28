package org.symbolon.ssh.publickey;

import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.Text;

/**
 * Who opened the subsystem: a user that the SSH server has authenticated.
 *
 * @param name the user's name, under which the keys are kept
 * @param login by what the user logged in: {@code password}, or a key's fingerprint
 * @param source from where: an address and a port
 * @param restrictions what the login may do
 * @param certified whether a certificate let the user in, which somebody else issued, and not for ever
 */
public record SubsystemUser(
        String name, String login, String source, LoginRestrictions restrictions, boolean certified) {
    /** The user, the login and the source, for a line of a log. */
    @Override
    public String toString() {
        return "\"" + Text.quoted(name) + "\" (" + login + ") from " + source;
    }
}
