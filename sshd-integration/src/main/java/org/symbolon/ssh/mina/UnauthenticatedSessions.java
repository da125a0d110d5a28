package org.symbolon.ssh.mina;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;

/**
 * Keeps the connections that have not logged in few. When there is one too many, the oldest of the address that has the most
 * of them is closed: who opens a thousand takes places only from oneself. Thread-safe.
 */
final class UnauthenticatedSessions implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(UnauthenticatedSessions.class);
    /** An IPv6 client has at least a network of 64 bits to itself. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final int max;
    private final Map<Bytes, Set<Session>> bySource = new HashMap<>();
    /** Where each was when it came: a proxy's header changes the address afterwards. */
    private final Map<Session, Bytes> sources = new HashMap<>();

    UnauthenticatedSessions(int max) {
        this.max = max;
    }

    @Override
    public void sessionCreated(Session session) {
        Optional<Session> victim = add(session);
        if (victim.isPresent()) {
            LOG.warn("More than {} connections have not logged in: {} is closed", max, victim.get());
            victim.get().close(true);
        }
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            remove(session);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        remove(session);
    }

    synchronized int count() {
        return sources.size();
    }

    private synchronized Optional<Session> add(Session session) {
        Bytes source = source(session);
        sources.put(session, source);
        bySource.computeIfAbsent(source, key -> new LinkedHashSet<>()).add(session);
        if (sources.size() <= max) {
            return Optional.empty();
        }
        Optional<Session> oldest = bySource.values().stream()
                .max(Comparator.comparingInt(Set::size))
                .map(sessions -> sessions.iterator().next());
        oldest.ifPresent(this::remove);
        return oldest;
    }

    private synchronized void remove(Session session) {
        Bytes source = sources.remove(session);
        if (source != null) {
            bySource.computeIfPresent(source, (key, sessions) -> {
                sessions.remove(session);
                return sessions.isEmpty() ? null : sessions;
            });
        }
    }

    private static Bytes source(Session session) {
        return session instanceof ServerSession served
                ? OfferedUserKey.source(served)
                        .map(UnauthenticatedSessions::network)
                        .orElse(Bytes.empty())
                : Bytes.empty();
    }

    private static Bytes network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return Bytes.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}
