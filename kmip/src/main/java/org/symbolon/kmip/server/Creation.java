package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.RngAlgorithm;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.RngParameters;
import org.symbolon.kmip.object.Template;
import org.symbolon.kmip.ttlv.KmipVersion;

/** The attributes that a new object has: what its client says, checked, and what the server adds. */
final class Creation {
    /** What a client says of a key though only the server sets it: it is what is asked for. */
    private static final Set<AttributeType<?>> ASKED_FOR = Set.of(
            AttributeType.CRYPTOGRAPHIC_ALGORITHM,
            AttributeType.CRYPTOGRAPHIC_LENGTH,
            AttributeType.CERTIFICATE_TYPE,
            AttributeType.OBJECT_TYPE,
            AttributeType.KEY_FORMAT_TYPE,
            AttributeType.OPAQUE_DATA_TYPE,
            AttributeType.PROTECTION_STORAGE_MASK);

    /** The token's generator, of which no more is known here. */
    private static final RngParameters GENERATOR =
            new RngParameters(RngAlgorithm.UNSPECIFIED, null, null, null, null, null, null, null);

    private final ObjectStore store;
    private final Materials materials;
    private final Names names;
    private final PolicyOperations policy;

    Creation(ObjectStore store, Materials materials, Names names, PolicyOperations policy) {
        this.store = store;
        this.names = names;
        this.policy = policy;
        this.materials = materials;
    }

    /** Returns what the client says of a new object, with the templates that it names. */
    Attributes asked(Attributes given, KmipVersion version) throws KmipFailure, TokenException {
        Attributes all = new Attributes(given.list(), List.of());
        for (Name template : given.templates()) {
            for (Attribute<?> attribute : template(template).list()) {
                if (all.get(attribute.type()).isEmpty()) {
                    all = all.with(attribute);
                }
            }
        }
        check(all, version);
        for (Attribute<?> attribute : all.list()) {
            names.requireFree(attribute, "");
        }
        return all;
    }

    private Attributes template(Name name) throws KmipFailure, TokenException {
        List<Managed> found = store.find(
                Attributes.NONE.with(AttributeType.NAME, name),
                object -> object.type().equals(ObjectType.TEMPLATE)
                        && object.attributes().all(AttributeType.NAME).contains(name));
        if (found.size() == 1) {
            ManagedObject object = materials.object(found.get(0), null);
            if (object instanceof Template template) {
                return new Attributes(
                        template.attributes().list().stream()
                                .filter(each -> !each.type().equals(AttributeType.NAME))
                                .toList(),
                        List.of());
            }
        }
        throw new KmipFailure(ResultReason.OBJECT_NOT_FOUND, "no Template has the name that the request gives");
    }

    private static void check(Attributes all, KmipVersion version) throws KmipFailure {
        Set<AttributeType<?>> seen = new HashSet<>();
        for (Attribute<?> attribute : all.list()) {
            AttributeType<?> type = attribute.type();
            AttributeRules.Rule rule = AttributeRules.of(type)
                    .orElseThrow(() -> new KmipFailure(
                            ResultReason.UNSUPPORTED_ATTRIBUTE, type + " is no attribute that this server knows"));
            boolean legal = rule.byClient() || ASKED_FOR.contains(type);
            if (!legal) {
                throw new KmipFailure(ResultReason.ATTRIBUTE_READ_ONLY, type + " is set by the server alone");
            }
            if (!AttributeRules.isIn(type, version) && !ASKED_FOR.contains(type)) {
                throw new KmipFailure(
                        ResultReason.UNSUPPORTED_ATTRIBUTE, "objects have no " + type + " in KMIP " + version);
            }
            if (!seen.add(type) && !rule.multiple()) {
                throw new KmipFailure(ResultReason.ATTRIBUTE_SINGLE_VALUED, type + " has one value and no more");
            }
        }
    }

    /** Returns all attributes of a new object. */
    Attributes complete(ObjectType type, Attributes asked) throws KmipFailure {
        policy.requirePermitted(type, asked);
        List<Attribute<?>> kept = new ArrayList<>(asked.list());
        kept.removeIf(each ->
                each.type().equals(AttributeType.OBJECT_TYPE) || each.type().equals(AttributeType.UNIQUE_IDENTIFIER));
        boolean active = asked.get(AttributeType.ACTIVATION_DATE)
                .filter(date -> !date.isAfter(store.now()))
                .isPresent();
        return Secrecy.begun(counted(new Attributes(kept, List.of())))
                .with(AttributeType.OBJECT_TYPE, type)
                .with(AttributeType.STATE, active ? State.ACTIVE : State.PRE_ACTIVE)
                .with(AttributeType.INITIAL_DATE, store.now())
                .with(AttributeType.LAST_CHANGE_DATE, store.now());
    }

    /** Returns all attributes of a new object whose secret the server made. */
    Attributes generated(ObjectType type, Attributes asked) throws KmipFailure {
        Attributes all = complete(type, asked);
        all = orElse(all, AttributeType.ORIGINAL_CREATION_DATE, store.now());
        return orElse(all, AttributeType.RANDOM_NUMBER_GENERATOR, GENERATOR);
    }

    /** Limits begin with nothing used up. */
    private static Attributes counted(Attributes attributes) {
        return attributes
                .get(AttributeType.USAGE_LIMITS)
                .map(limits -> Managed.without(attributes, AttributeType.USAGE_LIMITS)
                        .with(AttributeType.USAGE_LIMITS, UsageAccount.opened(limits)))
                .orElse(attributes);
    }

    /** Returns attributes with a value where they have none. */
    static <T> Attributes orElse(Attributes attributes, AttributeType<T> type, T value) {
        return attributes.get(type).isPresent() ? attributes : attributes.with(type, value);
    }

    /** Returns two sets as one: what the second says goes before what the first does. */
    static Attributes merged(Attributes common, Attributes own) {
        List<Attribute<?>> all = new ArrayList<>(own.list());
        for (Attribute<?> attribute : common.list()) {
            boolean multiple = AttributeRules.of(attribute.type())
                    .filter(AttributeRules.Rule::multiple)
                    .isPresent();
            if (multiple || own.get(attribute.type()).isEmpty()) {
                all.add(attribute);
            }
        }
        List<Name> templates = new ArrayList<>(own.templates());
        templates.addAll(common.templates());
        return new Attributes(all, templates);
    }
}
