package org.symbolon.ssh.mina;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.session.SessionListener.Event;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.Test;

/** Which of the connections that have not logged in is closed when there are too many. */
class UnauthenticatedSessionsTest {
    private static final InetSocketAddress PROXY = address(10, 0, 0, 1);
    private static final InetSocketAddress CLIENT = address(192, 0, 2, 1);

    /** A session at an address that changes as a proxy's header says. */
    private static final class Connection {
        private final AtomicReference<InetSocketAddress> address = new AtomicReference<>(PROXY);
        private final AtomicBoolean closed = new AtomicBoolean();
        private final ServerSession session = (ServerSession) Proxy.newProxyInstance(
                ServerSession.class.getClassLoader(),
                new Class<?>[] {ServerSession.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "getClientAddress" -> address.get();
                    case "equals" -> proxy == given[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> "a session";
                    case "close" -> {
                        closed.set(true);
                        yield null;
                    }
                    default -> throw new AssertionError(method);
                });
    }

    @Test
    void loggedInBehindAProxy_isNotCountedAndNotClosed() {
        UnauthenticatedSessions sessions = new UnauthenticatedSessions(1);
        Connection first = new Connection();
        sessions.sessionCreated(first.session);
        first.address.set(CLIENT);
        sessions.sessionEvent(first.session, Event.Authenticated);

        assertThat(sessions.count()).isZero();
        sessions.sessionCreated(new Connection().session);
        sessions.sessionCreated(new Connection().session);
        assertThat(first.closed).isFalse();
        assertThat(sessions.count()).isEqualTo(1);
    }

    @Test
    void oneTooMany_closesTheOldestOfTheAddressWithTheMost() {
        UnauthenticatedSessions sessions = new UnauthenticatedSessions(2);
        Connection other = new Connection();
        other.address.set(CLIENT);
        Connection first = new Connection();
        Connection second = new Connection();
        sessions.sessionCreated(other.session);
        sessions.sessionCreated(first.session);
        sessions.sessionCreated(second.session);

        assertThat(first.closed).isTrue();
        assertThat(other.closed).isFalse();
        assertThat(second.closed).isFalse();
    }

    private static InetSocketAddress address(int... octets) {
        byte[] bytes = {(byte) octets[0], (byte) octets[1], (byte) octets[2], (byte) octets[3]};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), 1000);
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are an address", e);
        }
    }
}
