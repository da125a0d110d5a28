package org.symbolon.kmip.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ObjectGroupMember;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.StorageStatusMask;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributeList;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Get, Get Attributes, Get Attribute List and Locate (KMIP 2.1 section 6.1). */
final class ObjectOperations {
    private static final Comparator<Managed> AGE = Comparator.comparing(
                    (Managed object) -> object.get(AttributeType.INITIAL_DATE).orElse(Instant.EPOCH))
            .thenComparing(Managed::sequence);

    private final GroupTurns turns = new GroupTurns();
    private final ObjectStore store;
    private final Presentation presentation;
    private final View view;

    ObjectOperations(ObjectStore store, Presentation presentation, View view) {
        this.store = store;
        this.presentation = presentation;
        this.view = view;
    }

    void addTo(Handlers handlers) {
        handlers.add(Get.Request.class, this::get);
        handlers.add(GetAttributes.Request.class, this::getAttributes);
        handlers.add(GetAttributeList.Request.class, this::getAttributeList);
        handlers.add(Locate.Request.class, this::locate);
    }

    private Get.Response get(Get.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
        if (object.isArchived()) {
            throw new KmipFailure(ResultReason.OBJECT_ARCHIVED, "the object is archived; recover it first");
        }
        Presentation.Wish wish = new Presentation.Wish(
                request.keyFormatType(),
                request.keyWrapType(),
                request.keyCompressionType(),
                request.keyWrappingSpecification());
        ManagedObject shown = presentation.of(object, wish, batch.version());
        if (object.kept() && object.get(AttributeType.FRESH).orElse(true)) {
            batch.give(object.id(), store.served());
        }
        return new Get.Response(shown.objectType(), UniqueIdentifier.of(object.id()), shown);
    }

    private GetAttributes.Response getAttributes(GetAttributes.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Managed object = store.requireEver(batch.id(request.uniqueIdentifier()));
        Set<AttributeType<?>> asked = new HashSet<>(request.attributeReferences());
        if (asked.size() < request.attributeReferences().size()) {
            ResultReason reason = batch.version().isAtLeast(KmipVersion.V2_0)
                    ? ResultReason.INVALID_FIELD
                    : ResultReason.INVALID_MESSAGE; // KMIP 1.4 section 4.12
            throw new KmipFailure(reason, "an attribute is asked for twice");
        }
        Predicate<AttributeType<?>> wanted = asked.isEmpty() ? type -> true : asked::contains;
        return new GetAttributes.Response(UniqueIdentifier.of(object.id()), view.of(object, batch.version(), wanted));
    }

    private GetAttributeList.Response getAttributeList(GetAttributeList.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Managed object = store.requireEver(batch.id(request.uniqueIdentifier()));
        return new GetAttributeList.Response(
                UniqueIdentifier.of(object.id()), List.copyOf(view.types(object, batch.version())));
    }

    private Locate.Response locate(Locate.Request request, Batch batch) throws KmipFailure, TokenException {
        if (isBelow(request.maximumItems(), 0) || isBelow(request.offsetItems(), 0)) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "Maximum Items and Offset Items are zero or more");
        }
        Attributes filters = creationTemplatesRefused(request.attributes());
        Locating locating = new Locating(filters, request.objectGroupMember(), store.now(), view, batch.version());
        List<Managed> found = locating.matchingComputed(stored(request.storageStatusMask(), filters, locating));
        if (batch.version().isAtLeast(KmipVersion.V2_0)) {
            found.sort(AGE.reversed());
        } else {
            found.sort(AGE);
        }
        if (ObjectGroupMember.GROUP_MEMBER_DEFAULT.equals(request.objectGroupMember())) {
            found = turns.inTurn(filters.get(AttributeType.OBJECT_GROUP).orElse(""), found);
        }
        List<UniqueIdentifier> ids = found.stream()
                .skip(request.offsetItems() == null ? 0 : request.offsetItems())
                .limit(request.maximumItems() == null ? Long.MAX_VALUE : request.maximumItems())
                .map(each -> UniqueIdentifier.of(each.id()))
                .toList();
        batch.release();
        if (ids.size() == 1) {
            batch.hold(ids.get(0).text(), UniqueIdentifierReference.LOCATE);
        }
        return new Locate.Response(ids, batch.version().isAtLeast(KmipVersion.V1_3) ? found.size() : null);
    }

    /** Returns the objects of the kinds of storage that are asked for. */
    private List<Managed> stored(@Nullable StorageStatusMask asked, Attributes filters, Locating locating)
            throws KmipFailure, TokenException {
        StorageStatusMask storage = asked == null ? StorageStatusMask.ON_LINE_STORAGE : asked;
        boolean onLine = storage.has(StorageStatusMask.ON_LINE_STORAGE.value());
        boolean archived = storage.has(StorageStatusMask.ARCHIVAL_STORAGE.value());
        List<Managed> found = onLine || archived
                ? store.find(
                        filters, object -> (object.isArchived() ? archived : onLine) && locating.matchesKept(object))
                : new ArrayList<>();
        if (storage.has(StorageStatusMask.DESTROYED_STORAGE.value())) {
            found.addAll(store.findDestroyed(locating::matchesKept));
        }
        return found;
    }

    private static Attributes creationTemplatesRefused(Attributes filters) throws KmipFailure {
        if (!filters.templates().isEmpty()) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "objects are not located by templates");
        }
        return filters;
    }

    private static boolean isBelow(@Nullable Integer value, int least) {
        return value != null && value < least;
    }
}
