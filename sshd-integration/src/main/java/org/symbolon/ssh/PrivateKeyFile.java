package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.Pin;

/**
 * A private key file, read so that its key can be imported into a token: OpenSSH ({@code openssh-key-v1}), PKCS #8, PKCS #1
 * ({@code RSA PRIVATE KEY}) and SEC 1 ({@code EC PRIVATE KEY}), in PEM or DER; OpenSSH's may be encrypted.
 *
 * <p>The keys are of the JDK's own classes: RSA with CRT numbers, EC on P-256, P-384 or P-521, Ed25519. The public half is
 * computed where the file lacks it, and a test signature shows that the halves belong together.
 *
 * <p>Every array that held key bytes here is zeroed before the call returns. The JDK's key objects and the {@link
 * java.math.BigInteger}s inside them cannot be: import them and let them go.
 *
 * @param keyPair both halves
 * @param comment the comment that the file has for them (OpenSSH only), may be empty
 */
public record PrivateKeyFile(KeyPair keyPair, String comment) {
    /** The longest file that is read. */
    public static final int MAX_FILE_BYTES = 65_536;

    private static final String OPENSSH = "OPENSSH PRIVATE KEY";
    private static final String WHAT = "private key file";

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its keys and comment
     * @throws IOException if it cannot be read
     * @throws SshFormatException as {@link #parse} does
     */
    public static PrivateKeyFile read(Path file) throws IOException, SshFormatException {
        byte[] buffer = new byte[MAX_FILE_BYTES + 1];
        byte[] content = buffer;
        try (InputStream in = Files.newInputStream(file)) {
            content = Arrays.copyOf(buffer, in.readNBytes(buffer, 0, buffer.length));
            return parse(content);
        } finally {
            Arrays.fill(buffer, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Reads a file's content and finds out its form.
     *
     * @param content the bytes; neither changed nor kept, the caller wipes them
     * @return the keys and the comment
     * @throws SshFormatException if it is empty, too long, malformed, encrypted, a public key or a certificate, or a key of a
     *     type that is not supported; the message says which, and for an encrypted key what to do
     */
    public static PrivateKeyFile parse(byte[] content) throws SshFormatException {
        return parse(content, Optional.empty());
    }

    /**
     * Reads a file's content as {@link #parse(byte[])}, and decrypts it if it is OpenSSH's and encrypted.
     *
     * @param content the bytes; neither changed nor kept, the caller wipes them
     * @param passphrase the passphrase of an encrypted file; stays the caller's
     * @return the keys and the comment
     * @throws SshFormatException as {@link #parse(byte[])}, and if the passphrase is wrong
     */
    public static PrivateKeyFile parse(byte[] content, Pin passphrase) throws SshFormatException {
        return parse(content, Optional.of(passphrase));
    }

    /**
     * Returns whether a file is an encrypted one of OpenSSH, which {@link #parse(byte[], Pin)} reads.
     *
     * @param content the bytes; neither changed nor kept
     * @return true if it needs a passphrase; false of every other form
     * @throws SshFormatException if it is too long or malformed
     */
    public static boolean isEncryptedOpenSsh(byte[] content) throws SshFormatException {
        if (content.length > MAX_FILE_BYTES || (content.length > 0 && content[0] == DerReader.SEQUENCE)) {
            return false;
        }
        Optional<PemBlock> block = PemBlock.first(content, WHAT);
        if (block.isEmpty() || !block.get().label().equals(OPENSSH)) {
            return false;
        }
        try {
            return OpenSshPrivateKey.isEncrypted(block.get().content());
        } finally {
            Arrays.fill(block.get().content(), (byte) 0);
        }
    }

    private static PrivateKeyFile parse(byte[] content, Optional<Pin> passphrase) throws SshFormatException {
        if (content.length > MAX_FILE_BYTES) {
            throw new SshFormatException(WHAT + ": more than " + MAX_FILE_BYTES + " bytes, no private key is as long");
        }
        if (content.length > 0 && content[0] == DerReader.SEQUENCE) {
            return new PrivateKeyFile(PrivateKeyDer.any(content), "");
        }
        Optional<PemBlock> block = PemBlock.first(content, WHAT);
        if (block.isEmpty()) {
            throw new SshFormatException(WHAT + ": " + notPem(content));
        }
        try {
            return of(block.get(), passphrase);
        } finally {
            Arrays.fill(block.get().content(), (byte) 0);
        }
    }

    /** Shows the public half's algorithm and the comment. */
    @Override
    public String toString() {
        return "PrivateKeyFile[" + keyPair.getPublic().getAlgorithm() + ", " + comment + "]";
    }

    private static PrivateKeyFile of(PemBlock block, Optional<Pin> passphrase) throws SshFormatException {
        if (block.encrypted()) {
            throw encrypted("PEM", "openssl pkey -in FILE -out COPY");
        }
        byte[] content = block.content();
        return switch (block.label()) {
            case OPENSSH -> OpenSshPrivateKey.parse(content, passphrase);
            case "PRIVATE KEY" -> new PrivateKeyFile(PrivateKeyDer.pkcs8(content), "");
            case "RSA PRIVATE KEY" -> new PrivateKeyFile(PrivateKeyDer.pkcs1(content), "");
            case "EC PRIVATE KEY" -> new PrivateKeyFile(PrivateKeyDer.sec1(content), "");
            case "ENCRYPTED PRIVATE KEY" -> throw encrypted("PKCS #8", "openssl pkey -in FILE -out COPY");
            default -> throw new SshFormatException(WHAT + ": " + notPrivate(block.label()));
        };
    }

    static SshFormatException encrypted(String how, String command) {
        return new SshFormatException(WHAT + ": the key is encrypted (" + how + "); make an unencrypted copy with \""
                + command + "\", import it, and delete the copy");
    }

    private static String notPrivate(String label) {
        return switch (label) {
            case "DSA PRIVATE KEY" -> "DSA keys are not supported, by OpenSSH neither";
            case "PUBLIC KEY", "RSA PUBLIC KEY" -> "this is a public key, the private one is needed";
            case "CERTIFICATE" -> "this is a certificate, a private key is needed";
            default -> "\"" + Text.quoted(label) + "\" is not a private key";
        };
    }

    private static String notPem(byte[] content) {
        String head = new String(content, 0, Math.min(content.length, 1024), ISO_8859_1).stripLeading();
        if (head.isEmpty()) {
            return "it is empty";
        }
        if (head.startsWith("PuTTY-User-Key-File-")) {
            return "this is PuTTY's form; convert it with \"puttygen FILE -O private-openssh-new -o COPY\"";
        }
        if (head.startsWith("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY")) {
            return "this is ssh.com's form of private keys, which is not supported";
        }
        if (head.startsWith("---- BEGIN SSH2 PUBLIC KEY")
                || SshKeyType.byWireName(head.split("\\s", 2)[0]).isPresent()) {
            return "this is a public key, the private one is needed (OpenSSH: the file without .pub)";
        }
        if (head.startsWith("SSH PRIVATE KEY FILE FORMAT 1.")) {
            return "this is a key of SSH 1, which is not supported";
        }
        return "it is no private key in a known form (OpenSSH, PKCS #8, PKCS #1, SEC 1)";
    }
}
