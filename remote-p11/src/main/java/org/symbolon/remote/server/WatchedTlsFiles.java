package org.symbolon.remote.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.TokenException;
import org.symbolon.remote.transport.TlsMaterial;

/** What the files of a port with TLS hold, read again when one of them has changed. {@link #refresh} is one thread's. */
final class WatchedTlsFiles implements TlsKeys {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedTlsFiles.class);
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);

    private final TlsFiles files;
    private final AtomicLong reloads = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile TlsMaterial material;
    private volatile String problem = ""; // why the files are not what is in use, if they are not
    private List<String> seen;
    private long lookedAt;

    private WatchedTlsFiles(TlsFiles files, TlsMaterial material, List<String> seen) {
        this.files = files;
        this.material = material;
        this.seen = seen;
        this.lookedAt = System.nanoTime();
    }

    /** Reads the files for the first time. */
    static WatchedTlsFiles of(TlsFiles files) throws IOException {
        List<String> seen = state(files);
        try {
            TlsMaterial material = load(files);
            if (hasExpired(material)) {
                LOG.warn("{}; clients will turn away", expired(files));
            }
            return new WatchedTlsFiles(files, material, seen);
        } catch (TokenException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static TlsMaterial load(TlsFiles files) throws TokenException {
        return TlsMaterial.ofServer(files.keyStore(), files.password(), files.authorities(), files.revoked());
    }

    private static boolean hasExpired(TlsMaterial material) {
        return material.certificateEnd().isBefore(Instant.now());
    }

    private static String expired(TlsFiles files) {
        return "a certificate in " + files.keyStore() + " has expired";
    }

    /** Returns what changes when a file does: a file that is replaced has another key, time or length. */
    private static List<String> state(TlsFiles files) {
        List<String> state = new ArrayList<>();
        for (Path file : files.all()) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                state.add(now.fileKey() + " " + now.lastModifiedTime() + " " + now.size());
            } catch (IOException e) {
                state.add("not there: " + e.getMessage());
            }
        }
        return state;
    }

    @Override
    public SSLContext context() {
        return material.context();
    }

    @Override
    public void refresh(long now) {
        if (now - lookedAt < INTERVAL) {
            return;
        }
        lookedAt = now;
        List<String> state = state(files);
        if (!problem.isEmpty() || !state.equals(seen)) { // what is wrong may pass without a change of the files
            seen = state;
            reload();
        }
    }

    private void reload() {
        try {
            TlsMaterial fresh = load(files);
            if (hasExpired(fresh) && !hasExpired(material)) {
                keep(expired(files));
                return;
            }
            material = fresh;
            problem = "";
            reloads.incrementAndGet();
            LOG.debug("new certificates are in use, of {}", files.keyStore());
        } catch (TokenException e) {
            keep(e.getMessage());
        }
    }

    private void keep(String why) {
        if (!why.equals(problem)) {
            problem = why;
            failures.incrementAndGet();
            LOG.warn("the old certificates stay in use: {}; the files are tried again", why);
        }
    }

    @Override
    public void writeTo(PrometheusText text, String address) {
        TlsMaterial now = material;
        text.family("symbolon_tls_reloads_total", "counter", "How often new certificates were read.");
        text.sample("symbolon_tls_reloads_total", reloads.get(), "address", address, "result", "success");
        text.sample("symbolon_tls_reloads_total", failures.get(), "address", address, "result", "failure");
        text.family(
                "symbolon_tls_files_good",
                "gauge",
                "Whether the files hold what is in use; 0: the old ones stay in use.");
        text.sample("symbolon_tls_files_good", problem.isEmpty() ? 1 : 0, "address", address);
        text.family(
                "symbolon_tls_end_timestamp_seconds", "gauge", "When the first certificate or list of its kind ends.");
        writeEnd(text, address, "certificate", now.certificateEnd());
        writeEnd(text, address, "authority", now.authorityEnd());
        now.revocationEnd().ifPresent(end -> writeEnd(text, address, "revocation_list", end));
    }

    private static void writeEnd(PrometheusText text, String address, String of, Instant end) {
        text.sample("symbolon_tls_end_timestamp_seconds", end.getEpochSecond(), "address", address, "of", of);
    }
}
