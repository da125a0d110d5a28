package org.symbolon.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SslBundleTest {
    @TempDir
    private Path directory;

    private TestToken team;

    @BeforeEach
    void makeToken() throws Exception {
        team = TestToken.in(directory);
    }

    private ApplicationContextRunner runner(String... properties) {
        return Contexts.runner().withPropertyValues(team.properties("team")).withPropertyValues(properties);
    }

    @Test
    void bundle_ofToken_showsItsKeysLive() throws Exception {
        X509Certificate certificate = team.certify("https", "localhost");

        runner("symbolon.ssl.bundles.web.key-alias=https").run(context -> {
            KeyStore keys =
                    Objects.requireNonNull(bundle(context, "web").getStores().getKeyStore());

            assertThat(keys.getCertificate("https")).isEqualTo(certificate);
            assertThat(keys.getKey("https", null).getEncoded()).isNull();
            assertThat(Security.getProvider("Symbolon-team")).isNotNull();
        });

        assertThat(Security.getProvider("Symbolon-team")).isNull();
    }

    @Test
    void bundle_thatNobodyUses_opensNothing() throws Exception {
        Files.delete(team.pinFile());

        runner("symbolon.ssl.bundles.web.key-alias=https").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(SslBundles.class).getBundleNames()).contains("web");
        });
    }

    @Test
    void bundle_withTrust_trustsFilesAndToken() throws Exception {
        X509Certificate inFile = team.certify("https", "localhost");
        X509Certificate inToken = team.certify("ca", "authority");
        Path pem = TestToken.pem(directory.resolve("trusted.pem"), inFile);
        team.use(session -> {
            KeyStore store = KeyStore.getInstance("Symbolon", org.symbolon.jca.SymbolonProvider.of(session));
            store.load(null, null);
            store.deleteEntry("ca");
            store.setCertificateEntry("trusted ca", inToken);
            return store;
        });

        runner("symbolon.ssl.bundles.web.trust=token,file:" + pem).run(context -> {
            KeyStore trusted =
                    Objects.requireNonNull(bundle(context, "web").getStores().getTrustStore());

            assertThat(trusted.size()).isEqualTo(2);
            assertThat(trusted.getCertificateAlias(inFile)).isNotNull();
            assertThat(trusted.getCertificateAlias(inToken)).isNotNull();
        });
    }

    @Test
    void bundle_withOptions_handsThemOn() throws Exception {
        team.certify("https", "localhost");

        runner("symbolon.ssl.bundles.web.enabled-protocols=TLSv1.3", "symbolon.ssl.bundles.web.protocol=TLSv1.3")
                .run(context -> {
                    assertThat(bundle(context, "web").getOptions().getEnabledProtocols())
                            .containsExactly("TLSv1.3");
                    assertThat(bundle(context, "web").getOptions().getCiphers()).isNull();
                    assertThat(bundle(context, "web").getProtocol()).isEqualTo("TLSv1.3");
                    assertThat(bundle(context, "web").createSslContext().getProtocol())
                            .isEqualTo("TLSv1.3");
                });
    }

    @Test
    void bundle_ofUnknownToken_isRefusedAtStart() {
        runner("symbolon.ssl.bundles.web.token=taem")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("symbolon.ssl.bundles.web.token names no token, 'taem'; there are team"));
    }

    @Test
    void bundle_ofOneAmongSeveralTokens_mustNameIt() {
        runner("symbolon.tokens.other.uri=soft:memory", "symbolon.ssl.bundles.web.key-alias=https")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("symbolon.ssl.bundles.web.token must name a token; there are "));
    }

    @Test
    void bundle_whereProvidersAreForbidden_isRefusedAtStart() {
        runner("symbolon.jca.enabled=false", "symbolon.ssl.bundles.web.key-alias=https")
                .run(context -> assertThat(Contexts.messages(Objects.requireNonNull(context.getStartupFailure())))
                        .contains("symbolon.jca.enabled is false, and symbolon.ssl.bundles.web needs the provider"));
    }

    @Test
    void bundle_withUnknownAlias_namesThoseThereAre() throws Exception {
        team.certify("https", "localhost");

        runner("symbolon.ssl.bundles.web.key-alias=htpps")
                .run(context -> assertThat(catchThrowable(
                                () -> bundle(context, "web").getStores().getKeyStore()))
                        .hasMessage("symbolon.ssl.bundles.web.key-alias names no key with a certificate in token team,"
                                + " 'htpps'; such keys are [https]"));
    }

    @Test
    void bundle_ofTokenWithoutCertificates_isRefused() throws Exception {
        team.generate("https");

        runner("symbolon.ssl.bundles.web.token=team")
                .run(
                        context -> assertThat(catchThrowable(
                                        () -> bundle(context, "web").getStores().getKeyStore()))
                                .hasMessage(
                                        "symbolon.ssl.bundles.web.token names token team, which has no key with a certificate"));
    }

    @Test
    void bundle_withWrongPin_saysSo() throws Exception {
        Files.writeString(team.pinFile(), "wrong");

        runner("symbolon.ssl.bundles.web.token=team")
                .run(context -> assertThat(catchThrowable(
                                () -> bundle(context, "web").getStores().getKeyStore()))
                        .hasMessageContaining("symbolon.ssl.bundles.web cannot be used: ")
                        .hasMessageContaining("CKR_PIN_INCORRECT"));
    }

    @Test
    void trust_inFileThatIsNotThere_saysWhich() throws Exception {
        team.certify("https", "localhost");

        runner("symbolon.ssl.bundles.web.trust=file:/nowhere/ca.pem")
                .run(context -> assertThat(catchThrowable(
                                () -> bundle(context, "web").getStores().getTrustStore()))
                        .hasMessageContaining("symbolon.ssl.bundles.web cannot be used: ")
                        .hasMessageContaining("/nowhere/ca.pem"));
    }

    @Test
    void trust_inFileWithoutCertificates_saysWhich() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");

        runner("symbolon.ssl.bundles.web.trust=file:" + empty)
                .run(context -> assertThat(catchThrowable(
                                () -> bundle(context, "web").getStores().getTrustStore()))
                        .hasMessageContaining("symbolon.ssl.bundles.web.trust is [file:" + empty + "]"));
    }

    private static SslBundle bundle(org.springframework.context.ApplicationContext context, String name) {
        return context.getBean(SslBundles.class).getBundle(name);
    }
}
