package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.object.UsageLimits;
import org.symbolon.kmip.operation.AddAttribute;
import org.symbolon.kmip.operation.AdjustAttribute;
import org.symbolon.kmip.operation.DeleteAttribute;
import org.symbolon.kmip.operation.ModifyAttribute;
import org.symbolon.kmip.operation.SetAttribute;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Add, Set, Modify, Adjust and Delete Attribute (KMIP 2.1 section 6.1). */
final class AttributeOperations {
    private final ObjectStore store;
    private final Names names;

    AttributeOperations(ObjectStore store, Names names) {
        this.store = store;
        this.names = names;
    }

    void addTo(Handlers handlers) {
        handlers.add(
                AddAttribute.Request.class,
                (request, batch) -> changing(request.uniqueIdentifier(), batch, object -> add(object, request, batch)));
        handlers.add(
                SetAttribute.Request.class,
                (request, batch) -> changing(request.uniqueIdentifier(), batch, object -> set(object, request, batch)));
        handlers.add(
                ModifyAttribute.Request.class,
                (request, batch) ->
                        changing(request.uniqueIdentifier(), batch, object -> modify(object, request, batch)));
        handlers.add(
                DeleteAttribute.Request.class,
                (request, batch) ->
                        changing(request.uniqueIdentifier(), batch, object -> delete(object, request, batch)));
        handlers.add(
                AdjustAttribute.Request.class,
                (request, batch) ->
                        changing(request.uniqueIdentifier(), batch, object -> adjust(object, request, batch)));
    }

    private <R> R changing(@Nullable UniqueIdentifier id, Batch batch, ObjectStore.Change<R> change)
            throws KmipFailure, TokenException {
        return store.changing(batch.id(id), change);
    }

    private AddAttribute.Response add(Managed object, AddAttribute.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Attribute<?> added = opened(request.attribute());
        AttributeRules.Rule rule = rule(added.type(), batch.version());
        if (!rule.byClient()) {
            throw readOnly(added.type());
        }
        List<?> present = object.attributes().all(added.type());
        if (!rule.multiple() && !present.isEmpty()) {
            throw new KmipFailure(
                    ResultReason.ATTRIBUTE_SINGLE_VALUED, added.type() + " has a value already; modify it instead");
        }
        if (present.contains(added.value())) {
            ResultReason reason = added.type().equals(AttributeType.NAME)
                    ? ResultReason.NON_UNIQUE_NAME_ATTRIBUTE
                    : ResultReason.INVALID_FIELD;
            throw new KmipFailure(reason, "the object has this value of " + added.type());
        }
        requireLegalState(object, added.type());
        names.requireFree(added, object.id());
        store.update(object, Secrecy.watched(object.attributes().with(added), added), flags(added));
        boolean indexed = rule.multiple() && isOne(batch);
        return new AddAttribute.Response(
                UniqueIdentifier.of(object.id()),
                isOne(batch) ? indexed ? View.at(added, present.size()) : added : null);
    }

    private static boolean isOne(Batch batch) {
        return !batch.version().isAtLeast(KmipVersion.V2_0);
    }

    private SetAttribute.Response set(Managed object, SetAttribute.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Attribute<?> wanted = opened(request.attribute());
        AttributeRules.Rule rule = rule(wanted.type(), batch.version());
        boolean vendors = !wanted.type().vendor().isEmpty();
        if (rule.multiple()
                && !(vendors && object.attributes().all(wanted.type()).size() <= 1)) {
            throw new KmipFailure(
                    ResultReason.MULTI_VALUED_ATTRIBUTE, wanted.type() + " has several values; add or modify one");
        }
        if (!rule.modify() && !rule.byClient()) {
            throw readOnly(wanted.type());
        }
        requireLegalState(object, wanted.type());
        Attributes changed = Managed.without(object.attributes(), wanted.type()).with(wanted);
        store.update(object, Secrecy.watched(changed, wanted), flags(wanted));
        return new SetAttribute.Response(UniqueIdentifier.of(object.id()));
    }

    private ModifyAttribute.Response modify(Managed object, ModifyAttribute.Request request, Batch batch)
            throws KmipFailure, TokenException {
        Attribute<?> wanted = opened(request.attribute());
        if (!rule(wanted.type(), batch.version()).modify()) {
            throw readOnly(wanted.type());
        }
        requireLegalState(object, wanted.type());
        int place = place(object, wanted.type(), wanted.index(), request.currentAttribute());
        List<Attribute<?>> all = new ArrayList<>(object.attributes().list());
        all.set(place, wanted);
        names.requireFree(wanted, object.id());
        store.update(object, Secrecy.watched(new Attributes(all, List.of()), wanted), flags(wanted));
        return new ModifyAttribute.Response(UniqueIdentifier.of(object.id()), isOne(batch) ? wanted : null);
    }

