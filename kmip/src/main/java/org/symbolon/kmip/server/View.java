package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;

/** An object's attributes as clients see them: those that are kept, and those that are computed when they are asked for. */
final class View {
    private static final Map<ObjectClass, LinkType> LINKS = Map.of(
            ObjectClass.PUBLIC_KEY, LinkType.PUBLIC_KEY_LINK,
            ObjectClass.PRIVATE_KEY, LinkType.PRIVATE_KEY_LINK,
            ObjectClass.CERTIFICATE, LinkType.CERTIFICATE_LINK);

    private final ObjectStore store;
    private final Materials materials;

    View(ObjectStore store, Materials materials) {
        this.store = store;
        this.materials = materials;
    }

    /** Returns the attributes that a version has and that are wanted, with indexes where the version has them. */
    Attributes of(Managed object, KmipVersion version, Predicate<AttributeType<?>> wanted) throws TokenException {
        Attributes all = Managed.without(object.attributes(), AttributeType.STATE)
                .with(AttributeType.STATE, object.state(store.now()))
                .with(AttributeType.UNIQUE_IDENTIFIER, UniqueIdentifier.of(object.id()));
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
        if (object.object() instanceof org.symbolon.KeyObject) {
            all = secrecy(all, object);
        }
        return numbered(all, version, wanted);
    }

    private static java.util.function.Function<org.symbolon.kmip.object.Digest, Attributes> withDigest(Attributes all) {
        return digest -> all.with(AttributeType.DIGEST, digest);
    }

    private static Attributes secrecy(Attributes attributes, Managed object) {
        org.symbolon.Attributes key = object.object().attributes();
        if (!key.has(Attribute.SENSITIVE)) {
            return attributes;
        }
        Attributes all = Creation.orElse(attributes, AttributeType.SENSITIVE, key.isTrue(Attribute.SENSITIVE));
        return Creation.orElse(all, AttributeType.EXTRACTABLE, key.isTrue(Attribute.EXTRACTABLE));
    }

    /** Returns links to the objects that have the same CKA_ID: the two keys of a pair, and their certificate. */
    private List<Link> links(Managed object) throws TokenException {
        Bytes id = object.object().attributes().find(Attribute.ID).orElse(Bytes.empty());
        List<Link> links = new ArrayList<>();
        if (id.isEmpty() || !LINKS.containsKey(object.object().objectClass())) {
            return links;
        }
        try (ObjectCursor others = store.session().find(ObjectQuery.all().id(id))) {
            for (TokenObject other : others.next(LINKS.size() + 1)) {
                Optional<LinkType> type = Optional.ofNullable(LINKS.get(other.objectClass()));
                if (type.isPresent()
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
            if (wanted.test(type) && AttributeRules.isIn(type, version)) {
                int index = next.merge(type, 1, Integer::sum) - 1;
                boolean indexed = !version.isAtLeast(KmipVersion.V2_0)
                        && AttributeRules.of(type)
                                .filter(AttributeRules.Rule::multiple)
                                .isPresent();
                numbered.add(indexed ? at(attribute, index) : attribute);
            }
        }
        return new Attributes(numbered, List.of());
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
