package org.symbolon.remote.server;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Login;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/**
 * A token as one client uses it: its sessions, its login, which all of them share (PKCS #11 v3.2 section 5.6), its object
 * handles. The client's session objects live in one scope of the token's.
 */
final class ClientToken {
    private static final Logger LOG = LoggerFactory.getLogger(ClientToken.class);

    private final long slotId;
    private final Session anyone;
    private final HandleTable objects;
    private final Map<Long, ClientSession> sessions = new TreeMap<>();
    private final ProvenUses provenUses = new ProvenUses();
    private @Nullable Session loggedIn;

    private ClientToken(long slotId, Session anyone, HandleTable objects) {
        this.slotId = slotId;
        this.anyone = anyone;
        this.objects = objects;
    }

    /** What the client gets in place of the token's own session. */
    @FunctionalInterface
    interface Decoration {
        Session of(Session session) throws TokenException;
    }

    static ClientToken open(long slotId, Decoration decoration, Token token, HandleTable objects)
            throws TokenException {
        Session session = token.open(Login.none());
        boolean good = false;
        try {
            ClientToken opened = new ClientToken(slotId, decoration.of(session), objects);
            good = true;
            return opened;
        } finally {
            if (!good) {
                session.close();
            }
        }
    }

    long slotId() {
        return slotId;
    }

    Token token() {
        return anyone.token();
    }

    HandleTable objects() {
        return objects;
    }

    ProvenUses provenUses() {
        return provenUses;
    }

    Collection<ClientSession> sessions() {
        return sessions.values();
    }

    void add(ClientSession session) {
        sessions.put(session.handle(), session);
    }

    /** Returns the token's session in which the client's calls are made now. */
    Session session() {
        return loggedIn != null ? loggedIn : anyone;
    }

    Role role() {
        return session().info().role();
    }

    void login(Login login) throws TokenException {
        loggedIn = anyone.login(login);
        provenUses.clear();
    }

    /** Logs out: what was begun in the login ends, and the handles of private objects are good no more. */
    void logout() {
        Session ending = loggedIn;
        if (ending == null) {
            return;
        }
        loggedIn = null;
        provenUses.clear();
        sessions.values().forEach(session -> session.endAllOf(ending));
        objects.forgetPrivate();
        ending.close();
    }

    /** Ends a session of the client with the objects that it made. */
    void close(ClientSession session) {
        session.endAll();
        sessions.remove(session.handle());
        if (!sessions.isEmpty()) {
            objects.takeMadeBy(session.handle()).forEach(this::destroy);
        }
    }

    private void destroy(TokenObject object) {
        try {
            session().destroy(object);
            objects.buried(object);
        } catch (TokenException e) {
            LOG.debug("an object outlives its session unseen, until the client leaves: {}", e.getMessage());
        }
    }

    /** Ends all sessions. */
    void close() {
        sessions.values().forEach(ClientSession::endAll);
        sessions.clear();
        logout();
        anyone.close();
    }
}
