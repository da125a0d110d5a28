package org.symbolon.tests.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.tests.Peer;

/** GnuTLS, OpenSSL and the JDK's SunPKCS11, on a soft token that our server serves. */
class OtherProgramsTest {
    @TempDir
    Path folder;

    private ServedTokens tokens;

    @BeforeEach
    void serve() throws TokenException, IOException {
        tokens = new ServedTokens(folder);
    }

    @AfterEach
    void close() {
        tokens.close();
    }

    @Test
    void p11tool_listsAndSigns() throws Exception {
        try (Session session = tokens.session()) {
            session.generateKeyPair(Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048), Template.label("rsa"));
            session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.P256), Template.label("p256"));
        }
        Map<String, String> pin = Map.of("GNUTLS_PIN", ServedTokens.pin());
        Path p11tool = Peer.require("p11tool", "gnutls-bin");
        String listed = tokens.run(
                pin, p11tool, "--provider", ServedTokens.library(), "--login", "--list-all", "pkcs11:token=Served");
        assertThat(listed).contains("object=rsa;type=private", "object=p256;type=public");
        for (String label : new String[] {"rsa", "p256"}) {
            String tested = tokens.run(
                    pin,
                    p11tool,
                    "--provider",
                    ServedTokens.library(),
                    "--login",
                    "--test-sign",
                    "pkcs11:token=Served;object=" + label);
            assertThat(tested).contains("Verifying against public key in the token... ok");
        }
    }

    @Test
    void openssl_throughItsEngine_signsRequests() throws Exception {
        try (Session session = tokens.session()) {
            // the engine looks the public half of a key on a curve up by CKA_ID
            session.generateKeyPair(
                    Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                    Template.label("rsa").id(Bytes.of((byte) 1)));
            session.generateKeyPair(
                    Mechanism.keyPairGen(NamedCurve.P256),
                    Template.label("p256").id(Bytes.of((byte) 2)));
        }
        Peer.requireFile(
                "libengine-pkcs11-openssl",
                Path.of("/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so"),
                Path.of("/usr/lib/aarch64-linux-gnu/engines-3/pkcs11.so"));
        Path openssl = Peer.require("openssl", "openssl");
        Path pin = tokens.file("pin", ServedTokens.pin().getBytes(StandardCharsets.US_ASCII));
        for (String label : new String[] {"rsa", "p256"}) {
            Path request = folder.resolve(label + ".csr");
            tokens.run(
                    Map.of("PKCS11_MODULE_PATH", ServedTokens.library().toString()),
                    openssl,
                    "req",
                    "-new",
                    "-engine",
                    "pkcs11",
                    "-keyform",
                    "engine",
                    "-key",
                    "pkcs11:token=Served;object=" + label + ";type=private?pin-source=file:" + pin,
                    "-subj",
                    "/CN=" + label,
                    "-out",
                    request);
            assertThat(tokens.run(Map.of(), openssl, "req", "-in", request, "-noout", "-verify", "-subject"))
                    .contains("verify OK", "CN = " + label);
        }
    }

    @Test
    void sunPkcs11_generatesSignsAndServesTls() throws Exception {
        Path programs = Path.of(System.getProperty("java.home"), "bin");
        Path config = folder.resolve("sun.cfg");
        Files.writeString(config, "name = Served\nlibrary = " + ServedTokens.library() + "\nslot = 1\n");
        Path pin = folder.resolve("pin");
        Files.writeString(pin, ServedTokens.pin());
        for (String key : new String[] {
            "-keyalg EC -groupname secp256r1 -sigalg SHA256withECDSA -alias ec",
            "-keyalg RSA -keysize 2048 -sigalg SHA256withRSA -alias rsa"
        }) {
            List<Object> command = new ArrayList<>(List.of(
                    programs.resolve("keytool"),
                    "-providerClass",
                    "sun.security.pkcs11.SunPKCS11",
                    "-providerArg",
                    config));
            command.addAll(List.of("-storetype", "PKCS11", "-keystore", "NONE", "-storepass:file", pin));
            command.addAll(List.of("-genkeypair", "-dname", "CN=localhost"));
            command.addAll(List.of(key.split(" ", -1)));
            tokens.run(Map.of(), command.toArray());
        }
        String printed = tokens.run(
                Map.of(),
                programs.resolve("java"),
                "-cp",
                System.getProperty("java.class.path"),
                TlsOverSunPkcs11.class.getName(),
                config,
                pin);
        assertThat(printed).isEqualTo("""
            ec: TLSv1.3 TLS_AES_256_GCM_SHA384 hello
            rsa: TLSv1.3 TLS_AES_256_GCM_SHA384 hello
            """);
    }
}
