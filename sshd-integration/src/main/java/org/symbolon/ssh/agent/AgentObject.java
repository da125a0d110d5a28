package org.symbolon.ssh.agent;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.TokenObject;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.StoredCertificates;

/**
 * A key or certificate of an agent as PKCS #11 has it. A key is two objects, its halves; a certificate of OpenSSH is a data object
 * as {@link StoredCertificates} keeps them, and so is the blob of a FIDO key, which signs for SSH only.
 *
 * @param object the object
 * @param key the key of a half; empty for others
 */
record AgentObject(TokenObject object, Optional<SshPublicKey> key) {
    /** CKA_APPLICATION of the data object of a FIDO key. */
    static final String FIDO_APPLICATION = "OpenSSH FIDO key";

    private static final Logger LOG = LoggerFactory.getLogger(AgentObject.class);
    private static final int MAX_LABEL_CHARS = 255;

    /** Returns the objects of what an agent lists; what is not understood is left out. */
    static List<AgentObject> all(String serialNumber, List<AgentIdentity> identities) {
        List<AgentObject> objects = new ArrayList<>();
        for (AgentIdentity identity : identities) {
            try {
                objects.addAll(of(serialNumber, identity));
            } catch (SshFormatException e) {
                LOG.debug("A key of the agent is left out: {}", e.getMessage());
            }
        }
        return objects;
    }

    static Bytes blob(SshPublicKey key) {
        return Bytes.wrap(key.blob());
    }

    private static List<AgentObject> of(String serialNumber, AgentIdentity identity) throws SshFormatException {
        byte[] blob = identity.blob().sharedArray();
        String label = identity.comment().length() > MAX_LABEL_CHARS
                ? identity.comment().substring(0, MAX_LABEL_CHARS)
                : identity.comment();
        if (SshCertificate.isType(KeyBlobs.typeName(blob))) {
            SshCertificate.parse(blob); // what is malformed is left out
            return List.of(data(serialNumber, StoredCertificates.APPLICATION, label, identity.blob()));
        }
        SshPublicKey key = SshPublicKey.parse(blob);
        if (key.type().isSecurityKey()) {
            return List.of(data(serialNumber, FIDO_APPLICATION, label, identity.blob()));
        }
        return List.of(
                half(serialNumber, ObjectClass.PUBLIC_KEY, label, key),
                half(serialNumber, ObjectClass.PRIVATE_KEY, label, key));
    }

    private static AgentObject half(String serialNumber, ObjectClass half, String label, SshPublicKey key)
            throws SshFormatException {
        Attributes attributes = PublicKeys.template(key.toPublicKey())
                .attributes()
                .with(Attribute.PUBLIC_KEY_INFO, Bytes.wrap(key.toSubjectPublicKeyInfo()));
        if (half.equals(ObjectClass.PRIVATE_KEY)) {
            attributes = attributes
                    .with(Attribute.SIGN, true)
                    .with(Attribute.SENSITIVE, true)
                    .with(Attribute.EXTRACTABLE, false)
                    .with(Attribute.ALWAYS_AUTHENTICATE, false);
        }
        return new AgentObject(
                object(
                        serialNumber,
                        half,
                        label,
                        key.fingerprint(),
                        attributes.with(Attribute.ID, Bytes.wrap(key.id()))),
                Optional.of(key));
    }

    private static AgentObject data(String serialNumber, String application, String label, Bytes value) {
        Attributes attributes =
                Attributes.none().with(Attribute.APPLICATION, application).with(Attribute.VALUE, value);
        return new AgentObject(
                object(serialNumber, ObjectClass.DATA, label, digest(value), attributes), Optional.empty());
    }

    private static TokenObject object(
            String serialNumber, ObjectClass objectClass, String label, String name, Attributes attributes) {
        ObjectId id = new ObjectId.Unique(serialNumber, objectClass.name() + " " + name);
        return TokenObject.of(
                id,
                attributes
                        .with(Attribute.CLASS, objectClass)
                        .with(Attribute.LABEL, label)
                        .with(Attribute.TOKEN, true)
                        .with(Attribute.PRIVATE, false)
                        .with(Attribute.MODIFIABLE, false),
                true);
    }

    private static String digest(Bytes value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value.sharedArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }
}
