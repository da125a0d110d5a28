package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file with one public key: an OpenSSH {@code .pub} line, RFC 4716, PEM ({@code PUBLIC KEY}, {@code RSA PUBLIC KEY}) or
 * DER SubjectPublicKeyInfo.
 *
 * @param key the key
 * @param comment the comment that the file has for it, may be empty
 */
public record PublicKeyFile(SshPublicKey key, String comment) {
    /** The longest file that is read. */
    public static final int MAX_FILE_BYTES = 131_072;

    private static final String WHAT = "public key file";

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its key and comment
     * @throws IOException if it cannot be read
     * @throws SshFormatException as {@link #parse} does
     */
    public static PublicKeyFile read(Path file) throws IOException, SshFormatException {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in.readNBytes(MAX_FILE_BYTES + 1));
        }
    }

    /**
     * Reads a file's content and finds out its form.
     *
     * @param content the bytes
     * @return the key and the comment
     * @throws SshFormatException if it is empty, too long, malformed, a private key or a certificate, has several keys or
     *     options before the key, or the key is refused
     */
    public static PublicKeyFile parse(byte[] content) throws SshFormatException {
        if (content.length > MAX_FILE_BYTES) {
            throw new SshFormatException(WHAT + ": more than " + MAX_FILE_BYTES + " bytes");
        }
        if (content.length > 0 && content[0] == DerReader.SEQUENCE) {
            return new PublicKeyFile(SshPublicKey.parseSubjectPublicKeyInfo(content), "");
        }
        String text = new String(content, UTF_8);
        if (text.isBlank()) {
            throw new SshFormatException(WHAT + ": it is empty");
        }
        if (text.contains("PRIVATE KEY") || text.startsWith("PuTTY-User-Key-File")) {
            throw new SshFormatException(WHAT + ": this is a private key; give the public one (for OpenSSH: FILE.pub)");
        }
        if (text.contains("---- BEGIN SSH2 ")) {
            return Rfc4716.parse(text);
        }
        return text.contains("-----BEGIN ") ? pem(content) : line(text);
    }

    private static PublicKeyFile pem(byte[] content) throws SshFormatException {
        PemBlock block = PemBlock.first(content, WHAT)
                .orElseThrow(() -> new SshFormatException(WHAT + ": it has parameters, but no key"));
        return switch (block.label()) {
            case "PUBLIC KEY" -> new PublicKeyFile(SshPublicKey.parseSubjectPublicKeyInfo(block.content()), "");
            case "RSA PUBLIC KEY" ->
                new PublicKeyFile(SshPublicKey.parse(SubjectPublicKeyInfo.rsa(block.content())), "");
            case "CERTIFICATE" -> throw new SshFormatException(WHAT + ": this is an X.509 certificate, not a key");
            default ->
                throw new SshFormatException(WHAT + ": \"" + Text.quoted(block.label()) + "\" is not a public key");
        };
    }

    private static PublicKeyFile line(String text) throws SshFormatException {
        List<String> lines =
                text.lines().filter(line -> !AuthorizedKeysLine.isBlank(line)).toList();
        if (lines.stream().noneMatch(line -> line.contains("ssh-") || line.contains("ecdsa-"))) {
            throw new SshFormatException(WHAT + ": it is no public key in a known form (OpenSSH, RFC 4716, PEM, DER)");
        }
        if (lines.size() != 1) {
            throw new SshFormatException(WHAT + ": it has " + lines.size() + " lines with keys instead of one");
        }
        AuthorizedKeysLine line = AuthorizedKeysLine.parse(lines.get(0));
        if (line.hasOptions()) {
            throw new SshFormatException(WHAT + ": the option \""
                    + line.options().get(0).name() + "\" stands before the key; options cannot be enforced yet");
        }
        return new PublicKeyFile(line.key(), line.comment());
    }
}
