package org.symbolon.soft.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.soft.seal.Argon2id;
import org.symbolon.soft.seal.Sha256;

/**
 * The clear beginning of a backup file: how its root key is come by, and a check value of that key over all of it. Version 1 stretches
 * a passphrase, version 2 has a random key wrapped for each recipient.
 */
final class ArchiveHeader {
    private static final byte[] MAGIC = "symbolon-backup\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PASSPHRASE = 1;
    private static final int RECIPIENTS = 2;
    private static final int SALT_BYTES = 32;
    private static final int MAX_KDF_BYTES = 64;

    private ArchiveHeader() {}

    // ---- writing

    /** Writes the header and returns the key of the chunks, which the caller wipes. */
    static SecretBytes write(DataOutputStream out, ArchiveLock lock) throws IOException {
        if (lock instanceof ArchiveLock.Passphrase passphrase) {
            byte[] salt = random();
            byte[] fields = fields(passphrase.kdf(), salt);
            return finish(out, PASSPHRASE, fields, stretch(passphrase.kdf(), salt, passphrase.passphrase()));
        }
        byte[] key = random();
        try {
            List<RecipientSlot> slots = new ArrayList<>();
            for (PublicKey recipient : ((ArchiveLock.Recipients) lock).keys()) {
                slots.add(RecipientWrapping.wrap(recipient, key));
            }
            return finish(out, RECIPIENTS, fields(slots), key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static SecretBytes finish(DataOutputStream out, int version, byte[] fields, byte[] rootKey)
            throws IOException {
        try {
            out.write(fields);
            out.write(expand(rootKey, version, "check", fields));
            return SecretBytes.takeOver(expand(rootKey, version, "chunks", fields));
        } finally {
            Arrays.fill(rootKey, (byte) 0);
        }
    }

    private static byte[] fields(Argon2id kdf, byte[] salt) throws IOException {
        byte[] text = kdf.toString().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        DataOutputStream out = begin(fields, PASSPHRASE);
        out.writeShort(text.length);
        out.write(text);
        out.write(salt);
        return fields.toByteArray();
    }

    private static byte[] fields(List<RecipientSlot> slots) throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        DataOutputStream out = begin(fields, RECIPIENTS);
        out.writeShort(slots.size());
        for (RecipientSlot slot : slots) {
            slot.write(out);
        }
        return fields.toByteArray();
    }

    private static DataOutputStream begin(ByteArrayOutputStream fields, int version) throws IOException {
        DataOutputStream out = new DataOutputStream(fields);
        out.write(MAGIC);
        out.writeShort(version);
        return out;
    }

    // ---- reading

    /** A header that was read: the key of the chunks, which the caller wipes, and where they begin. */
    record Opened(SecretBytes chunkKey, int lengthBytes) {}

    /** Reads a header. */
    static Opened read(DataInputStream in, ArchiveKey key) throws IOException {
        try {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new ArchiveFormatException(
                        "this is no backup of a token: it does not begin with symbolon-backup");
            }
            int version = in.readUnsignedShort();
            return switch (version) {
                case PASSPHRASE -> ofPassphrase(in, key);
                case RECIPIENTS -> ofRecipients(in, key);
                default ->
                    throw new ArchiveFormatException("the backup is of version " + version
                            + "; this program reads versions " + PASSPHRASE + " and " + RECIPIENTS
                            + ": use a newer one");
            };
        } catch (EOFException e) {
            throw new ArchiveFormatException("the file ends within its header: it is no whole backup");
        }
    }

    private static Opened ofPassphrase(DataInputStream in, ArchiveKey key) throws IOException {
        int length = in.readUnsignedShort();
        if (length > MAX_KDF_BYTES) {
            throw new ArchiveFormatException("the header's key derivation has " + length + " bytes, at byte 18");
        }
        byte[] text = new byte[length];
        in.readFully(text);
        byte[] salt = new byte[SALT_BYTES];
        in.readFully(salt);
        byte[] check = check(in);
        if (!(key instanceof ArchiveKey.Passphrase passphrase)) {
            throw new ArchiveFormatException("the backup is encrypted under a passphrase and not for recipients");
        }
        Argon2id kdf = kdf(new String(text, StandardCharsets.US_ASCII));
        return opened(
                PASSPHRASE,
                fields(kdf, salt),
                check,
                stretch(kdf, salt, passphrase.passphrase()),
                "the passphrase is wrong, or the backup's header is damaged");
    }

    private static Opened ofRecipients(DataInputStream in, ArchiveKey key) throws IOException {
        int count = in.readUnsignedShort();
        if (count < 1 || count > RecipientSlot.MAX_RECIPIENTS) {
            throw new ArchiveFormatException("the backup's header says that it has " + count + " recipients");
        }
        List<RecipientSlot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(RecipientSlot.read(in));
        }
        byte[] check = check(in);
        List<KeyPair> keys = key instanceof ArchiveKey.Private own ? own.keys() : List.of();
        ArchiveFormatException failure =
                new ArchiveFormatException("the backup is encrypted for recipients: give the private key of one, the "
                        + "SHA-256 of whose public keys are "
                        + slots.stream().map(slot -> slot.fingerprint().toHex()).collect(Collectors.joining(", ")));
        for (KeyPair pair : keys) {
            for (RecipientSlot slot : slots) {
                if (slot.fingerprint().equals(RecipientSlot.fingerprint(pair.getPublic()))) {
                    try {
                        return opened(
                                RECIPIENTS,
                                fields(slots),
                                check,
                                RecipientWrapping.unwrap(slot, pair),
                                "the backup's header is damaged");
                    } catch (ArchiveFormatException e) {
                        failure = e;
                    }
                }
            }
        }
        throw failure;
    }

    private static byte[] check(DataInputStream in) throws IOException {
        byte[] check = new byte[Sha256.BYTES];
        in.readFully(check);
        return check;
    }

    private static Opened opened(int version, byte[] fields, byte[] check, byte[] rootKey, String otherwise)
            throws ArchiveFormatException {
        try {
            if (!MessageDigest.isEqual(check, expand(rootKey, version, "check", fields))) {
                throw new ArchiveFormatException(otherwise);
            }
            return new Opened(
                    SecretBytes.takeOver(expand(rootKey, version, "chunks", fields)), fields.length + check.length);
        } finally {
            Arrays.fill(rootKey, (byte) 0);
        }
    }

    private static Argon2id kdf(String text) throws ArchiveFormatException {
        try {
            return Argon2id.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ArchiveFormatException("the backup's header: " + e.getMessage());
        }
    }

    private static byte[] stretch(Argon2id kdf, byte[] salt, Pin passphrase) {
        byte[] utf8 = passphrase.toUtf8();
        try {
            return kdf.derive(utf8, salt);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private static byte[] expand(byte[] rootKey, int version, String purpose, byte[] fields) {
        byte[] info = ("symbolon backup " + version + " " + purpose + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(info, info.length + fields.length);
        System.arraycopy(fields, 0, all, info.length, fields.length);
        return Sha256.expand(rootKey, all);
    }
}
