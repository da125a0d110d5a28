package org.symbolon.kmip.server;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.StandardAttributes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;

/** A token's objects as KMIP's managed objects. Thread-safe. */
final class ObjectStore {
    /** Where the KMIP attributes are, in tokens that keep them. */
    static final Attribute<Bytes> KMIP =
            Attribute.named("CKA_SYMBOLON_KMIP").orElseThrow().as(AttributeType.BYTES);

    private static final int MAX_ID = 256;
    private static final int PAGE = 256;
    private static final Set<Attribute<?>> WANTED = wanted();

    private final Session session;
    private final Clock clock;

    ObjectStore(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    private static Set<Attribute<?>> wanted() {
        Set<Attribute<?>> wanted = new HashSet<>(StandardAttributes.OF_EVERY_OBJECT);
        wanted.addAll(StandardAttributes.USES);
        wanted.add(KMIP);
        return Set.copyOf(wanted);
    }

    Session session() {
        return session;
    }

    /** Returns the time in whole seconds, as KMIP keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Returns the object of a Unique Identifier. */
    Managed require(String id) throws KmipFailure, TokenException {
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw notFound();
        }
        try (ObjectCursor found = session.find(ObjectQuery.all().with(Attribute.UNIQUE_ID, id), WANTED)) {
            List<TokenObject> objects = found.next(1);
            if (objects.isEmpty()) {
                throw notFound();
            }
            return managed(objects.get(0));
        } catch (ObjectNotFoundException e) {
            throw new KmipFailure(ResultReason.OBJECT_NOT_FOUND, "the object has just been destroyed", e);
        }
    }

    private static KmipFailure notFound() {
        return new KmipFailure(ResultReason.OBJECT_NOT_FOUND, "no object has this Unique Identifier");
    }

    private static Managed managed(TokenObject object) throws KmipFailure {
        Optional<Bytes> stored = object.attributes().find(KMIP).filter(value -> !value.isEmpty());
        return stored.isPresent()
                ? new Managed(object, StoredTtlv.attributes(stored.get()), true)
                : new Managed(object, PlainView.of(object), false);
    }

    /** Returns the objects that match. */
    List<Managed> find(Optional<ObjectType> type, Predicate<Managed> matches) throws KmipFailure, TokenException {
        ObjectQuery query =
                type.flatMap(ObjectStore::onlyClass).map(ObjectQuery::of).orElse(ObjectQuery.all());
        List<Managed> found = new ArrayList<>();
        try (ObjectCursor cursor = session.find(query, WANTED)) {
            for (List<TokenObject> page = cursor.next(PAGE); !page.isEmpty(); page = cursor.next(PAGE)) {
                for (TokenObject each : page) {
                    Managed object = managed(each);
                    if (matches.test(object)) {
                        found.add(object);
                    }
                }
            }
        }
        return found;
    }

    /** Returns the class that objects of a type are in; empty where some are kept as data. */
    private static Optional<ObjectClass> onlyClass(ObjectType type) {
        boolean data = type.equals(ObjectType.OPAQUE_OBJECT)
                || type.equals(ObjectType.SECRET_DATA)
                || type.equals(ObjectType.TEMPLATE);
        return data ? Optional.of(ObjectClass.DATA) : Optional.empty();
    }

    /** Returns the template that keeps attributes with an object, and its label. */
    static Template keeping(Attributes attributes) {
        String label = attributes
                .get(org.symbolon.kmip.object.AttributeType.NAME)
                .map(Name::nameValue)
                .orElse("");
        return Template.label(label).onToken().with(KMIP, StoredTtlv.of(attributes));
    }

    /** Creates an object that keeps attributes. */
    Managed create(Template template, Attributes attributes) throws KmipFailure, TokenException {
        return reread(keptOrRefused(() -> session.create(template.and(keeping(attributes)))));
    }

    /** Reads an object again that was just made. */
    Managed reread(TokenObject object) throws KmipFailure, TokenException {
        return managed(TokenObject.of(object.id(), session.getAttributes(object, WANTED), object.verified()));
    }

    /** Changes the attributes of an object. */
    Managed update(Managed object, Attributes attributes) throws KmipFailure, TokenException {
        return update(object, attributes, Template.empty());
    }

    /** Changes the attributes of an object, and some of PKCS #11's. */
    Managed update(Managed object, Attributes attributes, Template more) throws KmipFailure, TokenException {
        Attributes changed = Managed.without(attributes, org.symbolon.kmip.object.AttributeType.LAST_CHANGE_DATE)
                .with(org.symbolon.kmip.object.AttributeType.LAST_CHANGE_DATE, now());
        Template template = more.with(KMIP, StoredTtlv.of(changed));
        return reread(keptOrRefused(() -> session.setAttributes(object.object(), template)));
    }

    void destroy(Managed object) throws TokenException {
        session.destroy(object.object());
    }

    /** Asks the token for something that holds KMIP attributes. */
    @FunctionalInterface
    interface Keeping<T> {
        T call() throws TokenException;
    }

    /** Asks the token, and says what it lacks where it cannot keep KMIP's attributes. */
    static <T> T keptOrRefused(Keeping<T> call) throws KmipFailure, TokenException {
        try {
            return call.call();
        } catch (InvalidAttributeException e) {
            if (!e.status().name().equals("CKR_ATTRIBUTE_TYPE_INVALID")) {
                throw e;
            }
            throw new KmipFailure(
                    ResultReason.FEATURE_NOT_SUPPORTED,
                    "the token behind this server keeps no KMIP attributes, so that its objects are used and not"
                            + " changed here",
                    e);
        }
    }
}
