package org.symbolon.kmip.server;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** What a party sees and changes. Thread-safe. */
final class Permissions {
    /** Whose an object is: an attribute that the server alone sets and nobody is shown. */
    static final AttributeType<Ttlv> OWNER = AttributeType.ofVendor(AttributeType.SERVER, "Owner");

    /** Those of the server itself, which nothing is hidden from. */
    static final Permissions ALL = new Permissions(KmipAccess.shared(), Party.NOBODY, Optional.empty());

    private static final Tag VALUE = Tag.named("AttributeValue");
    private static final Set<ObjectType> PUBLIC = Set.of(ObjectType.PUBLIC_KEY, ObjectType.CERTIFICATE);

    private final KmipAccess access;
    private final Party party;
    private final Optional<String> authority;
    private final boolean mayAll;

    /**
     * Makes the permissions of a party.
     *
     * @param authority the label of the key and the certificate that certify; empty where none do
     */
    Permissions(KmipAccess access, Party party, Optional<String> authority) {
        this.authority = authority;
        this.access = access;
        this.party = party;
        this.mayAll = !access.owners() || access.administrators().contains(party.name());
    }

    /** Returns whether the object is there for the party. */
    boolean sees(Managed object) {
        return party.reaches(object) && (mayAll || isOwn(object) || isOpen(object) || isMember(object, false));
    }

    /** Returns what is said of an object that is not there for the party, whether it is there for others or not. */
    KmipFailure missing() {
        return party.isLimited()
                ? new KmipFailure(ResultReason.NOT_AUTHORIZED, "the object is not among those of the ticket's Rights")
                : new KmipFailure(ResultReason.OBJECT_NOT_FOUND, "no object has this Unique Identifier");
    }

    private boolean isOwn(Managed object) {
        List<Ttlv> owner = object.attributes().all(OWNER);
        return owner.isEmpty()
                ? access.unownedToAll() && !isAuthority(object)
                : owner.get(0).equals(Ttlv.Text.of(VALUE, party.name()));
    }

    /** The key that certifies is for Certify, which says what is certified, and for no client's own Sign. */
    private boolean isAuthority(Managed object) {
        return authority.isPresent() && object.object().label().equals(authority.get());
    }

    private boolean isOpen(Managed object) {
        return access.publicToAll() && PUBLIC.contains(object.type());
    }

    private boolean isMember(Managed object, boolean writes) {
        return object.attributes().all(AttributeType.OBJECT_GROUP).stream().anyMatch(group -> isMember(group, writes));
    }

    private boolean isMember(String name, boolean writes) {
        KmipAccess.Group group = access.groups().get(name);
        return group != null
                && (group.writers().contains(party.name())
                        || (!writes && group.readers().contains(party.name())));
    }

    /** Refuses to let the party change or destroy an object that it only sees. */
    void requireChange(Managed object) throws KmipFailure {
        if (!mayAll && !isOwn(object) && !isMember(object, true)) {
            throw new KmipFailure(
                    ResultReason.PERMISSION_DENIED, "the object is another's, to be used and not changed");
        }
    }

    /** Refuses to let the party put an object into a group that others share and it does not write. */
    void requireGroups(Attributes before, Attributes after) throws KmipFailure {
        Set<String> joined = new HashSet<>(after.all(AttributeType.OBJECT_GROUP));
        before.all(AttributeType.OBJECT_GROUP).forEach(joined::remove);
        for (String group : joined) {
            if (!mayAll && access.groups().containsKey(group) && !isMember(group, true)) {
                throw new KmipFailure(
                        ResultReason.PERMISSION_DENIED, "the Object Group is shared, and others put objects into it");
            }
        }
    }

    /** Returns attributes with the owner that an object has. */
    static Attributes withOwner(Attributes attributes, Managed object) {
        Attributes all = Managed.without(attributes, OWNER);
        for (Ttlv owner : object.attributes().all(OWNER)) {
            all = all.with(OWNER, owner);
        }
        return all;
    }

    /** Returns a new object's attributes with its owner among them. */
    Attributes owned(Attributes attributes) {
        return Managed.without(attributes, OWNER).with(OWNER, Ttlv.Text.of(VALUE, party.name()));
    }
}
