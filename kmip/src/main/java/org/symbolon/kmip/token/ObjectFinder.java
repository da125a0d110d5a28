package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Deadline;
import org.symbolon.InvalidAttributeException;
import org.symbolon.ObjectClass;
import org.symbolon.Outcome;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * Locates objects. What it brings may be too much, since servers ignore filters that they do not know: whoever reads the objects compares
 * them. Listing a group names no Object Group Member, which would take objects out of it. Thread-safe.
 */
final class ObjectFinder {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectFinder.class);

    /** Identifiers are short: a page of them is longer than one of objects. */
    private static final int PAGE = 1000;

    private static final int MAX_OBJECTS = 1_000_000;

    private static final List<ObjectType> TYPES = List.of(
            ObjectType.PUBLIC_KEY,
            ObjectType.PRIVATE_KEY,
            ObjectType.SYMMETRIC_KEY,
            ObjectType.CERTIFICATE,
            ObjectType.OPAQUE_OBJECT);

    private final Server server;
    private final Labels labels;
    private final Optional<String> group;

    ObjectFinder(Server server, Labels labels, Optional<String> group) {
        this.server = server;
        this.labels = labels;
        this.group = group;
    }

    /** How the objects of a query are found: by requests that do not depend on each other, or by what takes its time. */
    private record Search(List<Locate.Request> requests, Slowly slowly) {
        static Search by(Slowly slowly) {
            return new Search(List.of(), slowly);
        }

        static Search none() {
            return by(List::of);
        }
    }

    @FunctionalInterface
    private interface Slowly {
        List<UniqueIdentifier> find() throws TokenException;
    }

    /** Returns the identifiers of all objects that may have these attributes. */
    List<UniqueIdentifier> find(org.symbolon.Attributes query, Deadline deadline) throws TokenException {
        return findAll(List.of(query), deadline).get(0).get();
    }

    /** Does the same for several queries: what asks for labels travels together. */
    List<Outcome<List<UniqueIdentifier>>> findAll(List<org.symbolon.Attributes> queries, Deadline deadline)
            throws TokenException {
        List<Search> searches =
                queries.stream().map(query -> search(query, deadline)).toList();
        List<Outcome<Locate.Response>> answers = server.all(
                searches.stream().flatMap(search -> search.requests().stream()).toList(), deadline);
        List<Outcome<List<UniqueIdentifier>>> found = new ArrayList<>();
        int from = 0;
        for (Search search : searches) {
            int end = from + search.requests().size();
            found.add(outcome(search, answers.subList(from, end)));
            from = end;
        }
        return found;
    }

    private static Outcome<List<UniqueIdentifier>> outcome(Search search, List<Outcome<Locate.Response>> answers) {
        try {
            return Outcome.success(answers.isEmpty() ? search.slowly().find() : located(answers));
        } catch (TokenException e) {
            return Outcome.failure(e);
        }
    }

    private Search search(org.symbolon.Attributes query, Deadline deadline) {
        Optional<String> unique = query.find(Attribute.UNIQUE_ID);
        if (!query.find(Attribute.TOKEN).orElse(true)
                || unique.filter(id -> id.startsWith(SessionObjects.PREFIX)).isPresent()) {
            return Search.none();
        }
        if (unique.isPresent()) {
            return Search.by(() -> List.of(UniqueIdentifier.of(unique.get())));
        }
        Attributes filter =
                group.isPresent() ? Attributes.NONE.with(AttributeType.OBJECT_GROUP, group.get()) : Attributes.NONE;
        Optional<ObjectClass> objectClass = query.find(Attribute.CLASS);
        if (objectClass.isPresent()) {
            Optional<ObjectType> type = ObjectKinds.objectType(objectClass.get());
            if (type.isEmpty()) {
                return Search.none();
            }
            filter = filter.with(AttributeType.OBJECT_TYPE, type.get());
        }
        Optional<String> label = query.find(Attribute.LABEL).filter(text -> !text.isEmpty());
        Attributes located = filter;
        if (label.isEmpty()) {
            return Search.by(() -> byId(query, located, deadline));
        }
        List<Locate.Request> requests = new ArrayList<>();
        for (org.symbolon.kmip.object.Attribute<?> carrier : labels.carriers(label.get(), objectClass)) {
            requests.add(new Locate.Request(null, null, null, null, located.with(carrier)));
        }
        return new Search(requests, List::of);
    }

    private static List<UniqueIdentifier> located(List<Outcome<Locate.Response>> outcomes) throws TokenException {
        Set<UniqueIdentifier> found = new LinkedHashSet<>();
        for (Outcome<Locate.Response> outcome : outcomes) {
            if (outcome.failure() instanceof InvalidAttributeException) {
                LOG.debug("The server has no such carrier of labels", outcome.failure());
            } else {
                found.addAll(outcome.get().uniqueIdentifiers());
            }
        }
        return List.copyOf(found);
    }

    /**
     * An id that an object carries is asked for. One that is derived of the key, as others' objects have it, only reading tells: what does
     * not carry an id, as far as is known, is read too.
     */
    private List<UniqueIdentifier> byId(org.symbolon.Attributes query, Attributes filter, Deadline deadline)
            throws TokenException {
        Optional<org.symbolon.Bytes> id = query.find(Attribute.ID).filter(bytes -> !bytes.isEmpty());
        if (id.isPresent() && server.memory().readsVendor()) {
            try {
                Set<UniqueIdentifier> found = new LinkedHashSet<>(
                        locate(filter.with(VendorAttributes.of(VendorAttributes.ID, id.get())), deadline));
                for (UniqueIdentifier other : locate(filter, deadline)) {
                    if (!server.memory().hasNoDerivedId(other)) {
                        found.add(other);
                    }
                }
                return List.copyOf(found);
            } catch (InvalidAttributeException | TokenOperationException e) {
                LOG.debug("The server does not locate by vendors' attributes: {}", e.getMessage());
            }
        }
        return locate(filter, deadline);
    }

    /** Returns what matches a filter, each once. */
    List<UniqueIdentifier> locate(Attributes filter, Deadline deadline) throws TokenException {
        if (server.version(deadline).isAtLeast(KmipVersion.V1_3)) {
            return paged(filter, deadline);
        }
        try {
            return located(new Locate.Request(null, null, null, null, filter), deadline);
        } catch (TokenOperationException e) {
            boolean tooMany = e.status().name().equals(ResultReason.RESPONSE_TOO_LARGE.xmlName());
            if (!tooMany || filter.get(AttributeType.OBJECT_TYPE).isPresent()) {
                throw e;
            }
        }
        Set<UniqueIdentifier> found = new LinkedHashSet<>();
        for (ObjectType type : TYPES) {
            found.addAll(locate(filter.with(AttributeType.OBJECT_TYPE, type), deadline));
        }
        return List.copyOf(found);
    }

    private List<UniqueIdentifier> paged(Attributes filter, Deadline deadline) throws TokenException {
        Set<UniqueIdentifier> found = new LinkedHashSet<>();
        for (int offset = 0; offset < MAX_OBJECTS; ) {
            Locate.Response page = server.call(new Locate.Request(PAGE, offset, null, null, filter), deadline);
            int count = page.uniqueIdentifiers().size();
            offset += count;
            boolean more =
                    page.locatedItems() != null && page.locatedItems() > offset; // its pages are shorter than asked
            if (!found.addAll(page.uniqueIdentifiers()) || (count < PAGE && !more)) {
                break; // the last page, or a server that ignores the offset
            }
        }
        return List.copyOf(found);
    }

    private List<UniqueIdentifier> located(Locate.Request request, Deadline deadline) throws TokenException {
        return new ArrayList<>(
                new LinkedHashSet<>(server.call(request, deadline).uniqueIdentifiers()));
    }
}
