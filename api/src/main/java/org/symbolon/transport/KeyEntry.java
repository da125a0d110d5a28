package org.symbolon.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads the file of an {@link OwnKey} into a store of keys, whatever its form. */
final class KeyEntry {
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----([^-]*)-----END \\1-----");

    private KeyEntry() {}

    static KeyStore read(OwnKey key, char @Nullable [] password) throws GeneralSecurityException, IOException {
        if (Files.size(key.file()) > MAX_BYTES) {
            throw new IOException(key.file() + " is longer than " + MAX_BYTES + " bytes");
        }
        byte[] content = Files.readAllBytes(key.file());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            if (!isPem(content)) {
                return pkcs12(key.file(), store, content, password);
            }
            store.load(null, null);
            Certificate[] chain = chain(key.certificates().orElse(key.file()));
            store.setKeyEntry("key", privateKey(key.file(), content, chain[0], password), password, chain);
            return store;
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static KeyStore pkcs12(Path file, KeyStore store, byte[] content, char @Nullable [] password)
            throws GeneralSecurityException, IOException {
        try {
            store.load(new ByteArrayInputStream(content), password);
            return store;
        } catch (IOException e) {
            throw new IOException(file + " cannot be read as PKCS #12, nor as PEM: " + e, e);
        }
    }

    /** A PEM file may have text before its first block, a PKCS #12 file is a SEQUENCE. */
    private static boolean isPem(byte[] content) {
        return content.length > 0
                && content[0] != 0x30
                && new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN");
    }

    private static Certificate[] chain(Path file) throws GeneralSecurityException, IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IOException(file + " holds no certificate");
        }
        String certificates = BLOCK.matcher(text).replaceAll("");
        try (InputStream in = new ByteArrayInputStream(certificates.getBytes(StandardCharsets.ISO_8859_1))) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        }
    }

    private static Key privateKey(Path file, byte[] content, Certificate owner, char @Nullable [] password)
            throws GeneralSecurityException, IOException {
        Matcher block = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw new IOException(file + " holds no private key");
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(2));
        try {
            KeyFactory factory = KeyFactory.getInstance(owner.getPublicKey().getAlgorithm());
            return switch (block.group(1)) {
                case "PRIVATE KEY" -> factory.generatePrivate(new PKCS8EncodedKeySpec(der));
                case "ENCRYPTED PRIVATE KEY" -> factory.generatePrivate(decrypt(file, der, password));
                default ->
                    throw new IOException(file + " holds a key in a form older than PKCS #8;"
                            + " convert it with: openssl pkcs8 -topk8");
            };
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    private static PKCS8EncodedKeySpec decrypt(Path file, byte[] der, char @Nullable [] password)
            throws GeneralSecurityException, IOException {
        if (password == null) {
            throw new IOException(file + " is encrypted; set its password");
        }
        EncryptedPrivateKeyInfo info = parse(file, der);
        // for PBES2 the parameters name the algorithms, the identifier does not
        String algorithm = String.valueOf(info.getAlgParameters());
        PBEKeySpec spec = new PBEKeySpec(password);
        try {
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
                    info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (InvalidKeyException | InvalidKeySpecException e) {
            throw new IOException(file + " cannot be decrypted; is it another password?", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static EncryptedPrivateKeyInfo parse(Path file, byte[] der) throws IOException {
        try {
            return new EncryptedPrivateKeyInfo(der);
        } catch (IOException e) {
            throw new IOException(
                    file + " is encrypted in a way that this JVM does not know (" + e.getMessage()
                            + "); convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc",
                    e);
        }
    }
}
