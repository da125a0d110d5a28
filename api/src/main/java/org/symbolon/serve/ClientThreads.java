package org.symbolon.serve;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that serve clients, one each: virtual ones where the JVM has them (Java 21 and newer), else ones of the operating
 * system, which are kept for the next client for a moment.
 */
public final class ClientThreads implements Executor, AutoCloseable {
    private static final String NAME = "symbolon-client-";
    private static final long KEPT_SECONDS = 5;

    private final Executor executor;
    private final boolean virtual;

    ClientThreads() {
        Optional<ThreadFactory> factory = virtualThreads(NAME);
        virtual = factory.isPresent();
        executor = factory.<Executor>map(
                        threads -> task -> threads.newThread(task).start())
                .orElseGet(() -> new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE, // clients are counted before they get here
                        KEPT_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        platformThreads(NAME)));
    }

    /** Returns whether a thread that waits costs next to nothing. */
    boolean areVirtual() {
        return virtual;
    }

    /** Runs a task on a thread of its own. */
    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** {@return what makes such threads} */
    public static ThreadFactory factory() {
        return factory(NAME);
    }

    /** Returns what makes such threads of another name. */
    static ThreadFactory factory(String name) {
        return virtualThreads(name).orElseGet(() -> platformThreads(name));
    }

    private static Optional<ThreadFactory> virtualThreads(String name) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, name, 1L);
            return Optional.of((ThreadFactory) type.getMethod("factory").invoke(named));
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return Optional.empty(); // Java 17
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("Thread.Builder is public and does as documented", e);
        }
    }

    /** Returns daemon threads of the operating system, named and numbered. */
    static ThreadFactory platformThreads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Lets the threads end when they have nothing more to do. */
    @Override
    public void close() {
        if (executor instanceof ThreadPoolExecutor pool) {
            pool.shutdown();
        }
    }
}
