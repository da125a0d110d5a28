package org.symbolon.spring;

import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ChangeSubscription;
import org.symbolon.Token;
import org.symbolon.TokenException;

/**
 * Follows a token's changes and tells when the certificates of a bundle are others than before. Between the end of an old
 * certificate and the arrival of its successor there is none: nothing is told then.
 */
final class CertificateWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final int IDLE_SECONDS = 5;

    private final String property;
    private final Supplier<List<Certificate>> present;
    private final Runnable changed;
    private final ThreadPoolExecutor thread;
    private final ChangeSubscription subscription;
    private List<Certificate> shown;

    private CertificateWatch(
            String property,
            Token token,
            List<Certificate> shown,
            Supplier<List<Certificate>> present,
            Runnable changed)
            throws TokenException {
        this.property = property;
        this.shown = shown;
        this.present = present;
        this.changed = changed;
        this.thread = oneThread();
        this.subscription = token.changes(change -> lookSoon());
    }

    /**
     * Begins to watch.
     *
     * @throws TokenException if the token cannot tell of changes
     */
    static CertificateWatch start(
            String property,
            Token token,
            List<Certificate> shown,
            Supplier<List<Certificate>> present,
            Runnable changed)
            throws TokenException {
        return new CertificateWatch(property, token, shown, present, changed);
    }

    private ThreadPoolExecutor oneThread() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), task -> {
                    Thread made = new Thread(task, "symbolon-certificates");
                    made.setDaemon(true);
                    return made;
                });
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** A look that waits in the queue will see this change too. */
    private void lookSoon() {
        thread.execute(this::look);
    }

    private void look() {
        try {
            List<Certificate> now = present.get();
            if (!now.isEmpty() && !now.equals(shown)) {
                changed.run();
                shown = now;
                LOG.info("{} has taken up another certificate", property);
            }
        } catch (SymbolonPropertyException | IllegalStateException e) {
            LOG.warn("{} keeps its certificate, the token cannot tell of another: {}", property, e.getMessage());
        }
    }

    @Override
    public void close() {
        subscription.close();
        thread.shutdownNow();
    }
}
