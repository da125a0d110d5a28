package org.symbolon.remote.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.serve.ClientIdentity;

/** The sessions of one client, by handle and by slot. */
final class SessionTable implements AutoCloseable {
    private static final long MAX_HANDLE = 0xffff_fffeL;

    private final ClientIdentity client;
    private final Terms terms;
    private final Map<Long, ClientSession> sessions = new TreeMap<>();
    private final Map<Long, ClientToken> tokens = new TreeMap<>();
    private final AtomicLong lastObject = new AtomicLong();
    private long lastSession;

    SessionTable(ClientIdentity client, Terms terms) {
        this.client = client;
        this.terms = terms;
    }

    ClientLimits limits() {
        return terms.limits();
    }

    /** Opens a session; the first one of a slot opens its token. */
    ClientSession open(long slotId, Token token, boolean readOnly) throws TokenException {
        if (sessions.size() >= limits().sessions() || lastSession >= MAX_HANDLE) {
            throw Refusal.of("CKR_SESSION_COUNT", "the client has " + sessions.size() + " sessions");
        }
        ClientToken used = tokens.get(slotId);
        if (used == null) {
            used = ClientToken.open(
                    slotId,
                    session -> terms.sessions().of(client, session),
                    token,
                    new HandleTable(lastObject, limits().objects()));
            tokens.put(slotId, used);
        }
        ClientSession session = new ClientSession(++lastSession, used, readOnly);
        used.add(session);
        sessions.put(session.handle(), session);
        terms.metrics().sessionsOpened(1);
        return session;
    }

    ClientSession require(long handle) throws TokenException {
        ClientSession session = sessions.get(handle);
        if (session == null) {
            throw Refusal.of("CKR_SESSION_HANDLE_INVALID", "there is no session " + handle);
        }
        return session;
    }

    /** Returns the token of a slot, if sessions are open on it. */
    Optional<ClientToken> token(long slotId) {
        return Optional.ofNullable(tokens.get(slotId));
    }

    Collection<ClientSession> ofSlot(long slotId) {
        return token(slotId).map(ClientToken::sessions).orElse(List.of());
    }

    /** Closes a session; the last one of a slot logs out and takes the session objects with it. */
    void close(long handle) throws TokenException {
        ClientSession session = require(handle);
        sessions.remove(handle);
        terms.metrics().sessionsClosed(1);
        ClientToken token = session.token();
        token.close(session);
        if (token.sessions().isEmpty()) {
            tokens.remove(token.slotId());
            token.close();
        }
    }

    void closeAll(long slotId) {
        ClientToken token = tokens.remove(slotId);
        if (token != null) {
            token.sessions().forEach(session -> sessions.remove(session.handle()));
            terms.metrics().sessionsClosed(token.sessions().size());
            token.close();
        }
    }

    @Override
    public void close() {
        List.copyOf(tokens.keySet()).forEach(this::closeAll);
    }
}
