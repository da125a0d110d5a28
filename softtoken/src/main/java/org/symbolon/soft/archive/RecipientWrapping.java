package org.symbolon.soft.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.soft.seal.Aead;
import org.symbolon.soft.seal.Sha256;

/**
 * Wraps the key of a backup for a public key: RSA by OAEP with SHA-256, EC and XDH by an agreement with a key pair of this one
 * wrapping, HKDF-SHA-256 over both public keys and AES-256-GCM.
 */
final class RecipientWrapping {
    private static final int MIN_RSA_BITS = 2048;
    private static final byte[] PURPOSE = "symbolon backup 2 recipient\0".getBytes(StandardCharsets.US_ASCII);

    private RecipientWrapping() {}

    private static OAEPParameterSpec oaep() {
        return new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    }

    /**
     * Wraps a key.
     *
     * @throws IllegalArgumentException if it is no public key that a backup can be encrypted for
     */
    static RecipientSlot wrap(PublicKey recipient, byte[] key) throws IOException {
        try {
            if (recipient instanceof RSAPublicKey rsa) {
                return new RecipientSlot(RecipientSlot.fingerprint(rsa), Bytes.wrap(encrypt(rsa, key)));
            } else if (recipient instanceof ECPublicKey || recipient instanceof XECPublicKey) {
                return new RecipientSlot(RecipientSlot.fingerprint(recipient), Bytes.wrap(agree(recipient, key)));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "a backup cannot be encrypted for this " + recipient.getAlgorithm() + " key: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "a backup is encrypted for RSA, EC and X25519 or X448 keys, not for " + recipient.getAlgorithm());
    }

    private static byte[] encrypt(RSAPublicKey recipient, byte[] key) throws GeneralSecurityException {
        if (recipient.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new IllegalArgumentException("a recipient's RSA key has at least " + MIN_RSA_BITS + " bits, not "
                    + recipient.getModulus().bitLength());
        }
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, recipient, oaep());
        return cipher.doFinal(key);
    }

    private static byte[] agree(PublicKey recipient, byte[] key) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(recipient instanceof ECPublicKey ? "EC" : "XDH");
        generator.initialize(
                recipient instanceof ECPublicKey ec ? ec.getParams() : ((XECPublicKey) recipient).getParams());
        KeyPair ephemeral = generator.generateKeyPair();
        byte[] sender = ephemeral.getPublic().getEncoded();
        byte[] secret = agree(ephemeral.getPrivate(), recipient);
        byte[] wrapping = wrappingKey(secret, sender, recipient);
        try {
            ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(wrapped);
            out.writeShort(sender.length);
            out.write(sender);
            out.write(Aead.seal(wrapping, sender, key));
            return wrapped.toByteArray();
        } finally {
            Arrays.fill(wrapping, (byte) 0);
        }
    }

    private static byte[] agree(PrivateKey own, PublicKey other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(other instanceof ECPublicKey ? "ECDH" : "XDH");
        agreement.init(own);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    /** Returns the key of one wrapping, and wipes the secret. */
    private static byte[] wrappingKey(byte[] secret, byte[] sender, PublicKey recipient) {
        byte[] extracted = Sha256.hmac(new byte[Sha256.BYTES], secret);
        try {
            byte[] receiver = recipient.getEncoded();
            byte[] info = Arrays.copyOf(PURPOSE, PURPOSE.length + sender.length + receiver.length);
            System.arraycopy(sender, 0, info, PURPOSE.length, sender.length);
            System.arraycopy(receiver, 0, info, PURPOSE.length + sender.length, receiver.length);
            return Sha256.expand(extracted, info);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(extracted, (byte) 0);
        }
    }

    /**
     * Returns the key, which the caller wipes.
     *
     * @throws ArchiveFormatException if the private key does not open it, or its token refuses; the message says why
     */
    static byte[] unwrap(RecipientSlot slot, KeyPair keys) throws IOException {
        try {
            byte[] key = keys.getPublic() instanceof RSAPublicKey
                    ? decrypt(keys.getPrivate(), slot.wrapped())
                    : opened(slot, keys);
            if (key.length != Sha256.BYTES) {
                throw new ArchiveFormatException("the backup's header is damaged: its key for this recipient is none");
            }
            return key;
        } catch (EOFException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ArchiveFormatException("the recipient's private key does not open the backup: " + e.getMessage());
        }
    }

    private static byte[] decrypt(PrivateKey key, Bytes wrapped) throws GeneralSecurityException {
        if (key instanceof TokenPrivateKey own) {
            Mechanism mechanism = new Mechanism(
                    Mechanism.RSA_PKCS_OAEP.type(),
                    new MechanismParameters.Oaep(HashAlgorithm.SHA_256, HashAlgorithm.SHA_256, Bytes.empty()));
            return own.session().decrypt(own.object(), mechanism, wrapped.toByteArray());
        }
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, (Key) key, oaep());
        return cipher.doFinal(wrapped.toByteArray());
    }

    private static byte[] opened(RecipientSlot slot, KeyPair keys) throws GeneralSecurityException, IOException {
        DataInputStream parts = slot.parts();
        byte[] sender = new byte[parts.readUnsignedShort()];
        parts.readFully(sender);
        PublicKey other = KeyFactory.getInstance(keys.getPublic() instanceof ECPublicKey ? "EC" : "XDH")
                .generatePublic(new X509EncodedKeySpec(sender));
        byte[] secret = keys.getPrivate() instanceof TokenPrivateKey own
                ? agreeOnToken(own, other)
                : agree(keys.getPrivate(), other);
        byte[] wrapping = wrappingKey(secret, sender, keys.getPublic());
        try {
            return Aead.open(wrapping, sender, parts.readAllBytes())
                    .orElseThrow(() -> new ArchiveFormatException("the backup's header is damaged"));
        } finally {
            Arrays.fill(wrapping, (byte) 0);
        }
    }

    private static byte[] agreeOnToken(TokenPrivateKey own, PublicKey other) throws TokenException {
        Attributes point = PublicKeys.template(other).attributes();
        NamedCurve curve = NamedCurve.ofEcParams(point.get(Attribute.EC_PARAMS)).orElseThrow();
        Mechanism mechanism = new Mechanism(
                Mechanism.ECDH1_DERIVE.type(),
                new DerivationParameters.Ecdh(Bytes.wrap(PublicKeys.rawPoint(point.get(Attribute.EC_POINT), curve))));
        Session session = own.session();
        KeyObject secret = session.deriveKey(
                own.object(),
                mechanism,
                Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                        .with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                        .with(Attribute.VALUE_LEN, (long) curve.fieldBytes())
                        .with(Attribute.TOKEN, false)
                        .with(Attribute.SENSITIVE, false)
                        .with(Attribute.EXTRACTABLE, true));
        try {
            return session.getAttributes(secret, Set.of(Attribute.VALUE))
                    .get(Attribute.VALUE)
                    .toByteArray();
        } finally {
            session.destroy(secret);
        }
    }
}
