package org.symbolon.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;

/**
 * What the files of an end of TLS hold, read again when one of them has changed: whoever connects then meets the new ones. Where
 * the new ones cannot be used, the old ones stay. The log says so, and, from two weeks before, that the end's own certificate
 * ends. Thread-safe.
 */
public final class WatchedTls {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedTls.class);
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);
    private static final Duration WARNING = Duration.ofDays(14);
    private static final Duration WARNED_AGAIN = Duration.ofDays(1);

    private final Path named;
    private final List<Path> files;
    private final Source source;
    private final AtomicLong reloads = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile TlsMaterial material;
    private volatile String problem = ""; // why the files are not what is in use, if they are not
    private volatile long lookedAt = System.nanoTime();
    private List<String> seen;
    private Instant warned = Instant.MIN;

    /** Reads the files. */
    @FunctionalInterface
    public interface Source {
        /**
         * Reads the files as they are now.
         *
         * @return what they hold
         * @throws TokenException if one cannot be read or does not hold what it should
         */
        TlsMaterial read() throws TokenException;
    }

    private WatchedTls(List<Path> files, Source source, TlsMaterial material, List<String> seen) {
        this.files = List.copyOf(files);
        this.named = this.files.get(0);
        this.source = source;
        this.material = material;
        this.seen = seen;
    }

    /**
     * Reads the files for the first time.
     *
     * @param files the files to look at; the first is the one that messages name
     * @param source reads them
     * @return what they hold
     * @throws TokenException if one cannot be read or does not hold what it should
     */
    public static WatchedTls of(List<Path> files, Source source) throws TokenException {
        List<String> seen = state(files);
        WatchedTls watched = new WatchedTls(files, source, source.read(), seen);
        watched.warnOfEnd();
        return watched;
    }

    /** Returns what changes when a file does: a file that is replaced has another key, time or length. */
    private static List<String> state(List<Path> files) {
        List<String> state = new ArrayList<>();
        for (Path file : files) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                state.add(now.fileKey() + " " + now.lastModifiedTime() + " " + now.size());
            } catch (IOException e) {
                state.add("not there: " + e.getMessage());
            }
        }
        return state;
    }

    /** {@return what the next handshake uses} */
    public SSLContext context() {
        return material.context();
    }

    /** {@return what is in use} */
    public TlsMaterial material() {
        return material;
    }

    /** {@return how often new files were taken into use} */
    public long reloads() {
        return reloads.get();
    }

    /** {@return how often new files could not be used} */
    public long failures() {
        return failures.get();
    }

    /** {@return whether the files hold what is in use} */
    public boolean isCurrent() {
        return problem.isEmpty();
    }

    /**
     * Looks at the files, at most every two seconds, and reads them if one has changed. Returns at once if another thread does.
     *
     * @param now {@link System#nanoTime()}
     */
    public void refresh(long now) {
        if (now - lookedAt < INTERVAL || !looking.tryLock()) {
            return;
        }
        try {
            lookedAt = now;
            List<String> state = state(files);
            if (!problem.isEmpty() || !state.equals(seen)) { // what is wrong may pass without a change of the files
                seen = state;
                reload();
            }
            warnOfEnd();
        } finally {
            looking.unlock();
        }
    }

    private void reload() {
        try {
            TlsMaterial fresh = source.read();
            if (hasExpired(fresh) && !hasExpired(material)) {
                keep("a certificate in " + named + " has expired");
                return;
            }
            material = fresh;
            problem = "";
            warned = Instant.MIN;
            reloads.incrementAndGet();
            LOG.debug("new certificates are in use, of {}", named);
        } catch (TokenException e) {
            keep(e.getMessage());
        }
    }

    private static boolean hasExpired(TlsMaterial material) {
        return material.certificateEnd().isBefore(Instant.now());
    }

    private void keep(String why) {
        if (!why.equals(problem)) {
            problem = why;
            failures.incrementAndGet();
            LOG.warn("the old certificates stay in use: {}; the files are tried again", why);
        }
    }

    private void warnOfEnd() {
        Instant now = Instant.now();
        Instant end = material.certificateEnd();
        if (end.isAfter(now.plus(WARNING)) || warned.isAfter(now.minus(WARNED_AGAIN))) {
            return;
        }
        warned = now;
        if (end.isBefore(now)) {
            LOG.warn("a certificate in {} has expired; its peers will turn away", named);
        } else {
            LOG.warn("a certificate in {} ends at {}; replace the file before", named, end);
        }
    }
}
