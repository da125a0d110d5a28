package org.symbolon.ssh;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Pin;

/**
 * How the private section of an OpenSSH private key file is encrypted.
 *
 * @param transformation the JDK's name of the cipher
 * @param keyBytes the length of its key
 * @param ivBytes the length of its initialization vector
 * @param tagBytes the length of the tag that follows the private section
 */
record OpenSshEncryption(String transformation, int keyBytes, int ivBytes, int tagBytes) {
    private static final String WHAT = "OpenSSH private key";
    private static final int MAX_SALT_BYTES = 64;
    private static final Map<String, OpenSshEncryption> BY_NAME = Map.of(
            "aes128-ctr", new OpenSshEncryption("AES/CTR/NoPadding", 16, 16, 0),
            "aes192-ctr", new OpenSshEncryption("AES/CTR/NoPadding", 24, 16, 0),
            "aes256-ctr", new OpenSshEncryption("AES/CTR/NoPadding", 32, 16, 0),
            "aes128-cbc", new OpenSshEncryption("AES/CBC/NoPadding", 16, 16, 0),
            "aes192-cbc", new OpenSshEncryption("AES/CBC/NoPadding", 24, 16, 0),
            "aes256-cbc", new OpenSshEncryption("AES/CBC/NoPadding", 32, 16, 0),
            "aes128-gcm@openssh.com", new OpenSshEncryption("AES/GCM/NoPadding", 16, 12, 16),
            "aes256-gcm@openssh.com", new OpenSshEncryption("AES/GCM/NoPadding", 32, 12, 16));

    static OpenSshEncryption of(String cipher, String kdf) throws SshFormatException {
        OpenSshEncryption encryption = BY_NAME.get(cipher);
        if (encryption == null || !kdf.equals("bcrypt")) {
            throw new SshFormatException(WHAT + ": it is encrypted with " + Text.quoted(cipher) + ", "
                    + Text.quoted(kdf) + "; change that with \"ssh-keygen -p -Z aes256-ctr -f COPY\"");
        }
        return encryption;
    }

    /** Returns the private section, which the caller wipes. */
    byte[] decrypt(byte[] section, byte[] tag, byte[] options, Pin passphrase) throws SshFormatException {
        SshReader reader = new SshReader(options, WHAT);
        byte[] salt = reader.string("salt", MAX_SALT_BYTES);
        long rounds = reader.uint32("rounds");
        reader.end();
        if (rounds < 1 || rounds > BcryptPbkdf.MAX_ROUNDS || salt.length == 0) {
            throw reader.error(
                    "its key derivation has " + rounds + " rounds; 1 to " + BcryptPbkdf.MAX_ROUNDS + " are done", 0);
        }
        byte[] utf8 = passphrase.toUtf8();
        byte[] key = BcryptPbkdf.derive(utf8, salt, (int) rounds, keyBytes + ivBytes);
        Arrays.fill(utf8, (byte) 0);
        try {
            byte[] iv = Arrays.copyOfRange(key, keyBytes, key.length);
            AlgorithmParameterSpec parameters =
                    tagBytes > 0 ? new GCMParameterSpec(8 * tagBytes, iv) : new IvParameterSpec(iv);
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, 0, keyBytes, "AES"), parameters);
            byte[] sealed = Arrays.copyOf(section, section.length + tag.length);
            System.arraycopy(tag, 0, sealed, section.length, tag.length);
            return cipher.doFinal(sealed);
        } catch (AEADBadTagException | javax.crypto.IllegalBlockSizeException e) {
            throw wrong();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + transformation, e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    static SshFormatException wrong() {
        return new SshFormatException(WHAT + ": the passphrase is wrong, or the file is damaged");
    }
}
