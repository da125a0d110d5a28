package org.symbolon.jca;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.CertificateObject;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Outcome;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.StandardAttributes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;
import org.symbolon.jca.KeyStoreEntry.StoredCertificate;
import org.symbolon.spi.Request;

/** The objects of a token that a key store shows, read in one flight. Immutable. */
final class KeyStoreListing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStoreListing.class);
    private static final int CURSOR_STEP = 256;
    private static final long X_509 = 0;
    private static final Set<Attribute<?>> OF_KEYS =
            with(StandardAttributes.OF_EVERY_OBJECT, Attribute.ALLOWED_MECHANISMS);
    private static final Set<Attribute<?>> OF_CERTIFICATES =
            Set.of(Attribute.ID, Attribute.UNIQUE_ID, Attribute.TOKEN, Attribute.CERTIFICATE_TYPE, Attribute.VALUE);

    private final List<PrivateKeyObject> privateKeys;
    private final List<SecretKeyObject> secretKeys;
    private final Map<Bytes, List<PublicKeyObject>> publicKeys;
    private final List<StoredCertificate> certificates;
    private final Map<Bytes, List<StoredCertificate>> certificatesById;

    private KeyStoreListing(
            List<PrivateKeyObject> privateKeys,
            List<SecretKeyObject> secretKeys,
            List<PublicKeyObject> publicKeys,
            List<StoredCertificate> certificates) {
        this.privateKeys = privateKeys;
        this.secretKeys = secretKeys;
        this.certificates = certificates;
        this.publicKeys = new HashMap<>();
        for (PublicKeyObject key : publicKeys) {
            this.publicKeys
                    .computeIfAbsent(key.keyId(), id -> new ArrayList<>())
                    .add(key);
        }
        this.certificatesById = new HashMap<>();
        for (StoredCertificate stored : certificates) {
            certificatesById
                    .computeIfAbsent(id(stored.object()), id -> new ArrayList<>())
                    .add(stored);
        }
    }

    /**
     * Reads the listing.
     *
     * @throws TokenException if the token does not answer, or holds more than a key store can show
     */
    static KeyStoreListing read(Session session) throws TokenException {
        List<Outcome<?>> outcomes = session.performAll(List.of(
                new Request.Find(onToken(ObjectQuery.privateKeys()), OF_KEYS),
                new Request.Find(onToken(ObjectQuery.publicKeys()), OF_KEYS),
                new Request.Find(onToken(ObjectQuery.certificates()), OF_CERTIFICATES),
                new Request.Find(onToken(ObjectQuery.secretKeys()), OF_KEYS)));
        TokenException failure = null;
        List<List<TokenObject>> found = new ArrayList<>();
        for (Outcome<?> outcome : outcomes) {
            if (outcome.failure() != null) {
                failure = outcome.failure();
            } else if (outcome.get() instanceof ObjectCursor cursor) {
                try (cursor) {
                    found.add(drained(cursor));
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return new KeyStoreListing(
                only(found.get(0), PrivateKeyObject.class),
                only(found.get(3), SecretKeyObject.class),
                only(found.get(1), PublicKeyObject.class),
                parsed(only(found.get(2), CertificateObject.class)));
    }

    private static ObjectQuery onToken(ObjectQuery query) {
        return query.with(Attribute.TOKEN, true).limit(Session.MAX_FIND_ALL + 1L);
    }

    private static List<TokenObject> drained(ObjectCursor cursor) throws TokenException {
        List<TokenObject> objects = new ArrayList<>();
        for (List<TokenObject> part = cursor.next(CURSOR_STEP); !part.isEmpty(); part = cursor.next(CURSOR_STEP)) {
            objects.addAll(part);
            if (objects.size() > Session.MAX_FIND_ALL) {
                throw new TokenOperationException(
                        Status.ckr("CKR_HOST_MEMORY"),
                        "the token holds more than " + Session.MAX_FIND_ALL + " objects of a class, too many for a"
                                + " KeyStore; find the key with the plain API");
            }
        }
        return objects;
    }

    private static <T> List<T> only(List<TokenObject> objects, Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<StoredCertificate> parsed(List<CertificateObject> objects) throws TokenException {
        if (objects.isEmpty()) {
            return List.of();
        }
        CertificateFactory factory = x509();
        List<StoredCertificate> certificates = new ArrayList<>();
        for (CertificateObject object : objects) {
            Optional<Bytes> value = object.attributes().find(Attribute.VALUE).filter(v -> !v.isEmpty());
            boolean x509 = object.attributes().find(Attribute.CERTIFICATE_TYPE).orElse(X_509) == X_509;
            if (x509 && value.isPresent()) {
                parse(factory, object, value.get()).ifPresent(certificates::add);
            }
        }
        return List.copyOf(certificates);
    }

    private static CertificateFactory x509() throws TokenException {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new TokenOperationException(
                    Status.ckr("CKR_FUNCTION_FAILED"), "no installed provider reads X.509 certificates", e);
        }
    }

    /** One certificate that cannot be read does not hide the others. */
    private static Optional<StoredCertificate> parse(
            CertificateFactory factory, CertificateObject object, Bytes value) {
        try {
            X509Certificate certificate =
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(value.sharedArray()));
            return Optional.of(new StoredCertificate(object, certificate));
        } catch (CertificateException e) {
            LOG.warn("{} is left out of the key store, it cannot be read: {}", object.describe(), e.getMessage());
            return Optional.empty();
        }
    }

    List<PrivateKeyObject> privateKeys() {
        return privateKeys;
    }

    List<SecretKeyObject> secretKeys() {
        return secretKeys;
    }

    List<StoredCertificate> certificates() {
        return certificates;
    }

    /** Returns the public keys that go with a private key: those of its id and type. */
    List<PublicKeyObject> publicKeysOf(PrivateKeyObject key) {
        return key.keyId().isEmpty()
                ? List.of()
                : publicKeys.getOrDefault(key.keyId(), List.of()).stream()
                        .filter(publicKey -> publicKey.keyType().equals(key.keyType()))
                        .toList();
    }

    List<StoredCertificate> certificatesWithId(Bytes id) {
        return id.isEmpty() ? List.of() : certificatesById.getOrDefault(id, List.of());
    }

    private static Bytes id(CertificateObject object) {
        return object.attributes().find(Attribute.ID).orElse(Bytes.empty());
    }

    private static Set<Attribute<?>> with(Set<Attribute<?>> attributes, Attribute<?> more) {
        Set<Attribute<?>> all = new HashSet<>(attributes);
        all.add(more);
        return Set.copyOf(all);
    }
}
