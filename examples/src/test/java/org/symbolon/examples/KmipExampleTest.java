package org.symbolon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.config.OpenToken;
import org.symbolon.examples.kmip.BackupKey;
import org.symbolon.kmip.server.KmipServer;

/** The KMIP example with a server over a token in memory. */
class KmipExampleTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @Test
    void backupKey_runTwice_makesTheKeyOnce() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=both ends", "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-rfc", "-file", "trusted.pem");
        Files.writeString(folder.resolve("password"), PASSWORD);
        try (OpenToken token = MemoryToken.open();
                KmipServer server = KmipServer.builder(token.session())
                        .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), context())
                        .start()) {
            String[] args = {
                "127.0.0.1",
                Integer.toString(server.address().getPort()),
                folder.resolve("trusted.pem").toString(),
                folder.resolve("keys.p12").toString(),
                folder.resolve("password").toString()
            };
            assertThat(Console.output(BackupKey::main, args)).isEqualTo("made a key of 256 bits, 26 bytes of backup\n");
            assertThat(Console.output(BackupKey::main, args))
                    .isEqualTo("found a key of 256 bits, 26 bytes of backup\n");
        }
    }

    private void keytool(String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(arguments).directory(folder.toFile()).inheritIO();
        builder.command()
                .add(
                        0,
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString());
        builder.command().addAll(List.of("-alias", "key", "-keystore", "keys.p12", "-storepass", PASSWORD));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private SSLContext context() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("key", keys.getCertificate("key"));
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory peers = TrustManagerFactory.getInstance("PKIX");
        peers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), peers.getTrustManagers(), null);
        return context;
    }
}
