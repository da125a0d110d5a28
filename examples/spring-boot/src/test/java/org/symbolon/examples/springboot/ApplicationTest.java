package org.symbolon.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as its README starts it, and clients that see nothing of it but TLS. */
class ApplicationTest {
    @TempDir
    private static Path directory;

    private static ConfigurableApplicationContext context;
    private static X509Certificate certificate;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        context = Application.application()
                .run(
                        "--example.directory=" + directory,
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=WARN");
        KeyStore token = Objects.requireNonNull(
                context.getBean(SslBundles.class).getBundle("web").getStores().getKeyStore());
        certificate = (X509Certificate) token.getCertificate(FirstStart.KEY);
        client = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    @Test
    void application_withKeyInToken_showsTheTokensCertificate() throws Exception {
        HttpResponse<String> response = get("/");

        assertThat(response.body()).isEqualTo("hello from a token");
        assertThat(response.sslSession().orElseThrow().getPeerCertificates()).containsExactly(certificate);
    }

    @Test
    void application_withKeyInToken_servesOpenSsl() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "install the package openssl");
        Process openssl = new ProcessBuilder("/usr/bin/openssl", "s_client", "-connect", "127.0.0.1:" + port())
                .redirectErrorStream(true)
                .start();
        openssl.getOutputStream().close();
        String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output.replaceAll("\\s", "")).contains(Base64.getEncoder().encodeToString(certificate.getEncoded()));
    }

    @Test
    void sign_byTheToken_isVerifiedByTheJdk() throws Exception {
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
        verifier.initVerify(certificate);
        verifier.update("hello".getBytes(StandardCharsets.UTF_8));

        assertThat(verifier.verify(
                        Base64.getDecoder().decode(get("/sign?text=hello").body())))
                .isTrue();
    }

    @Test
    void health_ofTheApplication_tellsTheTokens() throws Exception {
        assertThat(get("/actuator/health").body()).contains("\"symbolon\"", "\"label\":\"Web\"", "\"inUse\":true");
    }

    @Test
    void metrics_ofTheApplication_countTheHandshakesOwnSignatures() throws Exception {
        get("/");

        assertThat(get("/actuator/metrics/symbolon.operation?tag=verb:Sign&tag=token:web")
                        .body())
                .contains("\"name\":\"symbolon.operation\"", "\"statistic\":\"COUNT\"", "CKM_ECDSA");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }
}
