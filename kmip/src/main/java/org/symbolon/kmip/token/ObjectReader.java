package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Outcome;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Reads objects from a server, many at a time. What an object is made of does not change and is remembered, if it is public. Thread-safe. */
final class ObjectReader {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectReader.class);
    private static final int MAX_REMEMBERED = 4096;

    /** What is shown whole to everybody. Nothing else is fetched for being shown: a Secret Data stays where it is. */
    private static final Set<ObjectType> OPEN =
            Set.of(ObjectType.PUBLIC_KEY, ObjectType.CERTIFICATE, ObjectType.OPAQUE_OBJECT);

    private final Server server;
    private final Labels labels;
    private final Optional<String> group;
    private final Map<String, org.symbolon.Attributes> materials =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, org.symbolon.Attributes> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            });

    ObjectReader(Server server, Labels labels, Optional<String> group) {
        this.server = server;
        this.labels = labels;
        this.group = group;
    }

    /** Reads one object. */
    ServedObject require(String id, Deadline deadline) throws TokenException {
        List<ServedObject> found = read(List.of(UniqueIdentifier.of(id)), deadline);
        if (found.isEmpty()) {
            throw Refusals.gone(id);
        }
        return found.get(0);
    }

    /** Reads objects; those that are not there, not of this token or of no class of PKCS #11 are left out. */
    List<ServedObject> read(List<UniqueIdentifier> ids, Deadline deadline) throws TokenException {
        Map<UniqueIdentifier, Attributes> said = attributes(ids, deadline);
        Map<UniqueIdentifier, org.symbolon.Attributes> open = materials(said, deadline);
        List<ServedObject> objects = new ArrayList<>();
        for (Map.Entry<UniqueIdentifier, Attributes> each : said.entrySet()) {
            ObjectType type = each.getValue().get(AttributeType.OBJECT_TYPE).orElseThrow();
            Optional<ObjectClass> objectClass = ObjectKinds.objectClass(type);
            boolean hasKey = objectClass
                    .filter(kind -> kind.equals(ObjectClass.SECRET_KEY) || kind.equals(ObjectClass.DATA))
                    .isEmpty();
            if (!hasKey || each.getValue().get(VendorAttributes.ID).isPresent()) {
                server.memory().learntThatItHasNoDerivedId(each.getKey());
            }
            if (objectClass.isPresent()) {
                String label = labels.of(each.getValue(), objectClass.get(), deadline);
                org.symbolon.Attributes material = open.getOrDefault(each.getKey(), org.symbolon.Attributes.none());
                ObjectView.of(each.getKey().text(), type, each.getValue(), material, label)
                        .ifPresent(shown -> objects.add(new ServedObject(each.getKey(), each.getValue(), shown)));
            }
        }
        return objects;
    }

    private Map<UniqueIdentifier, Attributes> attributes(List<UniqueIdentifier> ids, Deadline deadline)
            throws TokenException {
        List<AttributeType<?>> wanted = wanted(server.version(deadline));
        List<Outcome<GetAttributes.Response>> answers = server.all(
                ids.stream().map(id -> new GetAttributes.Request(id, wanted)).toList(), deadline);
        Map<UniqueIdentifier, Attributes> said = new LinkedHashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            TokenException failure = answers.get(i).failure();
            boolean mayBeForOne = Refusals.mayBeForAnAttribute(failure);
            if (mayBeForOne && server.memory().readsVendor()) {
                LOG.debug("The server does not give vendors' attributes", failure);
                server.memory().readsNoVendor();
                return attributes(ids, deadline);
            }
            if (mayBeForOne && server.memory().readsSecrecy()) {
                LOG.debug("The server does not know Sensitive and Extractable", failure);
                server.memory().readsNoSecrecy();
                return attributes(ids, deadline);
            }
            if (failure instanceof ObjectNotFoundException || failure instanceof TokenPermissionException) {
                continue; // destroyed since it was located, or not for the eyes of this client
            }
            Attributes attributes = answers.get(i).get().attributes();
            if (isHere(attributes)) {
                said.put(ids.get(i), attributes);
            }
        }
        return said;
    }

    private static List<AttributeType<?>> wanted(KmipVersion version, boolean vendor, boolean secrecy) {
        List<AttributeType<?>> wanted = new ArrayList<>(List.of(
                AttributeType.OBJECT_TYPE,
                AttributeType.NAME,
                AttributeType.STATE,
                AttributeType.CRYPTOGRAPHIC_ALGORITHM,
                AttributeType.CRYPTOGRAPHIC_LENGTH,
                AttributeType.CRYPTOGRAPHIC_USAGE_MASK,
                AttributeType.APPLICATION_SPECIFIC_INFORMATION,
                AttributeType.OBJECT_GROUP,
                AttributeType.ACTIVATION_DATE,
                AttributeType.DEACTIVATION_DATE));
        wanted.add(AttributeType.LINK);
        wanted.add(AttributeType.USAGE_LIMITS);
        if (secrecy && version.isAtLeast(KmipVersion.V1_4)) {
            wanted.add(AttributeType.SENSITIVE);
            wanted.add(AttributeType.EXTRACTABLE);
        }
        if (vendor) {
            wanted.add(VendorAttributes.ID);
            wanted.add(VendorAttributes.REST);
        }
        return wanted;
    }

    private List<AttributeType<?>> wanted(KmipVersion version) {
        return wanted(version, server.memory().readsVendor(), server.memory().readsSecrecy());
    }

    /** Servers ignore what they do not know: what they located is looked at again. */
    private boolean isHere(Attributes said) {
        boolean ofGroup =
                group.isEmpty() || said.all(AttributeType.OBJECT_GROUP).contains(group.get());
        State state = said.get(AttributeType.STATE).orElse(State.ACTIVE);
        return ofGroup
                && said.get(AttributeType.OBJECT_TYPE).isPresent()
                && !state.equals(State.DESTROYED)
                && !state.equals(State.DESTROYED_COMPROMISED);
    }

    /** Returns the public parts of objects. */
    private Map<UniqueIdentifier, org.symbolon.Attributes> materials(
            Map<UniqueIdentifier, Attributes> said, Deadline deadline) throws TokenException {
        Map<UniqueIdentifier, org.symbolon.Attributes> parts = new HashMap<>();
        Map<UniqueIdentifier, UniqueIdentifier> sources = new LinkedHashMap<>();
        for (Map.Entry<UniqueIdentifier, Attributes> each : said.entrySet()) {
            ObjectType type = each.getValue().get(AttributeType.OBJECT_TYPE).orElseThrow();
            if (type.equals(ObjectType.PRIVATE_KEY)) {
                Optional<Bytes> info = VendorAttributes.rest(each.getValue())
                        .flatMap(rest -> rest.find(Attribute.PUBLIC_KEY_INFO))
                        .filter(value -> !value.isEmpty());
                if (info.isPresent()) {
                    parts.put(each.getKey(), Materials.publicPart(info.get()));
                } else {
                    publicKey(each.getValue()).ifPresent(source -> sources.put(each.getKey(), source));
                }
            } else if (OPEN.contains(type)) {
                sources.put(each.getKey(), each.getKey());
            }
        }
        read(sources, parts, deadline);
        return parts;
    }

    private static Optional<UniqueIdentifier> publicKey(Attributes said) {
        return said.all(AttributeType.LINK).stream()
                .filter(link -> link.linkType().equals(LinkType.PUBLIC_KEY_LINK))
                .map(Link::linkedObjectIdentifier)
                .filter(UniqueIdentifier.Text.class::isInstance)
                .findFirst();
    }

    private void read(
            Map<UniqueIdentifier, UniqueIdentifier> sources,
            Map<UniqueIdentifier, org.symbolon.Attributes> parts,
            Deadline deadline)
            throws TokenException {
        List<UniqueIdentifier> missing = sources.values().stream()
                .filter(source -> !materials.containsKey(source.text()))
                .distinct()
                .toList();
        List<KmipRequest<Get.Response>> requests = new ArrayList<>();
        missing.forEach(id -> requests.add(new Get.Request(id, null, null, null, null)));
        List<Outcome<Get.Response>> answers = server.all(requests, deadline);
        Map<String, org.symbolon.Attributes> fresh = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).failure() == null) {
                ManagedObject object = answers.get(i).get().object();
                if (!OPEN.contains(object.objectType())) {
                    LOG.warn("{} is no public object, as it says or a link to it does", missing.get(i));
                    continue; // a secret, which is not to be remembered
                }
                org.symbolon.Attributes material = Materials.of(object);
                fresh.put(missing.get(i).text(), material);
                if (!object.objectType().equals(ObjectType.OPAQUE_OBJECT)) {
                    materials.put(missing.get(i).text(), material);
                }
            } else {
                LOG.debug(
                        "an object is shown without what it is made of",
                        answers.get(i).failure());
            }
        }
        for (Map.Entry<UniqueIdentifier, UniqueIdentifier> each : sources.entrySet()) {
            String source = each.getValue().text();
            org.symbolon.Attributes material = fresh.getOrDefault(source, materials.get(source));
            if (material != null && each.getKey().equals(each.getValue())) {
                parts.put(each.getKey(), material);
            } else if (material != null && material.has(Attribute.PUBLIC_KEY_INFO)) {
                parts.put(each.getKey(), Materials.publicPart(material.get(Attribute.PUBLIC_KEY_INFO)));
            }
        }
    }

    /** Gets the whole of an object, secret parts included; they belong to the caller, who closes them. */
    org.symbolon.Attributes secrets(ServedObject object, Deadline deadline) throws TokenException {
        return Materials.of(server.call(new Get.Request(object.id(), null, null, null, null), deadline)
                .object());
    }
}
