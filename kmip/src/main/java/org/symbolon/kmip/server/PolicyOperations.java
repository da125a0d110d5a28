package org.symbolon.kmip.server;

import java.util.List;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Constraint;
import org.symbolon.kmip.object.Constraints;
import org.symbolon.kmip.operation.GetConstraints;
import org.symbolon.kmip.operation.SetConstraints;

/**
 * Set and Get Constraints (KMIP 2.1 section 6.1): what new objects have to be like, until the server ends. Clients set them in
 * interoperability tests only, since they bind all clients.
 */
final class PolicyOperations {
    private static final Constraints NONE = new Constraints(List.of());

    private final Semantics semantics;
    private volatile Constraints constraints = NONE;

    PolicyOperations(Semantics semantics) {
        this.semantics = semantics;
    }

    void addTo(Handlers handlers) {
        handlers.add(SetConstraints.Request.class, this::set);
        handlers.add(GetConstraints.Request.class, (request, batch) -> new GetConstraints.Response(constraints));
    }

    private SetConstraints.Response set(SetConstraints.Request request, Batch batch) throws KmipFailure {
        if (!semantics.interop()) {
            throw new KmipFailure(ResultReason.PERMISSION_DENIED, "clients set no constraints on this server");
        }
        constraints = request.constraints() == null ? NONE : request.constraints();
        return new SetConstraints.Response();
    }

    /** Refuses a new object that constraints are about, and that is as none of them wants it. */
    void requirePermitted(ObjectType type, Attributes attributes) throws KmipFailure {
        List<Constraint> about = constraints.constraints().stream()
                .filter(each -> isAbout(each, type, attributes))
                .toList();
        if (!about.isEmpty() && about.stream().noneMatch(each -> isMet(each, attributes))) {
            throw new KmipFailure(
                    ResultReason.CONSTRAINT_VIOLATION, "the object is not as the constraints want it: ask for them");
        }
    }

    private static boolean isAbout(Constraint constraint, ObjectType type, Attributes attributes) {
        boolean types = constraint.objectTypes() == null
                || constraint.objectTypes().objectTypes().contains(type);
        boolean groups = constraint.objectGroups() == null
                || attributes.all(AttributeType.OBJECT_GROUP).stream()
                        .anyMatch(constraint.objectGroups().objectGroups()::contains);
        return types && groups;
    }

    private static boolean isMet(Constraint constraint, Attributes attributes) {
        return constraint.attributes().list().stream()
                .allMatch(wanted -> attributes.all(wanted.type()).contains(wanted.value()));
    }
}
