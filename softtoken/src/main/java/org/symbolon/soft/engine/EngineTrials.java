package org.symbolon.soft.engine;

import java.security.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which engine is the fastest here, measured once in a process for each kind of key that is used much: on a thread of its
 * own, of the lowest priority, with a key of its own, while the caller goes on with the engine of the table. Thread-safe.
 */
final class EngineTrials {
    private static final Logger LOG = LoggerFactory.getLogger(EngineTrials.class);
    private static final int MAX_SUBJECTS = 64;
    private static final ThreadPoolExecutor MEASURING = executor();

    private static final Set<EngineTrial> BEGUN = ConcurrentHashMap.newKeySet();
    private static final Map<EngineTrial, Engines.Family> FASTEST = new ConcurrentHashMap<>();
    private static final AtomicInteger VERDICTS = new AtomicInteger();

    private EngineTrials() {}

    @SuppressWarnings(
            "ThreadPriorityCheck") // nothing relies on it: the measurement only should not take the caller's time
    private static ThreadPoolExecutor executor() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "symbolon-engine-trial");
                    thread.setDaemon(true);
                    thread.setPriority(Thread.MIN_PRIORITY);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Returns how many verdicts there were that differ from the table: engines from before one may be outdated. */
    static int verdicts() {
        return VERDICTS.get();
    }

    /** Returns the providers in the order to ask them in for a key: the one that was found to be fastest goes first. */
    static List<Provider> order(LoadedKey key, List<Provider> byTable) {
        Engines.Family fastest =
                key.choice().measures() ? EngineTrial.of(key).map(FASTEST::get).orElse(null) : null;
        if (fastest == null) {
            return byTable;
        }
        return byTable.stream()
                .sorted(Comparator.comparing(provider -> !fastest.providers().contains(provider)))
                .toList();
    }

    /** Has the engines for a kind of key compared, unless that was done or there is nothing to choose. */
    static void compare(LoadedKey key) {
        Optional<EngineTrial> trial = key.choice().measures() ? EngineTrial.of(key) : Optional.empty();
        if (trial.isPresent() && BEGUN.size() < MAX_SUBJECTS && BEGUN.add(trial.get())) {
            MEASURING.execute(() -> run(trial.get()));
        }
    }

    private static void run(EngineTrial trial) {
        Engines.Family byTable = Engines.Family.of(trial.candidates().get(0));
        trial.fastest().map(Engines.Family::of).ifPresent(fastest -> {
            LOG.debug("{}: the fastest engine here is of {}", trial, fastest);
            if (fastest != byTable) {
                FASTEST.put(trial, fastest);
                VERDICTS.incrementAndGet();
            }
        });
    }
}
