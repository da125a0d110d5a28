package org.symbolon.remote.server;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that serve clients, one each: virtual ones where the JVM has them (Java 21 and newer). */
final class ClientThreads {
    private ClientThreads() {}

    static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, "symbolon-client-", 1L);
            return (ThreadFactory) type.getMethod("factory").invoke(named);
        } catch (NoSuchMethodException | ClassNotFoundException e) {
            return platformThreads("symbolon-client-"); // Java 17
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
}
