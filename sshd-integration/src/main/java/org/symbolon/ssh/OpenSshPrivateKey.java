package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.KeyPair;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.Pin;

/** OpenSSH's own private key file, {@code openssh-key-v1} (OpenSSH's PROTOCOL.key). */
final class OpenSshPrivateKey {
    private static final String WHAT = "OpenSSH private key";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(US_ASCII);
    private static final int BLOCK_BYTES = 8;
    private static final int MAX_NAME_BYTES = 64;
    private static final int MAX_COMMENT_BYTES = 4096;

    private OpenSshPrivateKey() {}

    /** Whether a file's private section is encrypted. */
    static boolean isEncrypted(byte[] content) throws SshFormatException {
        SshReader reader = new SshReader(content, WHAT);
        reader.raw("magic", Math.min(MAGIC.length, content.length));
        return !reader.name("cipher", MAX_NAME_BYTES).equals("none");
    }

    static PrivateKeyFile parse(byte[] content, Optional<Pin> passphrase) throws SshFormatException {
        SshReader reader = new SshReader(content, WHAT);
        if (content.length < MAGIC.length || !Arrays.equals(reader.raw("magic", MAGIC.length), MAGIC)) {
            throw reader.error("it does not begin with openssh-key-v1", 0);
        }
        String cipher = reader.name("cipher", MAX_NAME_BYTES);
        String kdf = reader.name("key derivation", MAX_NAME_BYTES);
        byte[] options = reader.string("key derivation options", 1024);
        boolean encrypted = !cipher.equals("none") || !kdf.equals("none");
        if (encrypted && passphrase.isEmpty()) {
            throw PrivateKeyFile.encrypted(
                    Text.quoted(cipher) + ", " + Text.quoted(kdf), "cp FILE COPY; ssh-keygen -p -N '' -f COPY");
        }
        int countAt = reader.position();
        long count = reader.uint32("number of keys");
        if (count != 1) {
            throw reader.error("it has " + count + " keys instead of one", countAt);
        }
        SshPublicKey promised = publicHalf(reader.string("public key", SshPublicKey.MAX_BLOB_BYTES));
        byte[] stored = reader.string("private section", PrivateKeyFile.MAX_FILE_BYTES);
        byte[] section = stored;
        try {
            if (encrypted) {
                OpenSshEncryption encryption = OpenSshEncryption.of(cipher, kdf);
                byte[] tag = reader.raw("tag", encryption.tagBytes());
                section = encryption.decrypt(stored, tag, options, passphrase.orElseThrow());
            }
            reader.end();
            PrivateKeyFile file = privateSection(section, promised.type(), encrypted);
            if (!SshPublicKey.of(file.keyPair().getPublic()).equals(promised)) {
                throw new SshFormatException(WHAT + ": its public key is not that of its private key");
            }
            return file;
        } finally {
            Arrays.fill(stored, (byte) 0);
            Arrays.fill(section, (byte) 0);
        }
    }

    private static SshPublicKey publicHalf(byte[] blob) throws SshFormatException {
        SshPublicKey key = SshPublicKey.parse(blob);
        if (key.type().isSecurityKey()) {
            throw new SshFormatException(WHAT + ": " + key.type().wireName()
                    + " is a FIDO key; its private half is in the authenticator and cannot be imported");
        }
        return key;
    }

    private static PrivateKeyFile privateSection(byte[] section, SshKeyType type, boolean encrypted)
            throws SshFormatException {
        SshReader reader = new SshReader(section, WHAT);
        if (section.length % BLOCK_BYTES != 0) {
            throw reader.error("the private section's " + section.length + " bytes are not whole blocks", 0);
        }
        long check = reader.uint32("check number");
        if (reader.uint32("check number") != check) {
            if (encrypted) {
                throw OpenSshEncryption.wrong();
            }
            throw reader.error("the two check numbers differ", 0);
        }
        expect(type.wireName(), reader, "type");
        KeyPair pair = PrivateKeyFields.read(type, reader);
        String comment = new String(reader.string("comment", MAX_COMMENT_BYTES), UTF_8);
        padding(reader);
        return new PrivateKeyFile(pair, comment.codePoints().anyMatch(Text::breaksLine) ? "" : comment);
    }

    /** A name that must be this one. What stands there instead is not shown: this section is secret. */
    private static void expect(String name, SshReader reader, String field) throws SshFormatException {
        int start = reader.position();
        if (!Arrays.equals(reader.string(field, MAX_NAME_BYTES), name.getBytes(US_ASCII))) {
            throw reader.error(
                    "the private section's " + field + " is not " + name + ", as the public key says", start);
        }
    }

    private static void padding(SshReader reader) throws SshFormatException {
        int start = reader.position();
        byte[] padding = reader.raw("padding", reader.remaining());
        for (int i = 0; i < padding.length; i++) {
            if (padding[i] != i + 1 || padding.length >= BLOCK_BYTES) {
                throw reader.error("the padding is not 1, 2, 3...", start);
            }
        }
    }
}
