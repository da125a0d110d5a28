package org.symbolon.kmip.server;

import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.KeyWrapType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyWrappingData;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Export;
import org.symbolon.kmip.operation.Import;

/**
 * Export and Import (KMIP 2.1 sections 6.1.18 and 6.1.24). Identifiers are the token's: an object that is imported gets a new one,
 * unless it replaces the one that has it.
 */
final class ExchangeOperations {
    private final ObjectStore store;
    private final Creation creation;
    private final NewObjects objects;
    private final Presentation presentation;
    private final View view;

    ExchangeOperations(ObjectStore store, Creation creation, NewObjects objects, Presentation presentation, View view) {
        this.store = store;
        this.creation = creation;
        this.objects = objects;
        this.presentation = presentation;
        this.view = view;
    }

    void addTo(Handlers handlers) {
        handlers.add(Export.Request.class, this::export);
        handlers.add(Import.Request.class, this::importing);
    }

    private Export.Response export(Export.Request request, Batch batch) throws KmipFailure, TokenException {
        Managed object = store.require(batch.id(request.uniqueIdentifier()));
        Presentation.Wish wish = new Presentation.Wish(
                request.keyFormatType(),
                request.keyWrapType(),
                request.keyCompressionType(),
                request.keyWrappingSpecification());
        ManagedObject shown = presentation.of(object, wish, batch.version());
        return new Export.Response(
                shown.objectType(),
                UniqueIdentifier.of(object.id()),
                view.of(object, batch.version(), type -> true),
                shown);
    }

    private Import.Response importing(Import.Request request, Batch batch) throws KmipFailure, TokenException {
        boolean replace = Boolean.TRUE.equals(request.replaceExisting());
        if (!(request.uniqueIdentifier() instanceof UniqueIdentifier.Text id)) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "an object is imported with its Unique Identifier");
        }
        boolean exists = store.exists(id.text());
        if (exists && !replace) {
            throw new KmipFailure(
                    ResultReason.OBJECT_ALREADY_EXISTS,
                    "an object has this Unique Identifier; ask for Replace Existing, or leave it");
        } else if (exists) {
            store.requireChange(store.require(id.text()));
        }
        Attributes asked = creation.asked(settable(request.attributes()), batch.version());
        Managed made = objects.make(unwrapped(request, batch), asked);
        if (exists) {
            store.changing(id.text(), old -> {
                store.replace(old);
                return made;
            });
        }
        return new Import.Response(batch.hold(made.id(), UniqueIdentifierReference.IMPORT));
    }

    /** Returns what a client may say of a new object; what is exported says more, which the server sets by itself. */
    private static Attributes settable(Attributes exported) {
        return new Attributes(
                exported.list().stream().filter(ExchangeOperations::isSettable).toList(), exported.templates());
    }

    private static boolean isSettable(Attribute<?> attribute) {
        return AttributeRules.of(attribute.type())
                        .filter(AttributeRules.Rule::byClient)
                        .isPresent()
                || attribute.type().equals(AttributeType.CRYPTOGRAPHIC_ALGORITHM)
                || attribute.type().equals(AttributeType.CRYPTOGRAPHIC_LENGTH);
    }

    private ManagedObject unwrapped(Import.Request request, Batch batch) throws KmipFailure, TokenException {
        ManagedObject object = request.object();
        KeyBlock block = Materials.block(object).orElse(null);
        KeyWrappingData data = block == null ? null : block.keyWrappingData();
        boolean wanted = KeyWrapType.NOT_WRAPPED.equals(request.keyWrapType());
        return block == null || data == null || !wanted
                ? object
                : Materials.withBlock(object, presentation.unwrapped(block, data, batch.version()));
    }
}
