package org.symbolon.soft.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.soft.seal.Argon2id;
import org.symbolon.soft.seal.Sha256;

/**
 * The clear beginning of a backup file.
 *
 * @param kdf how the passphrase becomes a key
 * @param salt the salt, 32 bytes
 */
record ArchiveHeader(Argon2id kdf, Bytes salt) {
    static final int SALT_BYTES = 32;

    private static final byte[] MAGIC = "symbolon-backup\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int MAX_KDF_BYTES = 64;

    /** Writes the header and returns the key of the chunks, which the caller wipes. */
    SecretBytes write(DataOutputStream out, Pin passphrase) throws IOException {
        byte[] fields = fields();
        byte[] stretched = stretch(passphrase);
        try {
            out.write(fields);
            out.write(check(stretched, fields));
            return chunkKey(stretched, fields);
        } finally {
            Arrays.fill(stretched, (byte) 0);
        }
    }

    /** A header that was read: the key of the chunks, which the caller wipes, and where they begin. */
    record Opened(SecretBytes chunkKey, int lengthBytes) {}

    /** Reads a header. */
    static Opened read(DataInputStream in, Pin passphrase) throws IOException {
        try {
            return readWhole(in, passphrase);
        } catch (EOFException e) {
            throw new ArchiveFormatException("the file ends within its header: it is no whole backup");
        }
    }

    private static Opened readWhole(DataInputStream in, Pin passphrase) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new ArchiveFormatException("this is no backup of a token: it does not begin with symbolon-backup");
        }
        int version = in.readUnsignedShort();
        if (version != VERSION) {
            throw new ArchiveFormatException("the backup is of version " + version + "; this program reads version "
                    + VERSION + ": use a newer one");
        }
        int length = in.readUnsignedShort();
        if (length > MAX_KDF_BYTES) {
            throw new ArchiveFormatException("the header's key derivation has " + length + " bytes, at byte 18");
        }
        byte[] text = new byte[length];
        in.readFully(text);
        byte[] salt = new byte[SALT_BYTES];
        in.readFully(salt);
        byte[] check = new byte[Sha256.BYTES];
        in.readFully(check);
        ArchiveHeader header = new ArchiveHeader(kdf(new String(text, StandardCharsets.US_ASCII)), Bytes.wrap(salt));
        byte[] fields = header.fields();
        byte[] stretched = header.stretch(passphrase);
        try {
            if (!MessageDigest.isEqual(check, check(stretched, fields))) {
                throw new ArchiveFormatException("the passphrase is wrong, or the backup's header is damaged");
            }
            return new Opened(chunkKey(stretched, fields), fields.length + check.length);
        } finally {
            Arrays.fill(stretched, (byte) 0);
        }
    }

    private static Argon2id kdf(String text) throws ArchiveFormatException {
        try {
            return Argon2id.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ArchiveFormatException("the backup's header: " + e.getMessage());
        }
    }

    private byte[] fields() throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(fields);
        byte[] text = kdf.toString().getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.writeShort(VERSION);
        out.writeShort(text.length);
        out.write(text);
        out.write(salt.sharedArray());
        return fields.toByteArray();
    }

    private byte[] stretch(Pin passphrase) {
        byte[] utf8 = passphrase.toUtf8();
        try {
            return kdf.derive(utf8, salt.sharedArray());
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private static byte[] check(byte[] stretched, byte[] fields) {
        return expand(stretched, "symbolon backup 1 check", fields);
    }

    private static SecretBytes chunkKey(byte[] stretched, byte[] fields) {
        return SecretBytes.takeOver(expand(stretched, "symbolon backup 1 chunks", fields));
    }

    private static byte[] expand(byte[] stretched, String purpose, byte[] fields) {
        byte[] info = (purpose + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(info, info.length + fields.length);
        System.arraycopy(fields, 0, all, info.length, fields.length);
        return Sha256.expand(stretched, all);
    }
}