    private DeleteAttribute.Response delete(Managed object, DeleteAttribute.Request request, Batch batch)
            throws KmipFailure, TokenException {
        AttributeType<?> type =
                request.currentAttribute() != null ? request.currentAttribute().type() : request.attributeReference();
        if (type == null) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "the attribute to delete is not named");
        }
        if (!rule(type, batch.version()).delete()) {
            throw new KmipFailure(ResultReason.PERMISSION_DENIED, type + " is not deleted by clients");
        }
        boolean every = !isOne(batch) && request.currentAttribute() == null;
        int place = place(object, type, request.attributeIndex(), request.currentAttribute());
        List<Attribute<?>> all = new ArrayList<>(object.attributes().list());
        Attribute<?> deleted = all.remove(place);
        if (every) {
            all.removeIf(each -> each.type().equals(type));
        }
        store.update(object, new Attributes(all, List.of()));
        Integer index = request.attributeIndex();
        return new DeleteAttribute.Response(
                UniqueIdentifier.of(object.id()),
                isOne(batch) ? index == null ? deleted : View.at(deleted, index) : null);
    }

    private AdjustAttribute.Response adjust(Managed object, AdjustAttribute.Request request, Batch batch)
            throws KmipFailure, TokenException {
        AttributeType<?> type = request.attributeReference();
        AttributeRules.Rule rule = rule(type, batch.version());
        if (!rule.modify()) {
            throw readOnly(type);
        }
        List<?> values = object.attributes().all(type);
        if (values.size() > 1) {
            throw new KmipFailure(ResultReason.MULTI_VALUED_ATTRIBUTE, type + " has several values");
        } else if (values.isEmpty()) {
            throw new KmipFailure(ResultReason.ITEM_NOT_FOUND, "the object has no " + type);
        }
        requireLegalState(object, type);
        Attribute<?> adjusted = Adjustment.of(type, values.get(0), request.adjustmentType(), request.adjustmentValue());
        Attributes changed = Managed.without(object.attributes(), type).with(adjusted);
        store.update(object, Secrecy.watched(changed, adjusted), flags(adjusted));
        return new AdjustAttribute.Response(UniqueIdentifier.of(object.id()));
    }

    /** Usage Limits that a client sets begin with nothing used up. */
    private static Attribute<?> opened(Attribute<?> attribute) {
        return attribute.value() instanceof UsageLimits limits
                ? new Attribute<>(AttributeType.USAGE_LIMITS, attribute.index(), UsageAccount.opened(limits))
                : attribute;
    }

    /** Returns where an attribute stands: the one that is shown, or the one of an index, the first where none is said. */
    private static int place(
            Managed object, AttributeType<?> type, @Nullable Integer index, @Nullable Attribute<?> current)
            throws KmipFailure {
        List<Attribute<?>> all = object.attributes().list();
        int before = index == null ? 0 : index;
        for (int i = 0; i < all.size(); i++) {
            Attribute<?> each = all.get(i);
            boolean same = each.type().equals(type)
                    && (current == null || current.value().equals(each.value()));
            if (same && before-- == 0) {
                return i;
            }
        }
        throw new KmipFailure(ResultReason.ATTRIBUTE_NOT_FOUND, "the object has no such " + type);
    }

    private static AttributeRules.Rule rule(AttributeType<?> type, KmipVersion version) throws KmipFailure {
        if (!AttributeRules.isIn(type, version)) {
            throw new KmipFailure(
                    ResultReason.UNSUPPORTED_ATTRIBUTE, "objects have no attribute " + type + " in KMIP " + version);
        }
        return AttributeRules.of(type).orElseThrow(() -> new AssertionError(type + " was checked to be an attribute"));
    }

    private static KmipFailure readOnly(AttributeType<?> type) {
        return new KmipFailure(ResultReason.ATTRIBUTE_READ_ONLY, type + " is changed by the server alone");
    }

    /** Dates are set while they still say something (KMIP 2.1 section 4). */
    private void requireLegalState(Managed object, AttributeType<?> type) throws KmipFailure {
        State state = object.state(store.now());
        boolean before = state.equals(State.PRE_ACTIVE);
        boolean late = (type.equals(AttributeType.ACTIVATION_DATE) && !before)
                || (type.equals(AttributeType.DEACTIVATION_DATE) && !before && !state.equals(State.ACTIVE));
        if (late) {
            throw new KmipFailure(
                    ResultReason.WRONG_KEY_LIFECYCLE_STATE, type + " is not set any more: the object is " + state);
        }
    }

    /** Returns PKCS #11's flags that go with an attribute. */
    private static Template flags(Attribute<?> attribute) {
        if (attribute.type().equals(AttributeType.SENSITIVE)) {
            return Template.of(org.symbolon.Attribute.SENSITIVE, (Boolean) attribute.value());
        }
        return attribute.type().equals(AttributeType.EXTRACTABLE)
                ? Template.of(org.symbolon.Attribute.EXTRACTABLE, (Boolean) attribute.value())
                : Template.empty();
    }
}
