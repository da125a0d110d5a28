package org.symbolon.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Pin;
import org.symbolon.TokenException;

/** Keys and certificates in files, read and read again. */
class TlsFilesTest {
    private static final char[] PASSWORD = "of the test".toCharArray();

    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void makeKey() throws Exception {
        store = makeKey("own", 100);
    }

    private Path makeKey(String name, int days) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-validity",
                        Integer.toString(days),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        name)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    private static TlsMaterial read(Path file) throws TokenException {
        return TlsMaterial.ofClient(Optional.empty(), Optional.of(OwnKey.of(file, () -> Pin.of(PASSWORD))));
    }

    /** Writes what the store holds as PEM, the key as {@code label} and {@code der}. */
    private Path pem(String label, byte[] der, String before) throws Exception {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        Path file = folder.resolve("key.pem");
        Files.writeString(
                file,
                before + "-----BEGIN " + label + "-----\n" + lines.encodeToString(der) + "\n-----END " + label
                        + "-----\n-----BEGIN CERTIFICATE-----\n"
                        + lines.encodeToString(keys().getCertificate("own").getEncoded())
                        + "\n-----END CERTIFICATE-----\n",
                StandardCharsets.US_ASCII);
        return file;
    }

    private KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private Key key() throws Exception {
        return keys().getKey("own", PASSWORD);
    }

    /** Copies a key and its certificate that {@code openssl pkcs8 -topk8 -v2 aes-256-cbc} wrote. */
    private Path encrypted() throws IOException {
        return copy("encrypted-by-openssl.pem");
    }

    private Path copy(String resource) throws IOException {
        Path file = folder.resolve("encrypted.pem");
        try (InputStream in = Objects.requireNonNull(TlsFilesTest.class.getResourceAsStream(resource))) {
            Files.copy(in, file);
        }
        return file;
    }

    @Test
    void read_pkcs12AndPlainPem_isTheSameKey() throws Exception {
        Instant end = read(store).certificateEnd();
        assertThat(end)
                .isBetween(
                        Instant.now().plus(Duration.ofDays(98)), Instant.now().plus(Duration.ofDays(101)));
        assertThat(read(pem("PRIVATE KEY", key().getEncoded(), "a text before\n"))
                        .certificateEnd())
                .isEqualTo(end);
    }

    @Test
    void read_pemThatOpensslEncrypted_isTheKeyOfItsCertificate() throws Exception {
        KeyStore keys = KeyEntry.read(OwnKey.of(encrypted(), () -> Pin.of(PASSWORD)), PASSWORD);
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign((PrivateKey) keys.getKey("key", PASSWORD));
        byte[] signature = signing.sign();
        signing.initVerify(keys.getCertificate("key"));
        assertThat(signing.verify(signature)).isTrue();
    }

    @Test
    void read_withAnotherPassword_isRefused() {
        assertThatThrownBy(() -> TlsMaterial.ofClient(
                        Optional.empty(), Optional.of(OwnKey.of(encrypted(), () -> Pin.of("another".toCharArray())))))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("encrypted.pem cannot be decrypted; is it another password?");
    }

    @Test
    void read_encryptedWithoutPassword_saysWhatIsMissing() throws Exception {
        OwnKey key = new OwnKey(encrypted(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> TlsMaterial.ofClient(Optional.empty(), Optional.of(key)))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("encrypted.pem is encrypted; set its password");
    }

    @Test
    void read_encryptedWithTripleDes_saysHowToConvert() throws Exception {
        Path file = copy("encrypted-with-des3.pem");
        assertThatThrownBy(() -> read(file)).hasMessageContaining("openssl pkcs8 -topk8 -v2 aes-256-cbc");
    }

    @Test
    void read_oldForm_saysHowToConvert() throws Exception {
        Path file = pem("EC PRIVATE KEY", new byte[8], "");
        assertThatThrownBy(() -> read(file)).hasMessageContaining("convert it with: openssl pkcs8 -topk8");
    }

    @Test
    void refresh_afterTheFileWasReplaced_usesTheNewOneAndKeepsItWhenTheNextIsBroken() throws Exception {
        long before = System.nanoTime();
        WatchedTls watched = WatchedTls.of(List.of(store), () -> read(store));
        SSLContext first = watched.context();
        replace(makeKey("other", 200), 1);
        watched.refresh(before); // however long the key took
        assertThat(watched.context()).as("looked at a moment ago").isSameAs(first);

        watched.refresh(System.nanoTime() + TimeUnit.SECONDS.toNanos(3));
        SSLContext second = watched.context();
        assertThat(second).isNotSameAs(first);
        assertThat(watched.reloads()).isEqualTo(1);

        replace(Files.writeString(folder.resolve("broken"), "not a key"), 2);
        watched.refresh(System.nanoTime() + TimeUnit.SECONDS.toNanos(6));
        assertThat(watched.context()).isSameAs(second);
        assertThat(watched.isCurrent()).isFalse();
        assertThat(watched.failures()).isEqualTo(1);
    }

    private void replace(Path with, int seconds) throws IOException {
        Files.move(with, store, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(store, FileTime.from(Instant.now().plusSeconds(seconds)));
    }
}
