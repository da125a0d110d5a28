package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The key files of the test resources; see the README beside them. */
public final class KeyFiles {
    private KeyFiles() {}

    /** The content of a file. */
    public static byte[] bytes(String name) {
        try (InputStream in = KeyFiles.class.getResourceAsStream("keys/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of a text file. */
    public static String text(String name) {
        return new String(bytes(name), UTF_8);
    }

    /** The public key in a file. */
    public static SshPublicKey open(String name) throws SshFormatException {
        return PublicKeyFile.parse(bytes(name)).key();
    }

    /** The private key in a file. */
    public static PrivateKeyFile secret(String name) throws SshFormatException {
        return PrivateKeyFile.parse(bytes(name));
    }
}
