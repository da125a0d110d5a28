package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientSsl;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.symbolon.Session;

/** HTTPS by Tomcat whose key stays in a token, and clients that nobody here wrote. */
class TomcatTlsTest {
    @TempDir
    private Path directory;

    private TestToken team;
    private X509Certificate certificate;

    @BeforeEach
    void makeToken() throws Exception {
        team = TestToken.in(directory);
        certificate = team.certify("https", "localhost");
    }

    private ConfigurableApplicationContext start(String... properties) {
        List<String> all = new ArrayList<>(List.of(team.properties("team")));
        all.addAll(List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "server.ssl.bundle=web",
                "symbolon.ssl.bundles.web.key-alias=https",
                "spring.main.banner-mode=off"));
        all.addAll(List.of(properties));
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties(all.toArray(new String[0]))
                .run();
    }

    private static int port(ConfigurableApplicationContext context) {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    @Test
    void server_withKeyInToken_servesJavaClients() throws Exception {
        try (ConfigurableApplicationContext context = start()) {
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                HttpResponse<String> response = get(port(context), certificate, protocol);

                assertThat(response.body()).isEqualTo("hello, nobody");
                assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
                assertThat(response.sslSession().orElseThrow().getPeerCertificates())
                        .containsExactly(certificate);
            }
        }
    }

    @Test
    void server_withKeyInToken_servesOpenSsl() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "install the package openssl");
        Path trusted = TestToken.pem(directory.resolve("trusted.pem"), certificate);
        try (ConfigurableApplicationContext context = start()) {
            Process client = new ProcessBuilder(
                            "/usr/bin/openssl",
                            "s_client",
                            "-connect",
                            "127.0.0.1:" + port(context),
                            "-CAfile",
                            trusted.toString(),
                            "-verify_return_error")
                    .redirectErrorStream(true)
                    .start();
            client.getOutputStream().close();
            String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("Verify return code: 0 (ok)", "CN = localhost");
        }
    }

    @Test
    void server_thatAsksForCertificates_knowsRestClientsByTheirTokenKeys() throws Exception {
        X509Certificate alice = team.certify("alice", "alice");
        Path both = TestToken.pem(directory.resolve("trusted.pem"), certificate, alice);
        try (ConfigurableApplicationContext context = start(
                "server.ssl.client-auth=need",
                "symbolon.ssl.bundles.web.trust=file:" + both,
                "symbolon.ssl.bundles.client.key-alias=alice",
                "symbolon.ssl.bundles.client.trust=file:" + both)) {
            RestClient client = RestClient.builder()
                    .apply(context.getBean(RestClientSsl.class).fromBundle("client"))
                    .build();

            assertThat(client.get()
                            .uri("https://localhost:" + port(context) + "/")
                            .retrieve()
                            .body(String.class))
                    .isEqualTo("hello, CN=alice");
            assertThatThrownBy(() -> get(port(context), certificate, "TLSv1.2")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void server_whoseCertificateIsRenewedInTheToken_showsTheNewOne() throws Exception {
        try (ConfigurableApplicationContext context = start("symbolon.ssl.bundles.web.reload-on-update=true")) {
            assertThat(get(port(context), certificate, "TLSv1.3").statusCode()).isEqualTo(200);

            X509Certificate renewed = TestToken.certify(context.getBean(Session.class), "https", "localhost");

            assertThat(renewed).isNotEqualTo(certificate);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(SSLException.class)
                    .untilAsserted(() -> assertThat(get(port(context), renewed, "TLSv1.3")
                                    .sslSession()
                                    .orElseThrow()
                                    .getPeerCertificates())
                            .containsExactly(renewed));
        }
    }

    @Test
    void server_withWrongAlias_doesNotStart() {
        assertThatThrownBy(
                        () -> start("symbolon.ssl.bundles.web.key-alias=htpps").close())
                .satisfies(failure -> assertThat(Contexts.messages(failure))
                        .contains("symbolon.ssl.bundles.web.key-alias names no key with a certificate in token team"));
    }

    private static HttpResponse<String> get(int port, X509Certificate trusted, String protocol) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(trusted, protocol))
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        return client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trusting(Certificate certificate, String protocol) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance(protocol);
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Greets whoever the client's certificate names. */
    private static final class Greeting extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            X509Certificate[] client =
                    (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");
            String name = client == null
                    ? "nobody"
                    : client[0].getSubjectX500Principal().getName();
            response.setContentType("text/plain");
            response.getWriter().print("hello, " + name);
        }
    }

    /** An application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        ServletRegistrationBean<HttpServlet> greeting() {
            return new ServletRegistrationBean<>(new Greeting(), "/");
        }
    }
}
