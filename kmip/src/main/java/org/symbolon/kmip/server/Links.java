package org.symbolon.kmip.server;

import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.UniqueIdentifier;

/** The links that the server sets between objects (KMIP 2.1 section 4.35). */
final class Links {
    private Links() {}

    /** Returns attributes with the only link of its type. */
    static Attributes with(Attributes attributes, LinkType type, Managed other) {
        Attributes all = new Attributes(
                attributes.list().stream().filter(each -> !isOf(each, type)).toList(), attributes.templates());
        return all.with(AttributeType.LINK, new Link(type, UniqueIdentifier.of(other.id())));
    }

    private static boolean isOf(Attribute<?> attribute, LinkType type) {
        return attribute.value() instanceof Link link && link.linkType().equals(type);
    }

    /** Adds a link to an object, beside others of its type; one that who asks only sees may be linked to, too. */
    static Managed add(ObjectStore store, Managed object, LinkType type, Managed other)
            throws KmipFailure, TokenException {
        Link link = new Link(type, UniqueIdentifier.of(other.id()));
        return store.changing(
                object.id(),
                now -> now.attributes().all(AttributeType.LINK).contains(link)
                        ? now
                        : store.note(now, now.attributes().with(AttributeType.LINK, link)));
    }

    /** Makes a link the only one of its type that an object has. */
    static Managed replace(ObjectStore store, Managed object, LinkType type, Managed other)
            throws KmipFailure, TokenException {
        return store.changing(object.id(), now -> store.update(now, with(now.attributes(), type, other)));
    }

    /** Takes the Names of an object that another replaces, which it then links to; they are the other's alone. */
    static void retire(ObjectStore store, Managed old, Managed replacement) throws KmipFailure, TokenException {
        store.changing(
                old.id(),
                now -> store.update(
                        now,
                        with(
                                Managed.without(now.attributes(), AttributeType.NAME),
                                LinkType.REPLACEMENT_OBJECT_LINK,
                                replacement)));
        store.claimNames(replacement);
    }
}
