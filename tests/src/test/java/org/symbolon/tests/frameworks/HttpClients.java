package org.symbolon.tests.frameworks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.TlsVersion;

/** HTTP clients that authenticate themselves with the key. */
enum HttpClients implements Framework {
    JAVA_NET_HTTP("java.net.http client") {
        @Override
        String get(HeldKey key, String protocol, String uri) throws Exception {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(context(key))
                    .sslParameters(new SSLParameters(null, new String[] {protocol}))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    },
    OKHTTP("OkHttp client") {
        @Override
        String get(HeldKey key, String protocol, String uri) throws Exception {
            OkHttpClient client = new OkHttpClient.Builder()
                    .sslSocketFactory(
                            context(key).getSocketFactory(), (X509TrustManager) Tls.trusting(key.authority())[0])
                    .connectionSpecs(List.of(new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
                            .tlsVersions(TlsVersion.forJavaName(protocol))
                            .build()))
                    .build();
            try (Response response =
                    client.newCall(new Request.Builder().url(uri).build()).execute()) {
                return response.body().string();
            } finally {
                client.dispatcher().executorService().shutdown();
                client.connectionPool().evictAll();
            }
        }
    };

    private final String title;

    HttpClients(String title) {
        this.title = title;
    }

    /** Returns what the server answers. */
    abstract String get(HeldKey key, String protocol, String uri) throws Exception;

    private static SSLContext context(HeldKey key) throws Exception {
        return Tls.context(Tls.managers(key.keyStore()), key.authority());
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<String> ways(KeyKind kind) {
        return Tls.PROTOCOLS;
    }

    @Override
    public void use(HeldKey key, String protocol) throws Exception {
        Tls.requireKnown(key, protocol, port -> get(key, protocol, "https://localhost:" + port + "/"));
    }
}
