package org.symbolon.remote.server;

import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.serve.ClientIdentity;

/**
 * What stands between clients and the sessions of tokens: where permissions and an audit learn who asks.
 *
 * <pre>{@code
 * builder.sessions((client, session) -> session.decorated(spi -> new AuditedSession(client.name(), spi)))
 * }</pre>
 */
@FunctionalInterface
public interface ClientSessions {
    /**
     * Returns the session that a client gets in place of a token's own. Called each time that a client opens its first session
     * on a token, on the client's thread; the client's logins derive from the session that is returned.
     *
     * @param client who the client is
     * @param session a public session on the token
     * @return that session, or a decorated one ({@link Session#decorated})
     * @throws TokenException if the client may not use the token
     */
    Session of(ClientIdentity client, Session session) throws TokenException;
}
