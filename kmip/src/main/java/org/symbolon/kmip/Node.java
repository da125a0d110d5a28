package org.symbolon.kmip;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.transport.Patience;

/** A server of the list, and what is known of it. Thread-safe. */
final class Node implements AutoCloseable {
    private final ServerAddress address;
    private final Connections connections;
    private final IdleLimit idleLimit;
    private final Optional<KmipVersion> pinned;
    private final Map<Class<?>, Object> memory = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable KmipVersion> agreed = new AtomicReference<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean down = new AtomicBoolean();
    private volatile long lastSign = System.nanoTime();
    private volatile Patience patience = Patience.ENDLESS;
    private volatile Duration clockAhead = Duration.ZERO;

    Node(ServerAddress address, Connections connections, IdleLimit idleLimit, Optional<KmipVersion> pinned) {
        this.address = address;
        this.connections = connections;
        this.idleLimit = idleLimit;
        this.pinned = pinned;
    }

    ServerAddress address() {
        return address;
    }

    Connections connections() {
        return connections;
    }

    IdleLimit idleLimit() {
        return idleLimit;
    }

    /** The version in which it is spoken to, if it was set or agreed on. */
    Optional<KmipVersion> version() {
        return pinned.isPresent() ? pinned : Optional.ofNullable(agreed.get());
    }

    void agreeOn(KmipVersion version) {
        agreed.set(version);
    }

    /** Has the version agreed on anew, unless it was set. */
    void forgetVersion() {
        agreed.set(null);
    }

    /** What a part of the client remembers of this node, made with the first question. */
    <T> T remembered(Class<T> type, Supplier<T> first) {
        return type.cast(memory.computeIfAbsent(type, unused -> first.get()));
    }

    boolean isDown() {
        return down.get();
    }

    /** Notes that it is away; what was agreed on with it, and its connections, are gone. Returns whether that is news. */
    boolean goDown() {
        forgetVersion();
        connections.forget();
        return down.compareAndSet(false, true);
    }

    /** Notes that it is back, perhaps as another program. */
    void comeUp() {
        idleLimit.reset();
        memory.clear();
        down.set(false);
    }

    /** How long calls that could be made elsewhere wait for it. */
    Patience patience() {
        return patience;
    }

    void setPatience(Patience until) {
        patience = until;
    }

    /** Whether it has answered anything since a time. */
    boolean hasAnsweredSince(long nanoTime) {
        return lastSign - nanoTime > 0;
    }

    /** Lets one question at a time be asked beside the calls. */
    boolean beginLook() {
        return looking.compareAndSet(false, true);
    }

    /** Whether it is being asked, because it is silent, whether it is there. */
    boolean isDoubted() {
        return looking.get();
    }

    void endLook() {
        looking.set(false);
    }

    /** Notes an answer, and the time that it had. */
    void answered(Instant serverTime) {
        lastSign = System.nanoTime();
        clockAhead = Duration.between(Instant.now(), serverTime);
    }

    /** What the node's clock shows at a time of ours, to a second. */
    Instant onItsClock(Instant ours) {
        return ours.plus(clockAhead);
    }

    @Override
    public void close() {
        connections.close();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
