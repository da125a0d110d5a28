package org.symbolon.ssh.x509;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.CertificateObject;
import org.symbolon.Change;
import org.symbolon.ChangeSubscription;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.ssh.SshFormatException;

/**
 * The X.509 certificates and CRLs of a token, kept in memory until the change feed says that they are others. Without a feed
 * each use reads the token. Thread-safe.
 *
 * <p>Certificates that users uploaded (RFC 7076) are none of them: their labels have a tab. Whoever uploads an authority of
 * one's own would else be everybody's.
 */
final class TokenCertificates implements AutoCloseable {
    /** CKA_APPLICATION of the data objects that hold CRLs. */
    static final String CRL = "CRL";

    private static final Logger LOG = LoggerFactory.getLogger(TokenCertificates.class);
    private static final int MAX_OBJECTS = 10_000;
    private static final int STEP = 500;
    private static final Set<Attribute<?>> WANTED =
            Set.of(Attribute.CLASS, Attribute.LABEL, Attribute.TRUSTED, Attribute.VALUE);

    private final Session session;
    private final Object lock = new Object();
    private final ThreadPoolExecutor reader;
    private long changes;
    private @Nullable Snapshot known;
    private volatile Snapshot last;
    private volatile Optional<ChangeSubscription> subscription = Optional.empty();

    /** A certificate and what its object says of it. */
    record Held(X509Certificate certificate, String label, boolean trusted) {}

    /** All at one time. */
    record Snapshot(List<Held> certificates, List<X509CRL> lists) {}

    private TokenCertificates(Session session, Snapshot first) {
        this.session = session;
        this.known = first;
        this.last = first;
        this.reader = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "symbolon-ssh-certificates");
            thread.setDaemon(true);
            return thread;
        });
        this.reader.allowCoreThreadTimeOut(true);
    }

    /** Reads a token's certificates and follows its changes; the session stays the caller's. */
    static TokenCertificates in(Session session) throws TokenException {
        TokenCertificates certificates = new TokenCertificates(session, read(session));
        try {
            certificates.subscription = Optional.of(session.token().changes(certificates::changed));
        } catch (TokenException e) {
            LOG.warn("Certificates are read anew each time, their token does not tell of changes: {}", e.getMessage());
        }
        certificates.forget();
        return certificates;
    }

    /** The certificates as they are now, read if something changed. */
    Snapshot now() throws TokenException {
        long before;
        synchronized (lock) {
            if (known != null) {
                return known;
            }
            before = changes;
        }
        Snapshot read = read(session);
        synchronized (lock) {
            if (changes == before && subscription.isPresent()) {
                known = read;
            }
        }
        last = read;
        return read;
    }

    /** The certificates as they were read last; the same object until they are others. Waits for nothing. */
    Snapshot last() {
        return last;
    }

    @Override
    public void close() {
        subscription.ifPresent(ChangeSubscription::close);
        reader.shutdownNow();
    }

    private void changed(Change change) {
        forget();
        try {
            reader.execute(this::refresh);
        } catch (RejectedExecutionException e) {
            LOG.trace("A change after the end", e);
        }
    }

    private void forget() {
        synchronized (lock) {
            changes++;
            known = null;
        }
    }

    private void refresh() {
        try {
            now();
        } catch (TokenException e) {
            if (!reader.isShutdown()) {
                LOG.warn("Certificates in a token cannot be read: {}", e.getMessage());
            }
        } catch (IllegalStateException e) {
            LOG.debug("The session of certificates was closed", e);
        }
    }

    private static Snapshot read(Session session) throws TokenException {
        List<Held> certificates = new ArrayList<>();
        for (TokenObject object : objects(session, ObjectQuery.certificates())) {
            if (object.label().indexOf('\t') >= 0) {
                LOG.trace("A user's own certificate: {}", object.describe());
            } else if (object instanceof CertificateObject certificate && certificate.verified()) {
                held(certificate).ifPresent(certificates::add);
            } else {
                LOG.warn("Not used, the token does not vouch for it: {}", object.describe());
            }
        }
        List<X509CRL> lists = new ArrayList<>();
        for (TokenObject object :
                objects(session, ObjectQuery.of(ObjectClass.DATA).with(Attribute.APPLICATION, CRL))) {
            lists.addAll(lists(object));
        }
        return new Snapshot(List.copyOf(certificates), List.copyOf(lists));
    }

    private static List<TokenObject> objects(Session session, ObjectQuery query) throws TokenException {
        List<TokenObject> found = new ArrayList<>();
        try (ObjectCursor cursor = session.find(query.limit(MAX_OBJECTS), WANTED)) {
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                found.addAll(part);
            }
        }
        if (found.size() == MAX_OBJECTS) {
            LOG.warn("Only the first {} certificates of the token are used", MAX_OBJECTS);
        }
        return found;
    }

    private static Optional<Held> held(CertificateObject object) {
        Bytes der = object.attributes().find(Attribute.VALUE).orElse(Bytes.of());
        try {
            X509Certificate certificate = CertificateFiles.certificates(der.toByteArray(), object.describe())
                    .get(0);
            return Optional.of(new Held(
                    certificate,
                    object.label(),
                    object.attributes().find(Attribute.TRUSTED).orElse(false)));
        } catch (SshFormatException e) {
            LOG.debug("Not an X.509 certificate: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static List<X509CRL> lists(TokenObject object) {
        Bytes der = object.attributes().find(Attribute.VALUE).orElse(Bytes.of());
        try {
            return CertificateFiles.lists(der.toByteArray(), object.describe());
        } catch (SshFormatException e) {
            LOG.warn("Not used: {}", e.getMessage());
            return List.of();
        }
    }
}
