package org.symbolon.ssh;

import java.time.ZoneId;
import java.util.List;

/**
 * What the options before a key say (sshd(8), AUTHORIZED_KEYS FILE FORMAT): what a login by it may do, and whether it is a CA
 * that certifies users instead of logging in itself. Immutable.
 *
 * <p>Beside OpenSSH's options there are {@code no-shell}, {@code no-exec}, {@code no-env} and {@code subsystems="a,b"}, for
 * what only RFC 4819 can say, and {@code from} may stand more than once. OpenSSH refuses a key with options that it does not
 * know, so that such a line is never weaker there.
 *
 * @param restrictions what a login may do
 * @param certificateAuthority whether the key is a CA ({@code cert-authority}); then it never logs in itself
 * @param principals the principals of which a certificate must name one ({@code principals}); none: the user's name. Only of
 *     a CA
 */
public record AuthorizedKeyOptions(
        LoginRestrictions restrictions, boolean certificateAuthority, List<String> principals) {
    /** No options. */
    public static final AuthorizedKeyOptions NONE =
            new AuthorizedKeyOptions(LoginRestrictions.UNRESTRICTED, false, List.of());

    /**
     * Copies the principals and checks them.
     *
     * @throws IllegalArgumentException if principals stand with a key that is no CA, or one of them is empty, too long or has
     *     a comma, a quote, a space or a control character
     */
    public AuthorizedKeyOptions {
        principals = List.copyOf(principals);
        if (!principals.isEmpty() && !certificateAuthority) {
            throw new IllegalArgumentException(
                    "principals stands without cert-authority: only a CA's key has principals");
        }
        if (principals.size() > LoginRestrictions.MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "principals has " + principals.size() + " names; it has at most " + LoginRestrictions.MAX_ITEMS);
        }
        principals.forEach(AuthorizedKeyOptions::checkPrincipal);
    }

    /**
     * A key that logs in itself.
     *
     * @param restrictions what it may do
     * @return the options
     */
    public static AuthorizedKeyOptions of(LoginRestrictions restrictions) {
        return new AuthorizedKeyOptions(restrictions, false, List.of());
    }

    /**
     * Reads the options of a line. Times without {@code Z} are of the time zone of this machine, as in OpenSSH.
     *
     * @param options the options in their order
     * @return what they say
     * @throws SshFormatException if one is unknown or its value cannot be read; the message names it. The key must then be
     *     refused
     */
    public static AuthorizedKeyOptions parse(List<AuthorizedKeysLine.Option> options) throws SshFormatException {
        return parse(options, ZoneId.systemDefault());
    }

    /**
     * Reads the options of a line.
     *
     * @param options the options in their order
     * @param zone the time zone of times without {@code Z}
     * @return what they say
     * @throws SshFormatException if one is unknown or its value cannot be read; the message names it. The key must then be
     *     refused
     */
    public static AuthorizedKeyOptions parse(List<AuthorizedKeysLine.Option> options, ZoneId zone)
            throws SshFormatException {
        return options.isEmpty() ? NONE : new AuthorizedKeyOptionsReader(zone).read(options);
    }

    /**
     * The options in the order in which OpenSSH's manual has them, such that {@link #parse} gives equal ones. Times are UTC.
     *
     * @return the options, none for a plain key
     */
    public List<AuthorizedKeysLine.Option> toOptions() {
        return AuthorizedKeyOptionsWriter.write(this);
    }

    /**
     * Whether OpenSSH understands every option that {@link #toOptions} gives. If not, it refuses the key.
     *
     * @return false if shells, commands, variables or subsystems are denied, or several {@code from} lists must match
     */
    public boolean knownToOpenSsh() {
        return restrictions.from().size() <= 1
                && restrictions.subsystems().isEmpty()
                && restrictions.denied().stream().allMatch(LoginRight::knownToOpenSsh);
    }

    private static void checkPrincipal(String name) {
        if (name.isEmpty()
                || name.length() > 255
                || name.codePoints().anyMatch(c -> c == ',' || c == '"' || c <= ' ' || Text.breaksLine(c))) {
            throw new IllegalArgumentException("principals has \"" + Text.quoted(name)
                    + "\"; names have 1 to 255 characters without comma, space, quote or control character");
        }
    }
}
