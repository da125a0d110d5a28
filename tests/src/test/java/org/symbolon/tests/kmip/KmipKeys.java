package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/**
 * An authority, a server's key and the client's key of alice: as PEM files for PyKMIP, which has no other form, and as PKCS #12.
 *
 * @param folder where they are
 */
public record KmipKeys(Path folder) {
    private static final String PASSWORD = "changeit";

    /** Makes RSA keys: with those of curves PyKMIP's TLS has no suite that every JDK has. */
    public static KmipKeys make(Path folder) throws IOException, InterruptedException {
        KmipKeys keys = new KmipKeys(folder);
        Files.writeString(folder.resolve("password"), PASSWORD);
        Files.setPosixFilePermissions(folder.resolve("password"), PosixFilePermissions.fromString("rw-------"));
        keys.openssl("req -x509 -newkey rsa:2048 -nodes -sha256 -days 365 -subj /CN=ca -keyout ca.key -out ca.crt"
                + " -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign");
        keys.make("server", "serverAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n");
        keys.make("alice", "clientAuth\n");
        return keys;
    }

    private void make(String name, String use) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve(name + ".ext"),
                "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=" + use);
        openssl("req -newkey rsa:2048 -nodes -sha256 -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                + ".csr");
        openssl("x509 -req -in " + name + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -sha256 -extfile "
                + name + ".ext -out " + name + ".crt");
        openssl("pkcs12 -export -name " + name + " -inkey " + name + ".key -in " + name
                + ".crt -certfile ca.crt -passout pass:" + PASSWORD + " -out " + name + ".p12");
    }

    /** Makes alice's certificate, private and public key in DER: {@code alice.der}, {@code alice.pk8} and {@code alice.spki}. */
    void encode() throws IOException, InterruptedException {
        openssl("x509 -in alice.crt -outform DER -out alice.der");
        openssl("pkcs8 -topk8 -nocrypt -in alice.key -outform DER -out alice.pk8");
        openssl("pkey -in alice.key -pubout -outform DER -out alice.spki");
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        Path openssl = Peer.require("openssl", "openssl");
        Program program = Program.run(folder, Map.of(), List.of((openssl + " " + arguments).split(" ", -1)));
        assertThat(program.exitCode()).as(program.output()).isZero();
    }

    Path authority() {
        return folder.resolve("ca.crt");
    }

    Path certificate(String name) {
        return folder.resolve(name + ".crt");
    }

    Path privateKey(String name) {
        return folder.resolve(name + ".key");
    }

    /** The options of a module that a server knows as alice. */
    ModuleOptions with(ModuleOptions options) {
        Path password = folder.resolve("password");
        if (!Files.exists(password)) {
            try {
                Files.writeString(password, PASSWORD);
                Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return options.withSetting("trust", authority().toString())
                .withSetting("key-store", folder.resolve("alice.p12").toString())
                .withSetting("key-store-password", "file:" + password);
    }

    /** A builder of clients that a server on this machine knows as alice. */
    KmipClientBuilder client(int port) {
        return KmipClient.builder("127.0.0.1")
                .port(port)
                .trust(authority())
                .clientKey(folder.resolve("alice.p12"), Pin.of(PASSWORD.toCharArray()))
                .timeout(Duration.ofSeconds(60));
    }

    /** The options with the settings of a token whose server knows the client as alice. */
    public ModuleOptions settings(ModuleOptions options) {
        return options.withSetting("trust", authority().toString())
                .withSetting("key-store", folder.resolve("alice.p12").toString())
                .withSetting("key-store-password", "file:" + folder.resolve("password"));
    }

    /** The server's key, and the authority of its clients. */
    SSLContext serverContext() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority())) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            own.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
