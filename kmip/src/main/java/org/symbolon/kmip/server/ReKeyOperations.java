package org.symbolon.kmip.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.object.UsageLimits;
import org.symbolon.kmip.operation.ReKey;
import org.symbolon.kmip.operation.ReKeyKeyPair;

/** Re-key and Re-key Key Pair (KMIP 2.1 sections 6.1.46 and 6.1.47). */
final class ReKeyOperations {
    /** What a replacement does not take over. */
    private static final Set<AttributeType<?>> OF_THE_OLD = Set.of(
            AttributeType.UNIQUE_IDENTIFIER,
            AttributeType.SHORT_UNIQUE_IDENTIFIER,
            AttributeType.OBJECT_TYPE,
            AttributeType.STATE,
            AttributeType.INITIAL_DATE,
            AttributeType.LAST_CHANGE_DATE,
            AttributeType.DESTROY_DATE,
            AttributeType.ARCHIVE_DATE,
            AttributeType.COMPROMISE_DATE,
            AttributeType.COMPROMISE_OCCURRENCE_DATE,
            AttributeType.REVOCATION_REASON,
            AttributeType.ORIGINAL_CREATION_DATE,
            AttributeType.LEASE_TIME,
            AttributeType.DIGEST,
            AttributeType.LINK);

    private static final List<AttributeType<Instant>> DATES =
            List.of(AttributeType.PROCESS_START_DATE, AttributeType.PROTECT_STOP_DATE, AttributeType.DEACTIVATION_DATE);

    private final ObjectStore store;
    private final Creation creation;
    private final CreateOperations creating;
    private final View view;

    ReKeyOperations(ObjectStore store, Creation creation, CreateOperations creating, View view) {
        this.view = view;
        this.store = store;
        this.creation = creation;
        this.creating = creating;
    }

    void addTo(Handlers handlers) {
        handlers.add(ReKey.Request.class, this::reKey);
        handlers.add(ReKeyKeyPair.Request.class, this::reKeyKeyPair);
    }

    private ReKey.Response reKey(ReKey.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed old = store.require(batch.id(request.uniqueIdentifier()));
        requireReplaceable(old, ObjectType.SYMMETRIC_KEY);
        Attributes asked = creation.asked(request.attributes(), batch.version());
        Attributes wanted = replacement(old, asked, request.offset());
        CryptographicAlgorithm algorithm = CreateOperations.required(wanted, AttributeType.CRYPTOGRAPHIC_ALGORITHM);
        int bytes = CreateOperations.required(wanted, AttributeType.CRYPTOGRAPHIC_LENGTH) / Byte.SIZE;
        Attributes attributes =
                linked(creation.generated(ObjectType.SYMMETRIC_KEY, wanted), LinkType.REPLACED_OBJECT_LINK, old);
        Managed made = creating.generated(algorithm, bytes, attributes);
        Links.retire(store, old, made);
        return new ReKey.Response(batch.hold(made.id(), UniqueIdentifierReference.RE_KEY), Attributes.NONE);
    }

    private static Attributes linked(Attributes attributes, LinkType type, Managed other) {
        return attributes.with(AttributeType.LINK, new Link(type, UniqueIdentifier.of(other.id())));
    }

    private void requireReplaceable(Managed old, ObjectType type) throws KmipFailure {
        store.requireChange(old);
        if (!old.type().equals(type)) {
            throw new KmipFailure(
                    ResultReason.INVALID_OBJECT_TYPE,
                    "a " + type.xmlName() + " is replaced so, not a "
                            + old.type().xmlName());
        }
        if (!old.kept()) {
            throw new KmipFailure(
                    ResultReason.FEATURE_NOT_SUPPORTED,
                    "the key was not made by a KMIP client, and the token keeps nothing of what a replacement takes"
                            + " over");
        }
    }

    /** Returns what a replacement takes over and what is asked for it; dates that are moved keep their distances. */
    Attributes replacement(Managed old, Attributes asked, @Nullable Duration offset) throws KmipFailure {
        boolean dated = asked.get(AttributeType.ACTIVATION_DATE).isPresent()
                || DATES.stream().anyMatch(date -> asked.get(date).isPresent());
        if (offset != null && dated) {
            throw new KmipFailure(ResultReason.INVALID_MESSAGE, "an Offset and dates came; they exclude each other");
        }
        Attributes kept = new Attributes(
                old.attributes().list().stream()
                        .filter(each -> !OF_THE_OLD.contains(each.type()))
                        .toList(),
                List.of());
        for (UsageLimits limits : kept.all(AttributeType.USAGE_LIMITS)) {
            kept = Managed.without(kept, AttributeType.USAGE_LIMITS)
                    .with(
                            AttributeType.USAGE_LIMITS,
                            new UsageLimits(
                                    limits.usageLimitsTotal(), limits.usageLimitsTotal(), limits.usageLimitsUnit()));
        }
        return offset == null ? merged(kept, asked) : merged(moved(kept, old, offset), asked);
    }

