package org.symbolon.ssh.mina;

import java.util.List;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;

/**
 * Puts {@link TokenUserAuthPublicKey} in the place of MINA's own method in each session. A server knows its methods only when it
 * starts, by the authenticators that it has then; a method that is not MINA's own stays.
 */
final class UserAuthSeam implements SessionListener {
    private final TokenUserAuthPublicKeyFactory ours;

    UserAuthSeam(TokenCalls lookups) {
        ours = new TokenUserAuthPublicKeyFactory(lookups);
    }

    @Override
    public void sessionCreated(Session session) {
        if (session instanceof ServerSession served) {
            List<UserAuthFactory> factories = served.getUserAuthFactories().stream()
                    .map(factory -> isMinasOwn(factory) ? ours : factory)
                    .toList();
            served.setUserAuthFactories(factories);
        }
    }

    private static boolean isMinasOwn(UserAuthFactory factory) {
        return factory == UserAuthPublicKeyFactory.INSTANCE || factory.getClass() == UserAuthPublicKeyFactory.class;
    }
}
