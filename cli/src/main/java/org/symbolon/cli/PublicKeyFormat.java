package org.symbolon.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/** How a public key is printed. */
enum PublicKeyFormat {
    /** {@code type base64 comment}. */
    OPENSSH,
    /** {@code BEGIN PUBLIC KEY}. */
    PEM,
    /** SubjectPublicKeyInfo (RFC 5280). */
    DER;

    private static final int PEM_WIDTH = 64;

    /** Encodes a key given as DER SubjectPublicKeyInfo. */
    byte[] encode(byte[] der, String comment) throws SshFormatException {
        return switch (this) {
            case OPENSSH -> bytes(SshPublicKey.parseSubjectPublicKeyInfo(der).toOpenSshLine(comment) + "\n");
            case PEM ->
                bytes("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(PEM_WIDTH, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n");
            case DER -> der.clone();
        };
    }

    boolean isText() {
        return this != DER;
    }

    static String text(byte[] encoded) {
        return new String(encoded, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
