package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.StorageStatusMask;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.object.UsageLimits;
import org.symbolon.kmip.operation.Check;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributeList;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Get, Get Attributes, Get Attribute List, Locate and Check (KMIP 2.1 section 6.1). */
final class ObjectOperations {
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
        handlers.add(Check.Request.class, this::check);
    }

    private Get.Response get(Get.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
        Presentation.Wish wish = new Presentation.Wish(
                request.keyFormatType(),
                request.keyWrapType(),
                request.keyCompressionType(),
                request.keyWrappingSpecification());
        ManagedObject shown = presentation.of(object, wish, batch.version());
        return new Get.Response(shown.objectType(), UniqueIdentifier.of(object.id()), shown);
    }

    private GetAttributes.Response getAttributes(GetAttributes.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
        Set<AttributeType<?>> asked = new HashSet<>(request.attributeReferences());
        if (asked.size() < request.attributeReferences().size()) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "an attribute is asked for twice");
        }
        Predicate<AttributeType<?>> wanted = asked.isEmpty() ? type -> true : asked::contains;
        return new GetAttributes.Response(UniqueIdentifier.of(object.id()), view.of(object, batch.version(), wanted));
    }

    private GetAttributeList.Response getAttributeList(GetAttributeList.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
        return new GetAttributeList.Response(
                UniqueIdentifier.of(object.id()), List.copyOf(view.types(object, batch.version())));
    }

    private Locate.Response locate(Locate.Request request, Batch batch) throws KmipFailure, TokenException {
        if (isBelow(request.maximumItems(), 0) || isBelow(request.offsetItems(), 0)) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "Maximum Items and Offset Items are zero or more");
        }
        Attributes filters = creationTemplatesRefused(request.attributes());
        Locating locating = new Locating(filters, request.objectGroupMember(), store.now(), view, batch.version());
        List<Managed> found = onLine(request.storageStatusMask())
                ? new ArrayList<>(store.find(filters.get(AttributeType.OBJECT_TYPE), locating::matchesKept))
                : new ArrayList<>();
        found = locating.matchingComputed(found);
        found.sort(Comparator.comparing(
                        (Managed each) -> each.get(AttributeType.INITIAL_DATE).orElse(java.time.Instant.EPOCH))
                .reversed());
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

    private static Attributes creationTemplatesRefused(Attributes filters) throws KmipFailure {
        if (!filters.templates().isEmpty()) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "objects are not located by templates");
        }
        return filters;
    }

    private static boolean isBelow(@org.jspecify.annotations.Nullable Integer value, int least) {
        return value != null && value < least;
    }

    private static boolean onLine(@org.jspecify.annotations.Nullable StorageStatusMask asked) {
        return asked == null || asked.has(StorageStatusMask.ON_LINE_STORAGE.value());
    }

    private Check.Response check(Check.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
        CryptographicUsageMask bits = request.cryptographicUsageMask();
        boolean lacks = bits != null
                && object.get(AttributeType.CRYPTOGRAPHIC_USAGE_MASK)
                        .filter(mask -> mask.has(bits.value()))
                        .isEmpty();
        Long needed = request.usageLimitsCount();
        boolean over = needed != null
                && object.get(AttributeType.USAGE_LIMITS)
                        .filter(limits -> left(limits) < needed)
                        .isPresent();
        return new Check.Response(UniqueIdentifier.of(object.id()), over ? needed : null, lacks ? bits : null, null);
    }

    private static long left(UsageLimits limits) {
        Long count = limits.usageLimitsCount();
        return count == null ? limits.usageLimitsTotal() : count;
    }
}
