package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's own tools, as users call them, with keys in a token. */
class ToolsIT {
    @TempDir
    Path directory;

    private String uri;

    @BeforeEach
    void initialize() throws Exception {
        Path database = directory.resolve("team.db");
        SoftTokens.initialize(database, "Team");
        uri = "soft:sqlite:" + database;
    }

    @Test
    void keytoolAndJarsigner_onThisJdk_useTheToken() throws Exception {
        Path home = Path.of(System.getProperty("java.home"));
        useTools(home);
    }

    @Test
    void keytoolAndJarsigner_onANewerJdk_useTheToken() throws Exception {
        useTools(NewerJdk.require());
    }

    private void useTools(Path home) throws Exception {
        for (String[] kind : new String[][] {{"rsa", "RSA"}, {"ec", "EC"}, {"ed", "Ed25519"}}) {
            String said = keytool(
                    home,
                    "-genkeypair",
                    "-alias",
                    kind[0],
                    "-keyalg",
                    kind[1],
                    "-dname",
                    "CN=" + kind[0],
                    "-keypass:env",
                    "SYMBOLON_TEST_PIN",
                    "-providername",
                    "Symbolon-" + uri);
            assertThat(said).contains("CN=" + kind[0]);
        }
        assertThat(keytool(home, "-list")).contains("contains 3 entries", "ec, ", "ed, ", "rsa, ", "PrivateKeyEntry");

        Path exported = directory.resolve("ec.crt");
        keytool(home, "-exportcert", "-alias", "ec", "-file", exported.toString());
        try (InputStream in = Files.newInputStream(exported)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            certificate.verify(certificate.getPublicKey());
        }
        assertThat(keytool(home, "-certreq", "-alias", "rsa")).contains("BEGIN NEW CERTIFICATE REQUEST");
        signedReplyReplacesTheCertificate(home);

        for (String alias : List.of("rsa", "ec", "ed")) {
            Path jar = jar();
            tool(home, "jarsigner", List.of(jar.toString(), alias));
            assertThat(plain(home, "jarsigner", "-verify", jar.toString())).contains("jar verified.");
        }
        keytool(home, "-delete", "-alias", "ed");
        assertThat(keytool(home, "-list")).contains("contains 2 entries");
    }

    private void signedReplyReplacesTheCertificate(Path home) throws Exception {
        Path request = directory.resolve("ec.csr");
        Path reply = directory.resolve("reply.crt");
        Path authority = directory.resolve("rsa.crt");
        keytool(home, "-certreq", "-alias", "ec", "-file", request.toString());
        keytool(home, "-gencert", "-alias", "rsa", "-infile", request.toString(), "-outfile", reply.toString());
        keytool(home, "-exportcert", "-alias", "rsa", "-file", authority.toString());
        keytool(home, "-importcert", "-alias", "ec", "-noprompt", "-trustcacerts", "-file", reply.toString());
        assertThat(keytool(home, "-list", "-v", "-alias", "ec"))
                .contains("Certificate chain length: 2", "Issuer: CN=rsa");
    }

    private Path jar() throws IOException {
        Path jar = directory.resolve("some.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("greeting"));
            out.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private String keytool(Path home, String... arguments) throws Exception {
        return tool(home, "keytool", List.of(arguments));
    }

    private String tool(Path home, String name, List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-J-cp",
                "-J" + System.getProperty("java.class.path"),
                "-J--add-modules=java.sql",
                "-addprovider",
                "Symbolon",
                "-providerarg",
                uri,
                "-keystore",
                "NONE",
                "-storetype",
                "Symbolon",
                "-storepass:env",
                "SYMBOLON_TEST_PIN"));
        all.addAll(arguments);
        return plain(home, name, all.toArray(new String[0]));
    }

    private String plain(Path home, String name, String... arguments) throws Exception {
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(name).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("SYMBOLON_TEST_PIN", SoftTokens.PIN_TEXT);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).doesNotContain(SoftTokens.PIN_TEXT);
        return said;
    }
}
