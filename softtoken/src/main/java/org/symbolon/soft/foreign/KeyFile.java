package org.symbolon.soft.foreign;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.symbolon.Attributes;
import org.symbolon.KeyType;
import org.symbolon.Pin;
import org.symbolon.soft.object.SecretValues;

/**
 * The keys and certificates of a file: PKCS #8, plain or encrypted; PKCS #12; PKCS #1 and SEC 1; certificates - in DER, or any
 * number of them in PEM, encrypted in the old way or not. OpenSSH's own form is read by {@code org.symbolon.ssh}.
 *
 * <p>Each private key comes with its public half; they and the certificates of the same key have one CKA_ID, of the public key's
 * SHA-256. Names are the file's, else a certificate's common name; a key without one has no CKA_LABEL. Closing wipes the secret
 * values. Not thread-safe.
 */
public final class KeyFile implements AutoCloseable {
    /** The longest file that is read, in bytes: {@value}. */
    public static final int MAX_BYTES = 4 << 20;

    private final KeyFileContent content = new KeyFileContent();
    private final Optional<Pin> passphrase;
    private final DerivationBudget budget = DerivationBudget.ofFile();

    private KeyFile(Optional<Pin> passphrase) {
        this.passphrase = passphrase;
    }

    /**
     * Reads a file's content and finds out its form.
     *
     * @param file the content, up to {@value #MAX_BYTES} bytes; not changed, not kept, the caller wipes it
     * @param passphrase the passphrase, if the caller has one; stays his
     * @return the keys and certificates, to be closed
     * @throws ForeignFormatException if it is none of these, malformed, or encrypted: {@link
     *     ForeignFormatException#passphraseMissing()} tells whether it only lacks the passphrase
     */
    public static KeyFile parse(byte[] file, Optional<Pin> passphrase) throws ForeignFormatException {
        if (file.length > MAX_BYTES) {
            throw ForeignFormatException.malformed("the file has more than " + MAX_BYTES + " bytes");
        }
        KeyFile parsed = new KeyFile(passphrase);
        boolean whole = false;
        try {
            parsed.read(file);
            whole = true;
            return parsed;
        } catch (ForeignFormatException e) {
            throw e;
        } catch (IOException | IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            // The message may be of secret content.
            throw ForeignFormatException.malformed("the file is malformed: its ASN.1 is not that of a key file");
        } catch (ClassCastException | IndexOutOfBoundsException | NullPointerException e) {
            // Bouncy Castle's parser of structures meets something else than what it expects.
            throw ForeignFormatException.malformed("the file is malformed: a structure in it is another than expected");
        } finally {
            if (!whole) {
                parsed.close();
            }
        }
    }

    /**
     * Returns a secret key of these bytes.
     *
     * @param value the key; copied, the caller wipes it
     * @param type CKK_AES, CKK_GENERIC_SECRET or another type of secret keys
     * @return the key, to be closed
     * @throws ForeignFormatException if keys of this type have another length
     */
    public static KeyFile ofSecretKey(byte[] value, KeyType type) throws ForeignFormatException {
        KeyFile file = new KeyFile(Optional.empty());
        file.content.secretKey(value.clone(), type, Optional.empty());
        return file;
    }

    /** {@return the objects: their attributes with key material, CKA_ID and, where there is a name, CKA_LABEL} */
    public List<Attributes> objects() {
        return List.copyOf(content.objects());
    }

    private void read(byte[] file) throws IOException {
        if (file.length > 0 && file[0] == 0x30) {
            der(ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(file)));
            return;
        }
        List<PemBlock> blocks = PemBlock.all(file);
        try {
            for (PemBlock block : blocks) {
                pem(block);
            }
        } finally {
            blocks.forEach(block -> block.content().close());
        }
        if (content.objects().isEmpty()) {
            throw ForeignFormatException.malformed("there is no private key and no certificate in the file");
        }
    }

    private void pem(PemBlock block) throws IOException {
        byte[] bytes = block.content().toByteArray();
        if (!block.encryption().isEmpty()) {
            bytes = PasswordCipher.decryptPem(block.encryption(), bytes, required());
        }
        switch (block.label()) {
            case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "PKCS12" ->
                der(ASN1Sequence.getInstance(bytes));
            case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
                content.certificate(bytes, Optional.empty());
            case "EC PARAMETERS", "PUBLIC KEY", "RSA PUBLIC KEY", "DH PARAMETERS" -> {
                // Nothing that the private key does not say itself.
            }
            case "OPENSSH PRIVATE KEY" ->
                throw ForeignFormatException.malformed("this is OpenSSH's own form of private keys");
            default ->
                throw ForeignFormatException.malformed("PEM blocks of this kind are not imported: "
                        + block.label().replaceAll("[^A-Za-z0-9 ]", "?"));
        }
    }

    private Pin required() throws ForeignFormatException {
        return passphrase.orElseThrow(ForeignFormatException::encrypted);
    }

    private void der(ASN1Sequence sequence) throws IOException {
        ASN1Encodable first = sequence.getObjectAt(0);
        ASN1Encodable second = sequence.getObjectAt(1);
        boolean numbered = first instanceof ASN1Integer;
        if (numbered && second instanceof ASN1Integer) {
            RSAPrivateKey key = RSAPrivateKey.getInstance(sequence);
            content.privateKey(
                    new PrivateKeyInfo(
                                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), key)
                            .getEncoded(),
                    Optional.empty());
        } else if (numbered && second instanceof ASN1OctetString) {
            ECPrivateKey key = ECPrivateKey.getInstance(sequence);
            content.privateKey(
                    new PrivateKeyInfo(
                                    new AlgorithmIdentifier(
                                            X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                                    key)
                            .getEncoded(),
                    Optional.empty());
        } else if (numbered && ((ASN1Integer) first).hasValue(3)) {
            Pkcs12File.read(Pfx.getInstance(sequence), required(), content, budget);
        } else if (numbered) {
            content.privateKey(sequence.getEncoded(), Optional.empty());
        } else if (second instanceof ASN1OctetString) {
            EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(sequence);
            content.privateKey(
                    PasswordCipher.decrypt(info.getEncryptionAlgorithm(), info.getEncryptedData(), required(), budget),
                    Optional.empty());
        } else if (second instanceof ASN1BitString) {
            throw ForeignFormatException.malformed("this is a public key; a private key or a certificate is wanted");
        } else {
            content.certificate(sequence.getEncoded(), Optional.empty());
        }
    }

    /** Wipes the secret values. Idempotent. */
    @Override
    public void close() {
        content.objects().forEach(SecretValues::wipe);
    }
}
