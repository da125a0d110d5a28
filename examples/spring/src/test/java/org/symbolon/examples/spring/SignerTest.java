package org.symbolon.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.security.Signature;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;

class SignerTest {
    private static final byte[] MESSAGE = "release 1.0".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private Path configuration;

    @BeforeEach
    void makeToken() throws Exception {
        String uri = "soft:sqlite:" + directory.resolve("team.db");
        try (TokenModule module = TokenModule.open(uri);
                Pin soPin = Pin.of("officer".toCharArray());
                Pin pin = Pin.of("secret-pin".toCharArray())) {
            Token token = module.emptySlot().initialize("Team", soPin);
            try (Session officer = token.open(Login.securityOfficer(soPin))) {
                officer.initPin(pin);
            }
            try (Session session = token.open(Login.user(pin))) {
                session.generateKeyPair(
                        Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                        Template.label("deploy").id(Bytes.ofHex("01")));
            }
        }
        Path pinFile = Files.writeString(directory.resolve("pin"), "secret-pin\n");
        configuration = Files.writeString(
                directory.resolve("symbolon.yaml"),
                "tokens:\n  team:\n    uri: " + uri + "\n    pin: ${file:" + pinFile + "}\n");
        Files.setPosixFilePermissions(pinFile, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void beans_byJavaConfiguration_signBothWays() throws Exception {
        Session used;
        String provider;
        try (AnnotationConfigApplicationContext context = context()) {
            Signer signer = context.getBean(Signer.class);
            used = context.getBean(Session.class);
            provider = context.getBean(org.symbolon.jca.SymbolonProvider.class).getName();

            assertThat(verify(used, "SHA256withECDSAinP1363Format", signer.sign("deploy", MESSAGE)))
                    .isTrue();
            assertThat(verify(used, "SHA256withECDSA", signer.signThroughJca("deploy", MESSAGE)))
                    .isTrue();
            assertThat(Security.getProvider(provider)).isNotNull();
        }
        assertThat(used.isClosed()).isTrue();
        assertThat(Security.getProvider(provider)).isNull();
    }

    private AnnotationConfigApplicationContext context() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test", Map.of("symbolon.config", configuration.toString(), "token", "team")));
        context.register(TokenBeans.class, Signer.class);
        context.refresh();
        return context;
    }

    private static boolean verify(Session session, String algorithm, byte[] signature) throws Exception {
        Signature verifier = Signature.getInstance(algorithm, "SunEC");
        verifier.initVerify(PublicKeys.of(session.publicKey("deploy")));
        verifier.update(MESSAGE);
        return verifier.verify(signature);
    }
}