    private Attributes moved(Attributes kept, Managed old, Duration offset) throws KmipFailure {
        Instant activation = store.now().plus(offset);
        Instant before = old.get(AttributeType.ACTIVATION_DATE).orElse(activation);
        Duration distance = Duration.between(before, activation);
        Attributes moved =
                Managed.without(kept, AttributeType.ACTIVATION_DATE).with(AttributeType.ACTIVATION_DATE, activation);
        for (AttributeType<Instant> date : DATES) {
            for (Instant at : kept.all(date)) {
                moved = Managed.without(moved, date).with(date, moved(date, at, distance));
            }
        }
        return moved;
    }

    private static Instant moved(AttributeType<Instant> date, Instant at, Duration distance) throws KmipFailure {
        try {
            return at.plus(distance);
        } catch (DateTimeException | ArithmeticException e) {
            throw new KmipFailure(ResultReason.NUMERIC_RANGE, date + " would be beyond all years", e);
        }
    }

    /** Names and other attributes with several values are added to; of the others, what is asked for replaces what was. */
    private static Attributes merged(Attributes kept, Attributes asked) {
        Attributes all = kept;
        for (Attribute<?> attribute : asked.list()) {
            boolean multiple = AttributeRules.of(attribute.type())
                    .filter(AttributeRules.Rule::multiple)
                    .isPresent();
            all = (multiple ? all : Managed.without(all, attribute.type())).with(attribute);
        }
        return all;
    }

    private ReKeyKeyPair.Response reKeyKeyPair(ReKeyKeyPair.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Managed oldPrivate = store.require(batch.id(request.privateKeyUniqueIdentifier()));
        requireReplaceable(oldPrivate, ObjectType.PRIVATE_KEY);
        Managed oldPublic = publicKey(oldPrivate, batch);
        requireReplaceable(oldPublic, ObjectType.PUBLIC_KEY);
        Attributes privateAsked = creation.asked(
                Creation.merged(request.commonAttributes(), request.privateKeyAttributes()), batch.version());
        Attributes publicAsked = creation.asked(
                Creation.merged(request.commonAttributes(), request.publicKeyAttributes()), batch.version());
        CreateOperations.Pair pair = creating.pair(
                linked(
                        replacement(oldPrivate, privateAsked, request.offset()),
                        LinkType.REPLACED_OBJECT_LINK,
                        oldPrivate),
                linked(
                        replacement(oldPublic, publicAsked, request.offset()),
                        LinkType.REPLACED_OBJECT_LINK,
                        oldPublic));
        Links.retire(store, oldPrivate, pair.privateKey());
        Links.retire(store, oldPublic, pair.publicKey());
        return new ReKeyKeyPair.Response(
                batch.hold(
                        pair.privateKey().id(),
                        UniqueIdentifierReference.RE_KEY_KEY_PAIR,
                        UniqueIdentifierReference.RE_KEY_KEY_PAIR_PRIVATE_KEY),
                batch.remember(pair.publicKey().id(), UniqueIdentifierReference.RE_KEY_KEY_PAIR_PUBLIC_KEY),
                Attributes.NONE,
                Attributes.NONE);
    }

    /** Returns the public key of a private one: the one that it links to, or that has its CKA_ID. */
    private Managed publicKey(Managed privateKey, Batch batch) throws KmipFailure, TokenException {
        Attributes links = view.of(privateKey, batch.version(), AttributeType.LINK::equals);
        for (Link link : links.all(AttributeType.LINK)) {
            if (link.linkType().equals(LinkType.PUBLIC_KEY_LINK)
                    && link.linkedObjectIdentifier() instanceof UniqueIdentifier.Text id) {
                return store.require(id.text());
            }
        }
        throw new KmipFailure(ResultReason.OBJECT_NOT_FOUND, "the private key is linked to no public key");
    }
}
