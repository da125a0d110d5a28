package org.symbolon;

/**
 * A token whose sessions outlive their connections: when the session, the connection or the server below is replaced, the
 * token is opened again, logged in to, and what was asked is asked again.
 *
 * <pre>{@code
 * try (LiveToken token = LiveToken.of(source); Session session = token.open()) {
 *     session.sign(key, Mechanism.ECDSA_SHA256, message); // works before and after the server was restarted
 * }
 * }</pre>
 *
 * <ul>
 *   <li><b>Asked again</b> is what cannot have been done twice harmfully: everything that changes no object, at most nine
 *       times, and everything that the token refused before it began (CKR_SESSION_HANDLE_INVALID,
 *       CKR_USER_NOT_LOGGED_IN). Other changes are repaired and reported: {@link TokenUnavailableException} says that
 *       their outcome is unknown.
 *   <li><b>Keys are found again</b> by CKA_UNIQUE_ID; where the token has made new ones, by class, id and label, if the
 *       public key is the same.
 *   <li><b>A token that is down is left in peace</b>: it is tried again after a pause of 25 ms that doubles to 400 ms, which
 *       the calls wait for within their deadlines.
 *   <li><b>No PIN is tried twice.</b> A PIN that the token refuses is not given to it any more, by whichever session of this
 *       live token; every call fails with that refusal, until the source gives another PIN or somebody logs in to this live
 *       token with one.
 *   <li>Session objects (CKA_TOKEN false) and operations in parts die with the session below, as PKCS #11 has it.
 * </ul>
 *
 * <p>Sessions that were opened with a PIN keep a copy of it until they are closed. Thread-safe; concurrent callers open a
 * broken token once between them.
 */
public final class LiveToken implements AutoCloseable {
    private final SessionSource source;
    private final LiveConnection connection;
    private final TokenModule module;

    private LiveToken(SessionSource source, LiveConnection connection, TokenModule module) {
        this.source = source;
        this.connection = connection;
        this.module = module;
    }

    /**
     * Opens a token for the first time.
     *
     * @param source where it is
     * @return the live token, to be closed
     * @throws TokenException if it cannot be opened
     */
    public static LiveToken of(SessionSource source) throws TokenException {
        Token first = source.openToken();
        LiveConnection connection = new LiveConnection(source, first);
        TokenModule module = TokenModule.of(
                new LiveModule(connection, first.module().info()),
                first.module().options());
        return new LiveToken(source, connection, module);
    }

    /**
     * Opens a session by the source's login, which is asked for anew whenever the session must log in again.
     *
     * @return the session, to be closed
     * @throws TokenAuthenticationException if the PIN or identity is refused
     * @throws TokenException if the token does not answer
     */
    public Session open() throws TokenException {
        Token token = token();
        return module.call(
                "Open session on the live token",
                options -> Session.of(module, token, connection.open(LiveLogin.asking(source::login), false, options)));
    }

    /**
     * Returns the token, whose sessions are live too.
     *
     * @return the token
     * @throws TokenException if it does not answer
     */
    public Token token() throws TokenException {
        return module.token(Pkcs11Uri.any());
    }

    /** {@return the module that has this token and no other; closing it closes this} */
    public TokenModule module() {
        return module;
    }

    /** Closes the sessions and the module below. Idempotent, throws nothing. */
    @Override
    public void close() {
        module.close();
    }
}
