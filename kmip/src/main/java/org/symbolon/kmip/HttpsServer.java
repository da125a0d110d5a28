package org.symbolon.kmip;

import java.net.Proxy;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.TlsVersion;

/** A server that is reached by HTTPS, and the connections to it. Thread-safe. */
final class HttpsServer {
    private final HttpUrl url;
    private final KmipEncoding encoding;
    private final Supplier<SSLContext> contexts;
    private final OkHttpClient settings;
    private final AtomicReference<Current> current = new AtomicReference<>();

    /** A context, and the client that uses it. */
    private record Current(SSLContext context, OkHttpClient client) {}

    HttpsServer(
            ServerAddress address,
            String path,
            KmipEncoding encoding,
            Supplier<SSLContext> contexts,
            Duration connecting,
            Duration idle,
            int maxConnections) {
        this.url = new HttpUrl.Builder()
                .scheme("https")
                .host(address.host())
                .port(address.port())
                .encodedPath(path)
                .build();
        this.encoding = encoding;
        this.contexts = contexts;
        this.settings = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(maxConnections, idle.toNanos(), TimeUnit.NANOSECONDS))
                .connectionSpecs(List.of(new ConnectionSpec.Builder(ConnectionSpec.COMPATIBLE_TLS)
                        .tlsVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2)
                        .build()))
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .retryOnConnectionFailure(false) // what may be repeated is decided by what was asked
                .connectTimeout(connecting)
                .readTimeout(Duration.ZERO) // the call's deadline is watched
                .writeTimeout(Duration.ZERO)
                .eventListenerFactory(
                        call -> Objects.requireNonNull(call.request().tag(Progress.class)))
                .build();
    }

    HttpUrl url() {
        return url;
    }

    KmipEncoding encoding() {
        return encoding;
    }

    /** The client of the keys and authorities that are in use now. */
    OkHttpClient client() {
        SSLContext context = contexts.get();
        Current now = current.get();
        if (now != null && now.context().equals(context)) {
            return now.client();
        }
        OkHttpClient client = settings.newBuilder()
                .sslSocketFactory(context.getSocketFactory(), CheckedByContext.INSTANCE)
                .build();
        current.set(new Current(context, client));
        return client;
    }

    void forgetConnections() {
        settings.connectionPool().evictAll();
    }

    /** Whether a request has begun to be sent. */
    static final class Progress extends EventListener {
        private volatile boolean sent;

        @Override
        public void requestHeadersStart(Call call) {
            sent = true;
        }

        boolean isSent() {
            return sent;
        }
    }

    /** What OkHttp orders chains with, which it is not asked for: servers are checked by the context that makes the sockets. */
    private static final class CheckedByContext implements X509TrustManager {
        static final CheckedByContext INSTANCE = new CheckedByContext();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("certificates are checked by the context");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("certificates are checked by the context");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
