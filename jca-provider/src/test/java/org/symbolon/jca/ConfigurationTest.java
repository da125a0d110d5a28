package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Pkcs11Uri;
import org.symbolon.Token;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.ConfigurationException;

/** Providers whose token the configuration file names. */
class ConfigurationTest {
    private static final String PROPERTY = "symbolon.config";

    @TempDir
    Path directory;

    private Path pinFile;

    @BeforeEach
    void initialize() throws Exception {
        SoftTokens.initialize(directory.resolve("team.db"), "Team");
        SoftTokens.initialize(directory.resolve("other.db"), "Other");
        pinFile = secret("pin", SoftTokens.PIN_TEXT + "\n");
    }

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void configuration(String... tokens) throws IOException {
        StringBuilder yaml = new StringBuilder("tokens:\n");
        for (String token : tokens) {
            yaml.append(token);
        }
        System.setProperty(PROPERTY, secret("symbolon.yaml", yaml.toString()).toString());
    }

    private String team() {
        return "  team:\n    uri: soft:sqlite:" + directory.resolve("team.db") + "\n    pin: ${file:" + pinFile + "}\n";
    }

    private String other() {
        return "  other:\n    uri: soft:sqlite:" + directory.resolve("other.db") + "\n    token: Other\n";
    }

    private static KeyStore loaded(SymbolonProvider provider) throws Exception {
        KeyStore store = KeyStore.getInstance("Symbolon", provider);
        store.load(null, null);
        return store;
    }

    private static void generate(SymbolonProvider provider) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(TokenKeyGenParameterSpec.label("deploy"));
        generator.generateKeyPair();
    }

    @Test
    void nameInTheFile_opensTheTokenWithThePinOfTheFile() throws Exception {
        configuration(team(), other());
        try (SymbolonProvider provider = new SymbolonProvider().configure("team")) {
            generate(provider);
            assertThat(loaded(provider).isKeyEntry("deploy")).isTrue();
        }
    }

    @Test
    void certificatesOfTheFile_completeTheChains() throws Exception {
        KeyPair authority = TestKeys.pair("RSA");
        X509Certificate root = TestCertificates.selfSigned("authority", authority);
        KeyPair pair = TestKeys.pair("P-256");
        X509Certificate leaf = TestCertificates.issue("site", pair.getPublic(), "authority", authority);
        Files.write(Files.createDirectory(directory.resolve("chains")).resolve("root.cer"), root.getEncoded());
        configuration(team() + "    certificates: chains\n", other());
        try (SymbolonProvider provider = new SymbolonProvider().configure("team")) {
            loaded(provider).setKeyEntry("site", pair.getPrivate(), null, new Certificate[] {leaf});

            assertThat(loaded(provider).getCertificateChain("site")).containsExactly(leaf, root);
        }
    }

    @Test
    void onlyTokenOfTheFile_isThatOfTheBareProvider() throws Exception {
        configuration(team());
        try (SymbolonProvider provider = new SymbolonProvider()) {
            generate(provider);
            assertThat(loaded(provider).isKeyEntry("deploy")).isTrue();
            provider.login(null, null);
            provider.logout();
            assertThat(loaded(provider).isKeyEntry("deploy"))
                    .as("the configuration's login stays")
                    .isTrue();
        }
    }

    @Test
    void pkcs11Uri_opensTheTokenThatItMatches() throws Exception {
        configuration(team(), other());
        try (SymbolonProvider provider =
                new SymbolonProvider().configure("pkcs11:token=Other?pin-source=file:" + pinFile)) {
            generate(provider);
            assertThat(loaded(provider).isKeyEntry("deploy")).isTrue();
        }
        try (SymbolonProvider provider = new SymbolonProvider().configure("pkcs11:token=Other")) {
            KeyStore store = loaded(provider);
            assertThat(store.size()).as("without a login").isZero();
            store.load(null, SoftTokens.PIN_TEXT.toCharArray());
            assertThat(store.isKeyEntry("deploy")).isTrue();
        }
    }

    @Test
    void pkcs11Uri_wrongPinForTheTokenThatMatches_saysSoAndAsksNoOther() throws Exception {
        SoftTokens.initialize(directory.resolve("second.db"), "Team");
        String second = "  second:\n    uri: soft:sqlite:" + directory.resolve("second.db") + "\n";
        configuration(team(), second);
        Path wrong = secret("wrong", "654321\n");

        assertThatThrownBy(() -> loaded(new SymbolonProvider().configure("pkcs11:token=Team?pin-source=file:" + wrong)))
                .isInstanceOf(IOException.class)
                .hasRootCauseInstanceOf(TokenAuthenticationException.class)
                .rootCause()
                .satisfies(failure -> assertThat(((TokenAuthenticationException) failure).attemptsLeft())
                        .hasValue(9));
        try (TokenModule module = TokenModule.open("soft:sqlite:" + directory.resolve("second.db"));
                Pin pin = Pin.of("654321".toCharArray())) {
            Token token = module.token(Pkcs11Uri.any());
            assertThatThrownBy(() -> token.open(Login.user(pin)))
                    .isInstanceOfSatisfying(
                            TokenAuthenticationException.class,
                            failure -> assertThat(failure.attemptsLeft())
                                    .as("the second token lost no try before this one")
                                    .hasValue(9));
        }
    }

    @Test
    void pkcs11Uri_tokenThatCannotBeAsked_isTheCauseIfNoneMatches() throws Exception {
        String missing = "  missing:\n    uri: soft:sqlite:" + directory.resolve("team.db") + "\n    token: Gone\n";
        configuration(missing, other());

        assertThatThrownBy(() -> loaded(new SymbolonProvider().configure("pkcs11:token=Third")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other is \"Other\"")
                .cause()
                .isInstanceOf(ProfileException.class)
                .hasCauseInstanceOf(TokenException.class);
    }

    @Test
    void noSuchToken_saysWhichThereAre() throws Exception {
        configuration(team(), other());
        assertThatThrownBy(() -> loaded(new SymbolonProvider().configure("teem")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did you mean 'team'?")
                .hasCauseInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> loaded(new SymbolonProvider().configure("pkcs11:token=Third")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("team is \"Team\"")
                .hasMessageContaining("other is \"Other\"");
        assertThatThrownBy(() -> loaded(new SymbolonProvider()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("names several, [team, other]");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new SymbolonProvider());
        assertThatThrownBy(generator::generateKeyPair)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("names several");
    }
}
