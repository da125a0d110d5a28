package org.symbolon.kmip.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Right;
import org.symbolon.kmip.object.Rights;
import org.symbolon.kmip.object.UniqueIdentifier;

/**
 * On whose behalf a request is answered.
 *
 * @param name the identity's name; empty for somebody who asks no more than what the server can do
 * @param rights what was delegated, to a ticket of Delegated Login (KMIP 2.1 section 6.1.12); otherwise the party has all that the
 *     identity has
 */
record Party(String name, Optional<Rights> rights) {
    static final Party NOBODY = new Party("", Optional.empty());

    static Party of(KmipIdentity identity) {
        return new Party(identity.name(), Optional.empty());
    }

    /**
     * Returns the party as it is while it does an operation: with the Rights that have the operation, and no others. A Right is one
     * whole, so that the operations of one never meet the objects of another.
     */
    Party during(Operation operation) {
        return rights.isEmpty()
                ? this
                : new Party(
                        name,
                        Optional.of(new Rights(rights.get().rights().stream()
                                .filter(right -> has(right, operation))
                                .toList())));
    }

    private static boolean has(Right right, Operation operation) {
        return right.operations() == null || right.operations().operations().contains(operation);
    }

    /** Returns whether nothing at all is delegated. */
    boolean isPowerless() {
        return rights.isPresent() && rights.get().rights().isEmpty();
    }

    /** Returns whether only certain objects are delegated, so that others are not the holder's to ask for. */
    boolean isLimited() {
        return rights.isPresent()
                && rights.get().rights().stream()
                        .noneMatch(right -> right.objects() == null && right.objectGroups() == null);
    }

    /** Returns whether what was delegated has the object. */
    boolean reaches(Managed object) {
        return rights.isEmpty() || rights.get().rights().stream().anyMatch(right -> reaches(right, object));
    }

    private static boolean reaches(Right right, Managed object) {
        boolean named = right.objects() == null
                || ids(right.objects().uniqueIdentifiers()).contains(object.id());
        boolean grouped = right.objectGroups() == null
                || object.attributes().all(AttributeType.OBJECT_GROUP).stream()
                        .anyMatch(right.objectGroups().objectGroups()::contains);
        return named && grouped;
    }

    private static Set<String> ids(List<UniqueIdentifier> identifiers) {
        return identifiers.stream()
                .filter(UniqueIdentifier.Text.class::isInstance)
                .map(id -> ((UniqueIdentifier.Text) id).text())
                .collect(Collectors.toSet());
    }
}
