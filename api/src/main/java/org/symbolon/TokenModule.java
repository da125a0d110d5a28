package org.symbolon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.SlotSpi;

/**
 * One reachable backend: a database, an RPC endpoint, a KMIP server's domain.
 *
 * <p>Opened from a URI, whose scheme picks the backend on the class path or module path. Thread-safe. Calls block at most
 * for the timeout in the module's {@link ModuleOptions}.
 */
public final class TokenModule implements AutoCloseable {
    private final ModuleSpi spi;
    private final ModuleOptions options;
    private final Map<RunningCalls, Session> sessions = new ConcurrentHashMap<>();
    private final RunningCalls calls;

    private TokenModule(ModuleSpi spi, ModuleOptions options) {
        this.spi = spi;
        this.options = options;
        this.calls = new RunningCalls("the module " + spi.info().description());
    }

    /**
     * Opens the module at a URI with default options.
     *
     * @param uri such as {@code soft:sqlite:team.db}, {@code soft:memory}, {@code kmip://host:5696}
     * @return the module, to be closed
     * @throws TokenException if it cannot be opened
     * @throws IllegalArgumentException if the URI is malformed, or no backend for its scheme is on the path
     */
    public static TokenModule open(String uri) throws TokenException {
        return open(uri, ModuleOptions.ofDefaults());
    }

    /**
     * Opens the module at a URI.
     *
     * @param uri such as {@code soft:sqlite:team.db}
     * @param options how
     * @return the module, to be closed
     * @throws TokenException if it cannot be opened
     * @throws IllegalArgumentException if the URI or an option is malformed, or no backend for the scheme is on the path
     */
    public static TokenModule open(String uri, ModuleOptions options) throws TokenException {
        ModuleUri parsed = ModuleUri.parse(uri);
        try {
            return of(Backends.factory(parsed.scheme(), options).open(parsed, options), options);
        } catch (TokenException e) {
            e.addContext("Open " + parsed);
            throw e;
        }
    }

    /**
     * Returns a module over a backend's own object: what backends with builders and decorators of whole modules use.
     *
     * @param spi the backend's module, closed with this one
     * @param options how
     * @return the module
     */
    public static TokenModule of(ModuleSpi spi, ModuleOptions options) {
        return new TokenModule(spi, options);
    }

    /** {@return what the module says of itself} */
    public ModuleInfo info() {
        return spi.info();
    }

    /**
     * Returns what the module counts of itself, for those who watch it: such as {@code connections} and {@code endpoints_down} of
     * a remote one. Does not block.
     *
     * @return numbers by name, the same names each time; none if the backend counts nothing
     */
    public Map<String, Double> measurements() {
        return spi.measurements();
    }

    /**
     * Returns the slots as they are now.
     *
     * @return the slots
     * @throws TokenException if the backend does not answer
     */
    public List<Slot> slots() throws TokenException {
        List<Slot> slots = new ArrayList<>();
        for (SlotSpi slot : call("List slots", spi::slots)) {
            slots.add(new Slot(this, slot));
        }
        return slots;
    }

    /**
     * Returns the first slot whose token is not initialised: where a new token can be made.
     *
     * @return the slot
     * @throws ObjectNotFoundException if there is none
     * @throws TokenException if the backend does not answer
     */
    public Slot emptySlot() throws TokenException {
        for (Slot slot : slots()) {
            if (slot.token().isEmpty()) {
                return slot;
            }
        }
        throw new ObjectNotFoundException(Status.ckr("CKR_TOKEN_NOT_PRESENT"), "every slot holds a token");
    }

    /**
     * Returns the initialised tokens.
     *
     * @return the tokens
     * @throws TokenException if the backend does not answer
     */
    public List<Token> tokens() throws TokenException {
        List<Token> tokens = new ArrayList<>();
        for (Slot slot : slots()) {
            slot.token().ifPresent(tokens::add);
        }
        return tokens;
    }

    /**
     * Returns the token of a label.
     *
     * @param label its label, exactly
     * @return the token
     * @throws ObjectNotFoundException if there is none; the message lists those that there are
     * @throws AmbiguousObjectException if several have it
     * @throws TokenException if the backend does not answer
     */
    public Token token(String label) throws TokenException {
        return token(Pkcs11Uri.ofToken(label));
    }

    /**
     * Returns the token that a PKCS #11 URI names.
     *
     * @param uri such as {@code pkcs11:token=Team}
     * @return the token
     * @throws ObjectNotFoundException if none matches; the message lists those that there are
     * @throws AmbiguousObjectException if several match; the message lists them
     * @throws TokenException if the backend does not answer
     */
    public Token token(Pkcs11Uri uri) throws TokenException {
        List<Token> matching = new ArrayList<>();
        List<String> present = new ArrayList<>();
        for (Token token : tokens()) {
            TokenInfo info = token.info();
            present.add("\"" + info.label() + "\"");
            if (uri.matches(info) && uri.matches(token.slotInfo()) && uri.matches(info())) {
                matching.add(token);
            }
        }
        if (matching.isEmpty()) {
            throw new ObjectNotFoundException(
                    Status.ckr("CKR_TOKEN_NOT_PRESENT"),
                    "no token matches " + uri + "; there " + (present.isEmpty() ? "is none" : "are " + present));
        }
        if (matching.size() > 1) {
            throw new AmbiguousObjectException(
                    Status.ckr("CKR_TOKEN_NOT_PRESENT"), matching.size() + " tokens match " + uri + " of " + present);
        }
        return matching.get(0);
    }

    ModuleOptions options() {
        return options;
    }

    /** A call of a backend that may block. */
    @FunctionalInterface
    interface BackendCall<R> {
        R apply(CallOptions options) throws TokenException;
    }

    <R> R call(String asked, BackendCall<R> call) throws TokenException {
        try {
            return call(call);
        } catch (TokenException e) {
            e.addContext(asked);
            throw e;
        }
    }

    /** A call whose failure the caller completes with what was asked. */
    <R> R call(BackendCall<R> call) throws TokenException {
        try (RunningCalls.Call running = calls.enter()) {
            return call.apply(running.options(options.timeout(), Optional.empty()));
        }
    }

    void opened(RunningCalls ofSession, Session session) {
        sessions.put(ofSession, session);
        if (calls.isClosed()) {
            session.close();
        }
    }

    void ended(RunningCalls ofSession) {
        sessions.remove(ofSession);
    }

    /**
     * Closes the module's sessions and then the module. Calls that run are waited for or cancelled, as the options say: of
     * all sessions together, so that many take no longer than one. Idempotent, throws nothing.
     */
    @Override
    public void close() {
        if (!calls.refuse()) {
            return;
        }
        Map<RunningCalls, Session> open = new HashMap<>(sessions);
        open.keySet().removeIf(ofSession -> !ofSession.refuse());
        List<RunningCalls> ending = new ArrayList<>(open.keySet());
        ending.add(calls);
        RunningCalls.end(ending, options);
        open.values().forEach(Session::release);
        spi.close();
    }
}
