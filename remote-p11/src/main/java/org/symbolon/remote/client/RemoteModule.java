package org.symbolon.remote.client;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.symbolon.Change;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Deadline;
import org.symbolon.ModuleInfo;
import org.symbolon.TokenException;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.SlotSpi;

/** A PKCS #11 module at the other end of p11-kit's RPC. */
public final class RemoteModule implements ModuleSpi {
    private final ClientSettings settings;
    private final Connector connector;
    private final ModuleConnection control;
    private final ModuleInfo info;
    private final TokenPools pools;
    private final SlotTable slots = new SlotTable();
    private final Map<TokenName, TokenFeed> feeds = new ConcurrentHashMap<>();
    private final String name =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final AtomicLong connectionCount = new AtomicLong();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicLong refreshedAt = new AtomicLong(System.nanoTime());
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "symbolon-p11-refresh");
        thread.setDaemon(true);
        return thread;
    });

    private RemoteModule(ClientSettings settings, Connector connector, ModuleConnection control, ModuleInfo info) {
        this.settings = settings;
        this.connector = connector;
        this.control = control;
        this.info = info;
        this.pools = new TokenPools(this);
    }

    /**
     * Opens a module.
     *
     * @param settings how it is reached
     * @param timeout how long it may take
     * @return the module
     * @throws TokenException if nobody answers, or not as PKCS #11 RPC does
     */
    public static RemoteModule open(ClientSettings settings, Duration timeout) throws TokenException {
        Connector connector = new Connector(settings);
        ModuleConnection control = new ModuleConnection(connector);
        boolean done = false;
        try {
            Deadline deadline = Deadline.after(timeout);
            ModuleInfo info = control.ask(
                    deadline,
                    rpc -> TokenInfos.module(
                            rpc.call(RpcMessage.of(RpcCall.GET_INFO), deadline),
                            rpc.health().toString()));
            done = true;
            return new RemoteModule(settings, connector, control, info);
        } finally {
            if (!done) {
                control.close();
                connector.close();
            }
        }
    }

    @Override
    public ModuleInfo info() {
        return info;
    }

    @Override
    public List<? extends SlotSpi> slots(CallOptions options) throws TokenException {
        Deadline deadline = options.deadline();
        return control.ask(deadline, rpc -> slots.list(rpc, deadline)).stream()
                .map(entry -> new RemoteSlot(this, entry))
                .toList();
    }

    SlotTable slots() {
        return slots;
    }

    ModuleConnection control() {
        return control;
    }

    Connector connector() {
        return connector;
    }

    TokenPools pools() {
        return pools;
    }

    int maxConnections() {
        return settings.connections();
    }

    Duration refresh() {
        return settings.refresh();
    }

    /** Returns a name that no other connection of this JVM has. */
    String newConnectionId() {
        return name + "-" + connectionCount.incrementAndGet();
    }

    ChangeSubscription subscribe(TokenName token, ChangeListener listener) {
        if (refreshing.compareAndSet(false, true)) {
            long nanos = settings.refresh().toNanos();
            var unused = refresher.scheduleWithFixedDelay(this::tellAll, nanos, nanos, TimeUnit.NANOSECONDS);
        }
        return feeds.computeIfAbsent(token, name -> new TokenFeed()).subscribe(listener);
    }

    /** Tells all listeners that anything may have changed elsewhere: PKCS #11 has no way to hear of it. */
    private void tellAll() {
        refreshedAt.set(System.nanoTime());
        feeds.values().forEach(feed -> feed.tell(Change.any()));
    }

    void tell(TokenName token, Change change) {
        TokenFeed feed = feeds.get(token);
        if (feed != null) {
            feed.tell(change);
        }
    }

    @Override
    public Map<String, Double> measurements() {
        List<ConnectionPool> all = pools.all();
        return Map.of(
                "pools", (double) all.size(),
                "connections",
                        (double) all.stream().mapToInt(ConnectionPool::size).sum(),
                "connections_lent",
                        (double) all.stream().mapToInt(ConnectionPool::lent).sum(),
                "endpoints", (double) connector.servers(),
                "endpoints_down", (double) connector.serversDown(),
                "cache_age_seconds", refreshing.get() ? (System.nanoTime() - refreshedAt.get()) / 1e9 : 0.0);
    }

    @Override
    public void close() {
        refresher.shutdownNow();
        pools.close();
        control.close();
        connector.close();
    }
}
