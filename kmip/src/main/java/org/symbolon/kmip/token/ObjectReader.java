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
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
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

    static boolean isOpen(ObjectClass objectClass) {
        return ObjectKinds.objectType(objectClass).filter(OPEN::contains).isPresent();
    }

    /** Reads objects; those that are not there, not of this token or of no class of PKCS #11 are left out. */
    private List<ServedObject> read(List<UniqueIdentifier> ids, Deadline deadline) throws TokenException {
        return read(ids, Set.of(), deadline);
    }

    /**
     * Reads objects; those that are not there, not of this token or of no class of PKCS #11 are left out.
     *
     * @param likelyOpen those that were located as what is shown whole: they are fetched by the message that asks what they are
     */
    List<ServedObject> read(List<UniqueIdentifier> ids, Set<UniqueIdentifier> likelyOpen, Deadline deadline)
            throws TokenException {
        Map<UniqueIdentifier, Outcome<Get.Response>> fetched = new HashMap<>();
        Map<UniqueIdentifier, Attributes> said = attributes(ids, likelyOpen, fetched, deadline);
        Map<UniqueIdentifier, org.symbolon.Attributes> open = materials(said, fetched, deadline);
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

    private Map<UniqueIdentifier, Attributes> attributes(
            List<UniqueIdentifier> ids,
            Set<UniqueIdentifier> likelyOpen,
            Map<UniqueIdentifier, Outcome<Get.Response>> fetched,
            Deadline deadline)
            throws TokenException {
        List<AttributeType<?>> wanted = wanted(server.version(deadline));
        List<KmipRequest<?>> requests = new ArrayList<>();
        ids.forEach(id -> requests.add(new GetAttributes.Request(id, wanted)));
        List<UniqueIdentifier> unknown = likelyOpen.stream()
                .filter(id -> !materials.containsKey(id.text()) && !fetched.containsKey(id))
                .toList();
        unknown.forEach(id -> requests.add(new Get.Request(id, null, null, null, null)));
        List<Outcome<KmipResponse>> answers = server.mixed(requests, deadline);
        for (int i = 0; i < unknown.size(); i++) {
            fetched.put(unknown.get(i), got(answers.get(ids.size() + i)));
        }
        Map<UniqueIdentifier, Attributes> said = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            TokenException failure = answers.get(i).failure();
            boolean mayBeForOne = Refusals.mayBeForAnAttribute(failure);
            if (mayBeForOne && server.memory().readsVendor()) {
                LOG.debug("The server does not give vendors' attributes", failure);
                server.memory().readsNoVendor();
                return attributes(ids, likelyOpen, fetched, deadline);
            }
            if (mayBeForOne && server.memory().readsSecrecy()) {
                LOG.debug("The server does not know Sensitive and Extractable", failure);
                server.memory().readsNoSecrecy();
                return attributes(ids, likelyOpen, fetched, deadline);
            }
            if (failure instanceof ObjectNotFoundException || failure instanceof TokenPermissionException) {
                continue; // destroyed since it was located, or not for the eyes of this client
            }
            Attributes attributes = ((GetAttributes.Response) answers.get(i).get()).attributes();
            if (isHere(attributes)) {
                said.put(ids.get(i), attributes);
            }
        }
        return said;
    }

    private static Outcome<Get.Response> got(Outcome<KmipResponse> answer) {
        return new Outcome<>((Get.Response) answer.result(), answer.failure());
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
            Map<UniqueIdentifier, Attributes> said,
            Map<UniqueIdentifier, Outcome<Get.Response>> fetched,
            Deadline deadline)
            throws TokenException {
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
        read(sources, fetched, parts, deadline);
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
            Map<UniqueIdentifier, Outcome<Get.Response>> fetched,
            Map<UniqueIdentifier, org.symbolon.Attributes> parts,
            Deadline deadline)
            throws TokenException {
        List<UniqueIdentifier> missing = sources.values().stream()
                .filter(source -> !materials.containsKey(source.text()) && !fetched.containsKey(source))
                .distinct()
                .toList();
        List<KmipRequest<Get.Response>> requests = new ArrayList<>();
        missing.forEach(id -> requests.add(new Get.Request(id, null, null, null, null)));
        List<Outcome<Get.Response>> answers = server.all(requests, deadline);
        for (int i = 0; i < answers.size(); i++) {
            fetched.put(missing.get(i), answers.get(i));
        }
        Map<String, org.symbolon.Attributes> fresh = new HashMap<>();
        for (Map.Entry<UniqueIdentifier, Outcome<Get.Response>> each : fetched.entrySet()) {
            if (each.getValue().failure() != null) {
                LOG.debug(
                        "an object is shown without what it is made of",
                        each.getValue().failure());
                continue;
            }
            ManagedObject object = each.getValue().get().object();
            if (!OPEN.contains(object.objectType())) {
                LOG.warn(
                        "{} is no public object, as it says, a link to it does, or it was located as one",
                        each.getKey());
                forget(object);
                continue;
            }
            org.symbolon.Attributes material = Materials.of(object);
            fresh.put(each.getKey().text(), material);
            if (!object.objectType().equals(ObjectType.OPAQUE_OBJECT)) {
                materials.put(each.getKey().text(), material);
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

    private static void forget(ManagedObject secret) {
        Optional<Bytes> encoding = Passing.block(secret).flatMap(KeyBlock::encoding);
        if (encoding.isPresent() && encoding.get() instanceof SecretBytes bytes) {
            bytes.close();
        }
    }

    /** Gets the whole of an object, secret parts included; they belong to the caller, who closes them. */
    org.symbolon.Attributes secrets(ServedObject object, Deadline deadline) throws TokenException {
        return Materials.of(server.call(new Get.Request(object.id(), null, null, null, null), deadline)
                .object());
    }
}
