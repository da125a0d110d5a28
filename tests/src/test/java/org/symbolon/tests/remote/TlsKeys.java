package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.symbolon.ModuleOptions;
import org.symbolon.tests.Program;

/**
 * Keys for both ends of TLS: for each name a PKCS #12 file and its certificate in PEM, and one file with the password of them all.
 *
 * @param folder where they are made
 */
public record TlsKeys(Path folder) {
    /** The password of the PKCS #12 files. */
    public static final String PASSWORD = "of the test";

    /** Makes the keys of these names. */
    public static TlsKeys make(Path folder, String... names) throws IOException, InterruptedException {
        TlsKeys keys = new TlsKeys(folder);
        Files.writeString(keys.password(), PASSWORD);
        Files.setPosixFilePermissions(keys.password(), PosixFilePermissions.fromString("rw-------"));
        for (String name : names) {
            keys.make(name);
        }
        return keys;
    }

    private void make(String name) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        run(
                keytool,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore(name),
                "-storepass",
                PASSWORD);
        run(
                keytool,
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-keystore",
                keyStore(name),
                "-storepass",
                PASSWORD,
                "-file",
                certificate(name));
    }

    private static void run(Object... command) throws IOException, InterruptedException {
        Program program = Program.run(command);
        assertThat(program.exitCode()).as(program.output()).isZero();
    }

    /** The options with the settings of a client that trusts one name and shows the certificate of another. */
    public ModuleOptions with(ModuleOptions options, String trusted, String own) {
        return options.withSetting("trust", certificate(trusted).toString())
                .withSetting("key-store", keyStore(own).toString())
                .withSetting("key-store-password", "file:" + password());
    }

    /** The PKCS #12 file of a name. */
    public Path keyStore(String name) {
        return folder.resolve(name + ".p12");
    }

    /** The certificate of a name. */
    public Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    /** The file with the password. */
    public Path password() {
        return folder.resolve("password");
    }
}
