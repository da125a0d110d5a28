package org.symbolon.ssh.certificate;

import java.math.BigInteger;
import java.util.List;
import java.util.SortedSet;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshWriter;

/** Writes key revocation lists as ssh-keygen does, byte by byte. */
final class KrlWriter {
    /** {@code "SSHKRL\n\0"}. */
    static final long MAGIC = 0x5353484b524c0a00L;

    static final long FORMAT = 1;
    /** KRL_SECTION_CERTIFICATES. */
    static final int CERTIFICATES = 1;
    /** KRL_SECTION_EXPLICIT_KEY. */
    static final int KEYS = 2;
    /** KRL_SECTION_FINGERPRINT_SHA1. */
    static final int SHA1 = 3;
    /** KRL_SECTION_SIGNATURE: OpenSSH refuses it since 9.4. */
    static final int SIGNATURE = 4;
    /** KRL_SECTION_FINGERPRINT_SHA256. */
    static final int SHA256 = 5;
    /** KRL_SECTION_EXTENSION. */
    static final int EXTENSION = 255;
    /** KRL_SECTION_CERT_SERIAL_LIST. */
    static final int SERIAL_LIST = 0x20;
    /** KRL_SECTION_CERT_SERIAL_RANGE. */
    static final int SERIAL_RANGE = 0x21;
    /** KRL_SECTION_CERT_SERIAL_BITMAP. */
    static final int SERIAL_BITMAP = 0x22;
    /** KRL_SECTION_CERT_KEY_ID. */
    static final int KEY_IDS = 0x23;
    /** KRL_SECTION_CERT_EXTENSION. */
    static final int CERTIFICATE_EXTENSION = 0x39;

    private KrlWriter() {}

    static byte[] write(KeyRevocationList list) {
        SshWriter out = new SshWriter()
                .uint64(MAGIC)
                .uint32(FORMAT)
                .uint64(list.header().version())
                .uint64(list.header().generated())
                .uint64(0)
                .string("")
                .string(list.comment());
        for (RevokedCertificates certificates : list.certificates()) {
            out.octet(CERTIFICATES).string(certificates(certificates));
        }
        strings(out, KEYS, list.keys());
        strings(out, SHA1, list.sha1Hashes());
        strings(out, SHA256, list.sha256Hashes());
        return out.toByteArray();
    }

    private static void strings(SshWriter out, int type, SortedSet<Bytes> strings) {
        if (!strings.isEmpty()) {
            SshWriter section = new SshWriter();
            strings.forEach(string -> section.string(string.toByteArray()));
            out.octet(type).string(section.toByteArray());
        }
    }

    private static byte[] certificates(RevokedCertificates certificates) {
        SshWriter out = new SshWriter()
                .string(certificates.authority().map(SshPublicKey::blob).orElse(new byte[0]))
                .string("");
        serials(out, certificates.serials().ranges());
        if (!certificates.keyIds().isEmpty()) {
            SshWriter ids = new SshWriter();
            certificates.keyIds().forEach(ids::string);
            out.octet(KEY_IDS).string(ids.toByteArray());
        }
        return out.toByteArray();
    }

    private static void serials(SshWriter out, List<SerialRanges.Range> ranges) {
        SerialSection section = SerialSection.none();
        for (int i = 0; i < ranges.size(); i++) {
            SerialRanges.Range range = ranges.get(i);
            long next = i + 1 < ranges.size() ? ranges.get(i + 1).low() - range.high() : 0;
            SerialSection.Choice choice = section.choose(range, next);
            if (choice.fresh() || choice.type() != section.type()) {
                section.writeTo(out);
                section = SerialSection.begin(choice.type(), range.low());
            }
            section.add(range);
        }
        section.writeTo(out);
    }

    /** A bitmap of serials: bit N is the serial offset + N. */
    static byte[] bitmap(long offset, BigInteger bits) {
        return new SshWriter().uint64(offset).mpint(bits).toByteArray();
    }
}
