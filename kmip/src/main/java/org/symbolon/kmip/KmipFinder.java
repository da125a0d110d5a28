package org.symbolon.kmip;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Outcome;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * Finds objects, and believes no server what it located: servers ignore filters that they do not know, and one was seen to answer
 * every name with the same object. Lists come in pages, each object once; a group is listed without Object Group Member, which would
 * take objects out of it. Immutable and thread-safe. Blocks as the client does, for each page.
 */
public final class KmipFinder {
    private static final Logger LOG = LoggerFactory.getLogger(KmipFinder.class);
    private static final int MAX_OBJECTS = 1_000_000;
    private static final int MAX_PAGE = 10_000;
    private static final int DEFAULT_PAGE = 500;

    private final KmipClient client;
    private final int pageSize;

    /**
     * Makes a finder.
     *
     * @param client of the server; stays the caller's
     */
    public KmipFinder(KmipClient client) {
        this(client, DEFAULT_PAGE);
    }

    private KmipFinder(KmipClient client, int pageSize) {
        this.client = client;
        this.pageSize = pageSize;
    }

    /**
     * Returns a finder that asks for other pages. Servers before KMIP 1.3 know none.
     *
     * @param objects how many objects, 1 to 10,000; 500 where it is not set
     * @return the finder
     */
    public KmipFinder pagesOf(int objects) {
        if (objects < 1 || objects > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " objects, not " + objects);
        }
        return new KmipFinder(client, objects);
    }

    /**
     * Lists what the server locates, unchecked.
     *
     * @param wanted what all of them have, such as an Object Group; nothing for every object
     * @return their identifiers, each once
     * @throws TokenException if the server refuses it
     */
    public List<UniqueIdentifier> list(Attributes wanted) throws TokenException {
        return List.copyOf(client.version().isAtLeast(KmipVersion.V1_3) ? paged(wanted) : whole(wanted));
    }

    private Set<UniqueIdentifier> paged(Attributes wanted) throws TokenException {
        Set<UniqueIdentifier> found = new LinkedHashSet<>();
        for (int offset = 0; offset < MAX_OBJECTS; ) {
            Locate.Response page = client.call(new Locate.Request(pageSize, offset, null, null, wanted));
            int count = page.uniqueIdentifiers().size();
            offset += count;
            boolean more =
                    page.locatedItems() != null && page.locatedItems() > offset; // its pages are shorter than asked
            if (!found.addAll(page.uniqueIdentifiers()) || (count < pageSize && !more)) {
                break; // the last page, or a server that ignores the offset
            }
        }
        return found;
    }

    /** Lists in one piece, or by the types of objects where that is too large. */
    private Set<UniqueIdentifier> whole(Attributes wanted) throws TokenException {
        try {
            return new LinkedHashSet<>(client.locate(wanted));
        } catch (TokenException e) {
            if (!RetryClass.isTooLarge(e)
                    || wanted.get(AttributeType.OBJECT_TYPE).isPresent()) {
                throw e;
            }
        }
        Set<UniqueIdentifier> found = new LinkedHashSet<>();
        for (ObjectType type : List.of(
                ObjectType.CERTIFICATE,
                ObjectType.SYMMETRIC_KEY,
                ObjectType.PUBLIC_KEY,
                ObjectType.PRIVATE_KEY,
                ObjectType.SPLIT_KEY,
                ObjectType.TEMPLATE,
                ObjectType.SECRET_DATA,
                ObjectType.OPAQUE_OBJECT)) {
            found.addAll(client.locate(wanted.with(AttributeType.OBJECT_TYPE, type)));
        }
        return found;
    }

    /**
     * Finds objects and checks each: what the server located without having what was looked for is left out.
     *
     * @param wanted what all of them have: names, type, algorithm, length, state, groups and so on; of a Cryptographic Usage Mask all
     *     bits
     * @param alsoRead which attributes are read beside these
     * @return the objects that have it
     * @throws TokenException if the server refuses it
     */
    public List<FoundObject> find(Attributes wanted, AttributeType<?>... alsoRead) throws TokenException {
        Set<AttributeType<?>> read = new LinkedHashSet<>();
        wanted.list().forEach(attribute -> read.add(attribute.type()));
        read.addAll(List.of(alsoRead));
        List<UniqueIdentifier> ids = list(wanted);
        List<FoundObject> found = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += pageSize) {
            List<UniqueIdentifier> page = ids.subList(from, Math.min(ids.size(), from + pageSize));
            List<Outcome<GetAttributes.Response>> answers = client.callAll(page.stream()
                    .map(id -> new GetAttributes.Request(id, List.copyOf(read)))
                    .toList());
            for (int i = 0; i < page.size(); i++) {
                check(page.get(i), answers.get(i), wanted, found);
            }
        }
        return found;
    }

    private static void check(
            UniqueIdentifier id, Outcome<GetAttributes.Response> answer, Attributes wanted, List<FoundObject> found)
            throws TokenException {
        if (answer.failure() instanceof ObjectNotFoundException) {
            return; // destroyed since it was located
        }
        Attributes attributes = answer.get().attributes();
        for (Attribute<?> attribute : wanted.list()) {
            if (!LocateFilter.matches(attribute, attributes)) {
                LOG.warn("the server located {} by {}, which it does not have; it is left out", id, attribute.type());
                return;
            }
        }
        found.add(new FoundObject(id, attributes));
    }

    /**
     * Finds the one object that has what is looked for.
     *
     * @param wanted as for {@link #find}
     * @param alsoRead which attributes are read beside these
     * @return the object
     * @throws ObjectNotFoundException if there is none
     * @throws AmbiguousObjectException if there are several
     * @throws TokenException if the server refuses it
     */
    public FoundObject findOne(Attributes wanted, AttributeType<?>... alsoRead) throws TokenException {
        List<FoundObject> found = find(wanted, alsoRead);
        if (found.isEmpty()) {
            throw new ObjectNotFoundException(new Status("ItemNotFound", 1), "no object has " + described(wanted));
        }
        if (found.size() > 1) {
            throw new AmbiguousObjectException(
                    new Status("IllegalOperation", 0xB), found.size() + " objects have " + described(wanted));
        }
        return found.get(0);
    }

    private static List<String> described(Attributes wanted) {
        return wanted.list().stream().map(each -> each.type().toString()).toList();
    }
}
