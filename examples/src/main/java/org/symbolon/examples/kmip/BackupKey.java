package org.symbolon.examples.kmip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Pin;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.UniqueIdentifier;

/** Encrypts a backup under a key that a KMIP server keeps: it is made by the first run and found by its name by all others. */
public final class BackupKey {
    private static final String NAME = "backup-key";

    private BackupKey() {}

    /**
     * Runs the example.
     *
     * @param args the server's host and port, a PEM file of whom to trust, a PKCS #12 file with the client's key, and the file
     *     with its password
     * @throws IOException if a file cannot be read
     * @throws GeneralSecurityException if the server refuses
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        try (Pin password = Pin.ofUtf8(Files.readAllBytes(Path.of(args[4])));
                KmipClient client = KmipClient.builder(args[0])
                        .port(Integer.parseInt(args[1]))
                        .trust(Path.of(args[2]))
                        .clientKey(Path.of(args[3]), password)
                        .open()) {
            List<UniqueIdentifier> found = client.locate(Attributes.NONE.with(AttributeType.NAME, Name.of(NAME)));
            UniqueIdentifier id = found.isEmpty() ? make(client) : found.get(0);
            byte[] key = ((SymmetricKey) client.get(id))
                    .keyBlock()
                    .encoding()
                    .orElseThrow()
                    .toByteArray();
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES")); // with a new IV: cipher.getIV()
                byte[] backup = cipher.doFinal("everything".getBytes(UTF_8));
                System.out.println((found.isEmpty() ? "made" : "found") + " a key of " + 8 * key.length + " bits, "
                        + backup.length + " bytes of backup");
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
    }

    private static UniqueIdentifier make(KmipClient client) throws GeneralSecurityException {
        UniqueIdentifier id = client.create(
                ObjectType.SYMMETRIC_KEY,
                Attributes.NONE
                        .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                        .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256)
                        .with(
                                AttributeType.CRYPTOGRAPHIC_USAGE_MASK,
                                CryptographicUsageMask.of(
                                        CryptographicUsageMask.ENCRYPT, CryptographicUsageMask.DECRYPT))
                        .with(AttributeType.NAME, Name.of(NAME)));
        client.activate(id);
        return id;
    }
}
