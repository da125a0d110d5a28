package org.symbolon.kmip.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ProtectionStorageMask;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Digest;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;

/** An object's attributes as clients see them: those that are kept, and those that are computed when they are asked for. */
final class View {
    private static final Map<ObjectClass, LinkType> LINKS = Map.of(
            ObjectClass.PUBLIC_KEY, LinkType.PUBLIC_KEY_LINK,
            ObjectClass.PRIVATE_KEY, LinkType.PRIVATE_KEY_LINK,
            ObjectClass.CERTIFICATE, LinkType.CERTIFICATE_LINK);

    private static final Set<CryptographicAlgorithm> CURVES =
            Set.of(CryptographicAlgorithm.EC, CryptographicAlgorithm.ECDSA, CryptographicAlgorithm.ECDH);

    private final ObjectStore store;
    private final Materials materials;

    View(ObjectStore store, Materials materials) {
        this.store = store;
        this.materials = materials;
    }

    /** Returns the attributes that a version has and that are wanted, with indexes where the version has them. */
    Attributes of(Managed object, KmipVersion version, Predicate<AttributeType<?>> wanted) throws TokenException {
        return numbered(all(object, wanted), version, wanted);
    }

    /** Returns all attributes of an object; what takes more than a look only where it is wanted. */
    Attributes all(Managed object, Predicate<AttributeType<?>> wanted) throws TokenException {
        Attributes all = atHand(object);
        if (DestroyedObjects.isRecord(object)) {
            return all;
        }
        if (wanted.test(AttributeType.DIGEST)
                && all.get(AttributeType.DIGEST).isEmpty()
                && !object.type().equals(ObjectType.TEMPLATE)) {
            all = materials.digest(object).map(withDigest(all)).orElse(all);
        }
        if (wanted.test(AttributeType.LINK)) {
            for (Link link : links(object)) {
                all = all.all(AttributeType.LINK).contains(link) ? all : all.with(AttributeType.LINK, link);
            }
        }
        return all;
    }

    /** Returns the attributes that are kept, with those that every object has and that need not be kept. */
    Attributes atHand(Managed object) {
        Attributes all = object.with(AttributeType.STATE, object.state(store.now()));
        all = Managed.without(all, AttributeType.UNIQUE_IDENTIFIER)
                .with(AttributeType.UNIQUE_IDENTIFIER, UniqueIdentifier.of(object.id()));
        if (object.type().equals(ObjectType.TEMPLATE)) {
            return all;
        }
        all = Creation.orElse(all, AttributeType.SHORT_UNIQUE_IDENTIFIER, shortId(object.id()));
        all = Creation.orElse(all, AttributeType.LEASE_TIME, store.semantics().leaseTime());
        Optional<KeyFormatType> format = keyFormat(object);
        if (format.isPresent()) {
            all = Creation.orElse(all, AttributeType.KEY_FORMAT_TYPE, format.get());
        }
        if (object.kept()) {
            all = Managed.without(all, AttributeType.FRESH).with(AttributeType.FRESH, isFresh(object));
            all = Creation.orElse(all, AttributeType.PROTECTION_STORAGE_MASK, ProtectionStorageMask.SOFTWARE);
        }
        return secrecy(all, object);
    }

    /** Returns whether an attribute is the server's own, which clients neither see nor ask for. */
    static boolean isHidden(AttributeType<?> type) {
        return type.equals(Permissions.OWNER) || type.equals(KeptAttributes.SEQUENCE);
    }

    /** Returns whether an object was not given out yet. */
    boolean isFresh(Managed object) {
        return store.served().isFresh(object);
    }

