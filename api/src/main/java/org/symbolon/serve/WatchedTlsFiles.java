package org.symbolon.serve;

import java.io.IOException;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.symbolon.TokenException;
import org.symbolon.transport.OwnKey;
import org.symbolon.transport.TlsMaterial;
import org.symbolon.transport.WatchedTls;

/** What the files of a port with TLS hold, read again when one of them has changed. */
final class WatchedTlsFiles implements TlsKeys {
    private final WatchedTls watched;

    private WatchedTlsFiles(WatchedTls watched) {
        this.watched = watched;
    }

    /** Reads the files for the first time. */
    static WatchedTlsFiles of(TlsFiles files) throws IOException {
        OwnKey key = OwnKey.of(files.keyStore(), OwnKey.Password.of(files.password()));
        try {
            return new WatchedTlsFiles(
                    WatchedTls.of(files.all(), () -> TlsMaterial.ofServer(key, files.authorities(), files.revoked())));
        } catch (TokenException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public SSLContext context() {
        return watched.context();
    }

    @Override
    public void refresh(long now) {
        watched.refresh(now);
    }

    @Override
    public void writeTo(PrometheusText text, String address) {
        TlsMaterial now = watched.material();
        text.family("symbolon_tls_reloads_total", "counter", "How often new certificates were read.");
        text.sample("symbolon_tls_reloads_total", watched.reloads(), "address", address, "result", "success");
        text.sample("symbolon_tls_reloads_total", watched.failures(), "address", address, "result", "failure");
        text.family(
                "symbolon_tls_files_good",
                "gauge",
                "Whether the files hold what is in use; 0: the old ones stay in use.");
        text.sample("symbolon_tls_files_good", watched.isCurrent() ? 1 : 0, "address", address);
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
