package org.symbolon.ssh;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What the options before a key say (sshd(8), AUTHORIZED_KEYS FILE FORMAT): what a login by it may do, and whether it is a CA
 * that certifies users instead of logging in itself. Immutable.
 *
 * <p>Beside OpenSSH's options there are {@code no-shell}, {@code no-exec}, {@code no-env} and {@code subsystems="a,b"}, for
 * what only RFC 4819 can say, and {@code from} may stand more than once. OpenSSH refuses a key with options that it does not
 * know, so that such a line is never weaker there. {@code self-service="..."} marks what users added themselves and restricts nothing; it
 * is not in lines for OpenSSH.
 *
 * @param restrictions what a login may do
 * @param certificateAuthority whether the key is a CA ({@code cert-authority}); then it never logs in itself
 * @param principals the principals of which a certificate must name one ({@code principals}); none: the user's name. Only of
 *     a CA
 * @param selfService what the user said of the key, who added it by the public key subsystem and may change it there; empty
 *     where an administrator added it. Never interpreted when the key logs in
 */
public record AuthorizedKeyOptions(
        LoginRestrictions restrictions,
        boolean certificateAuthority,
        List<String> principals,
        Optional<String> selfService) {
    /** No options. */
    public static final AuthorizedKeyOptions NONE =
            new AuthorizedKeyOptions(LoginRestrictions.UNRESTRICTED, false, List.of());

    /**
     * The options of what an administrator adds.
     *
     * @param restrictions what a login may do
     * @param certificateAuthority whether the key is a CA
     * @param principals the principals of which a certificate must name one
     */
    public AuthorizedKeyOptions(LoginRestrictions restrictions, boolean certificateAuthority, List<String> principals) {
        this(restrictions, certificateAuthority, principals, Optional.empty());
    }

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
        if (certificateAuthority && selfService.isPresent()) {
            throw new IllegalArgumentException("self-service stands with cert-authority: users add no CAs");
        }
        principals.forEach(AuthorizedKeyOptions::checkPrincipal);
        selfService.ifPresent(AuthorizedKeyOptions::checkSelfService);
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
     * These options as what the user added.
     *
     * @param said what the user said of the key: at most {@value LoginRestrictions#MAX_TEXT_CHARS} printable ASCII characters
     *     without quote and space
     * @return other options
     * @throws IllegalArgumentException if it has other characters, or the key is a CA's
     */
    public AuthorizedKeyOptions withSelfService(String said) {
        return new AuthorizedKeyOptions(restrictions, certificateAuthority, principals, Optional.of(said));
    }

    /**
     * These options without a word on who added the key, for OpenSSH.
     *
     * @return the options
     */
    public AuthorizedKeyOptions withoutSelfService() {
        return selfService.isEmpty() ? this : new AuthorizedKeyOptions(restrictions, certificateAuthority, principals);
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
     * Whether OpenSSH understands every option that {@link #toOptions} gives {@link #withoutSelfService}. If not, it refuses the
     * key.
     *
     * @return false if shells, commands, variables or subsystems are denied, or several {@code from} lists must match
     */
    public boolean knownToOpenSsh() {
        return restrictions.from().size() <= 1
                && restrictions.subsystems().isEmpty()
                && restrictions.denied().stream().allMatch(LoginRight::knownToOpenSsh);
    }

    private static void checkSelfService(String said) {
        if (said.length() > LoginRestrictions.MAX_TEXT_CHARS
                || !said.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"')) {
            throw new IllegalArgumentException("self-service is not at most " + LoginRestrictions.MAX_TEXT_CHARS
                    + " printable ASCII characters without quote and space");
        }
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
