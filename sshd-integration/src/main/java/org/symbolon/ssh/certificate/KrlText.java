package org.symbolon.ssh.certificate;

import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.Text;

/** Key revocation lists for people, each entry a line as ssh-keygen -Q -l prints it. */
final class KrlText {
    private KrlText() {}

    static void append(KeyRevocationList list, List<String> lines) {
        for (Bytes key : list.keys()) {
            lines.add("hash: " + named(key));
        }
        for (Bytes hash : list.sha256Hashes()) {
            lines.add("hash: SHA256:" + hash.toHex());
        }
        for (Bytes hash : list.sha1Hashes()) {
            lines.add("hash: SHA1:" + hash.toHex());
        }
        for (RevokedCertificates certificates : list.certificates()) {
            for (SerialRanges.Range range : certificates.serials().ranges()) {
                lines.add("serial: " + Long.toUnsignedString(range.low())
                        + (range.low() == range.high() ? "" : "-" + Long.toUnsignedString(range.high())));
            }
            certificates.keyIds().forEach(id -> lines.add("id: " + Text.quoted(id)));
        }
    }

    /** Lists may have keys of types that are not supported here; they match nothing, but are kept. */
    private static String named(Bytes blob) {
        try {
            SshPublicKey key = SshPublicKey.parse(blob.toByteArray());
            return key.fingerprint() + " # " + key.type().wireName();
        } catch (SshFormatException e) {
            return "a key of " + blob.length() + " bytes (" + e.getMessage() + ")";
        }
    }
}
