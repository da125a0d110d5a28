package org.symbolon.ssh.certificate;

import java.math.BigInteger;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.Text;

/** Reads key revocation lists. */
final class KrlReader {
    private static final String WHAT = "Key revocation list";
    private static final int MAX_TEXT_BYTES = 8192;
    /** Half of what OpenSSH reads. */
    static final int MAX_BITMAP_BITS = 1 << 23;

    private static final int SHA1_BYTES = 20;
    private static final int SHA256_BYTES = 32;

    private final KeyRevocationListBuilder builder = KeyRevocationList.builder();
    private int entries;

    private KrlReader() {}

    static KeyRevocationList read(byte[] bytes) throws SshFormatException {
        return new KrlReader().all(bytes);
    }

    private KeyRevocationList all(byte[] bytes) throws SshFormatException {
        SshReader reader = new SshReader(bytes, WHAT);
        if (reader.uint64("magic number") != KrlWriter.MAGIC) {
            throw reader.error("it does not begin with SSHKRL", 0);
        }
        long format = reader.uint32("format");
        if (format != KrlWriter.FORMAT) {
            throw reader.error("its format is " + format + "; format 1 is known", Long.BYTES);
        }
        builder.version(reader.uint64("version"));
        builder.generatedSeconds(reader.uint64("time"));
        reader.uint64("flags");
        reader.string("reserved", MAX_TEXT_BYTES);
        builder.comment(reader.text("comment", MAX_TEXT_BYTES));
        while (reader.remaining() > 0) {
            section(reader);
        }
        return builder.build();
    }

    private void section(SshReader reader) throws SshFormatException {
        int start = reader.position();
        int type = reader.octet("section type");
        SshReader section = inner(reader, "section " + type);
        switch (type) {
            case KrlWriter.CERTIFICATES -> certificates(section);
            case KrlWriter.KEYS -> {
                while (section.remaining() > 0) {
                    count(section);
                    builder.blob(Bytes.wrap(section.string("key", SshPublicKey.MAX_BLOB_BYTES)));
                }
            }
            case KrlWriter.SHA1 -> hashes(section, SHA1_BYTES);
            case KrlWriter.SHA256 -> hashes(section, SHA256_BYTES);
            case KrlWriter.SIGNATURE ->
                throw reader.error("it is signed; OpenSSH and others take lists without signatures only", start);
            case KrlWriter.EXTENSION -> extension(section);
            default -> throw reader.error("section type " + type + " is not known", start);
        }
    }

    private void hashes(SshReader section, int bytes) throws SshFormatException {
        while (section.remaining() > 0) {
            count(section);
            int start = section.position();
            Bytes hash = Bytes.wrap(section.string("hash", bytes));
            if (hash.length() != bytes) {
                throw section.error("a hash has " + hash.length() + " bytes instead of " + bytes, start);
            }
            builder.hash(hash);
        }
    }

    private void certificates(SshReader section) throws SshFormatException {
        byte[] key = section.string("authority's key", SshPublicKey.MAX_BLOB_BYTES);
        Optional<SshPublicKey> authority = key.length == 0 ? Optional.empty() : Optional.of(SshPublicKey.parse(key));
        section.string("reserved", MAX_TEXT_BYTES);
        while (section.remaining() > 0) {
            int start = section.position();
            int type = section.octet("subsection type");
            SshReader inner = inner(section, "subsection 0x" + Integer.toHexString(type));
            switch (type) {
                case KrlWriter.SERIAL_LIST -> {
                    while (inner.remaining() > 0) {
                        long serial = inner.uint64("serial");
                        range(inner, authority, serial, serial);
                    }
                }
                case KrlWriter.SERIAL_RANGE -> {
                    long low = inner.uint64("lowest serial");
                    range(inner, authority, low, inner.uint64("highest serial"));
                    inner.end();
                }
                case KrlWriter.SERIAL_BITMAP -> bitmap(inner, authority);
                case KrlWriter.KEY_IDS -> {
                    while (inner.remaining() > 0) {
                        count(inner);
                        keyId(inner, authority);
                    }
                }
                case KrlWriter.CERTIFICATE_EXTENSION -> extension(inner);
                default -> throw section.error("subsection type " + type + " is not known", start);
            }
        }
    }

    private void bitmap(SshReader inner, Optional<SshPublicKey> authority) throws SshFormatException {
        long offset = inner.uint64("offset");
        int start = inner.position();
        BigInteger bits = inner.positive("bitmap", MAX_BITMAP_BITS);
        inner.end();
        if (Long.compareUnsigned(offset + bits.bitLength() - 1, offset) < 0) {
            throw inner.error("the bitmap ends behind the highest serial", start);
        }
        int length = bits.bitLength();
        for (int low = bits.getLowestSetBit(); low < length; ) {
            int high = low;
            while (high + 1 < length && bits.testBit(high + 1)) {
                high++;
            }
            range(inner, authority, offset + low, offset + high);
            low = high + 1;
            while (low < length && !bits.testBit(low)) {
                low++;
            }
        }
    }

    private void range(SshReader at, Optional<SshPublicKey> authority, long low, long high) throws SshFormatException {
        count(at);
        if (Long.compareUnsigned(low, high) > 0) {
            throw at.error("a range of serials ends before it begins", at.position());
        }
        builder.serials(authority, new SerialRanges.Range(low, high));
    }

    private void keyId(SshReader inner, Optional<SshPublicKey> authority) throws SshFormatException {
        int start = inner.position();
        String keyId = inner.text("key id", MAX_TEXT_BYTES);
        if (keyId.isEmpty() || keyId.indexOf('\0') >= 0) {
            throw inner.error("a key id is empty or has a zero byte", start);
        }
        builder.keyId(authority, keyId);
    }

    private static void extension(SshReader section) throws SshFormatException {
        String name = section.name("extension", MAX_TEXT_BYTES);
        if (section.bool("critical")) {
            throw section.error("the critical extension \"" + Text.quoted(name) + "\" is not known", 0);
        }
        section.string("contents", KeyRevocationList.MAX_BYTES);
        section.end();
    }

    private static SshReader inner(SshReader reader, String name) throws SshFormatException {
        return new SshReader(reader.string(name, KeyRevocationList.MAX_BYTES), WHAT + ": " + name);
    }

    private void count(SshReader at) throws SshFormatException {
        if (++entries > KeyRevocationListBuilder.MAX_ENTRIES) {
            throw at.error("more than " + KeyRevocationListBuilder.MAX_ENTRIES + " entries", at.position());
        }
    }
}