    /** Returns the format that an object is given in where none is asked for (KMIP 2.1 section 4.26). */
    private static Optional<KeyFormatType> keyFormat(Managed object) {
        ObjectType type = object.type();
        if (type.equals(ObjectType.CERTIFICATE)) {
            return Optional.of(KeyFormatType.X_509);
        } else if (type.equals(ObjectType.SYMMETRIC_KEY) || type.equals(ObjectType.SECRET_DATA)) {
            return Optional.of(KeyFormatType.RAW);
        }
        Optional<CryptographicAlgorithm> algorithm = object.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM);
        if (algorithm.equals(Optional.of(CryptographicAlgorithm.RSA))) {
            return Optional.of(KeyFormatType.PKCS_1);
        } else if (algorithm.isEmpty() || !CURVES.contains(algorithm.get())) {
            return Optional.empty();
        }
        boolean isPrivate = type.equals(ObjectType.PRIVATE_KEY);
        return Optional.of(
                isPrivate ? KeyFormatType.TRANSPARENT_EC_PRIVATE_KEY : KeyFormatType.TRANSPARENT_EC_PUBLIC_KEY);
    }

    /** Returns the 16 bytes that most tokens' identifiers are, or as many of a hash. */
    static Bytes shortId(String id) {
        try {
            UUID uuid = UUID.fromString(id);
            return Bytes.wrap(ByteBuffer.allocate(16)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array());
        } catch (IllegalArgumentException e) {
            UUID hashed = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
            return shortId(hashed.toString());
        }
    }

    private static Function<Digest, Attributes> withDigest(Attributes all) {
        return digest -> all.with(AttributeType.DIGEST, digest);
    }

    private static Attributes secrecy(Attributes attributes, Managed object) {
        org.symbolon.Attributes key = object.object().attributes();
        boolean token = object.object() instanceof org.symbolon.KeyObject && key.has(Attribute.SENSITIVE);
        boolean sensitive = token && key.isTrue(Attribute.SENSITIVE);
        boolean extractable = !token || key.isTrue(Attribute.EXTRACTABLE);
        Attributes all = Creation.orElse(attributes, AttributeType.SENSITIVE, sensitive);
        all = Creation.orElse(all, AttributeType.EXTRACTABLE, extractable);
        all = Creation.orElse(all, AttributeType.ALWAYS_SENSITIVE, false);
        return Creation.orElse(all, AttributeType.NEVER_EXTRACTABLE, false);
    }

    /** Returns how other objects are linked to one. */
    static Optional<LinkType> linkTo(Managed object) {
        return Optional.ofNullable(LINKS.get(object.object().objectClass()));
    }

    /** Returns links to the objects that have the same CKA_ID: the two keys of a pair, and their certificate. */
    List<Link> links(Managed object) throws TokenException {
        Bytes id = object.object().attributes().find(Attribute.ID).orElse(Bytes.empty());
        List<Link> links = new ArrayList<>();
        if (id.isEmpty() || !LINKS.containsKey(object.object().objectClass())) {
            return links;
        }
        try (ObjectCursor others = store.session().find(ObjectQuery.all().id(id), KeptAttributes.WANTED)) {
            for (TokenObject other : others.next(LINKS.size() + 1)) {
                Optional<LinkType> type = Optional.ofNullable(LINKS.get(other.objectClass()));
                if (type.isPresent()
                        && store.sees(other)
                        && !other.id().equals(object.object().id())
                        && other.id() instanceof ObjectId.Unique unique) {
                    links.add(new Link(type.get(), UniqueIdentifier.of(unique.uniqueId())));
                }
            }
        }
        return links;
    }

    private static Attributes numbered(Attributes all, KmipVersion version, Predicate<AttributeType<?>> wanted) {
        List<org.symbolon.kmip.object.Attribute<?>> numbered = new ArrayList<>();
        Map<AttributeType<?>, Integer> next = new HashMap<>();
        for (org.symbolon.kmip.object.Attribute<?> attribute : all.list()) {
            AttributeType<?> type = attribute.type();
            boolean shown = !isHidden(type);
            if (shown && wanted.test(type) && AttributeRules.isIn(type, version)) {
                int index = next.merge(type, 1, Integer::sum) - 1;
                boolean indexed = !version.isAtLeast(KmipVersion.V2_0)
                        && AttributeRules.of(type)
                                .filter(AttributeRules.Rule::multiple)
                                .isPresent();
                org.symbolon.kmip.object.Attribute<?> one = inVersion(attribute, version);
                numbered.add(indexed ? at(one, index) : one);
            }
        }
        return new Attributes(numbered, List.of());
    }

    /** KMIP 1.0 does not say which format of a key a digest is of. */
    private static org.symbolon.kmip.object.Attribute<?> inVersion(
            org.symbolon.kmip.object.Attribute<?> attribute, KmipVersion version) {
        return version.equals(KmipVersion.V1_0) && attribute.value() instanceof Digest digest
                ? org.symbolon.kmip.object.Attribute.of(
                        AttributeType.DIGEST, new Digest(digest.hashingAlgorithm(), digest.digestValue(), null))
                : attribute;
    }

    /** Returns an attribute with its index. */
    static <T> org.symbolon.kmip.object.Attribute<T> at(org.symbolon.kmip.object.Attribute<T> attribute, int index) {
        return new org.symbolon.kmip.object.Attribute<>(attribute.type(), index, attribute.value());
    }

    /** Returns which attributes an object has. */
    Set<AttributeType<?>> types(Managed object, KmipVersion version) throws TokenException {
        Set<AttributeType<?>> types = new LinkedHashSet<>();
        of(object, version, type -> true).list().forEach(each -> types.add(each.type()));
        return types;
    }
}
