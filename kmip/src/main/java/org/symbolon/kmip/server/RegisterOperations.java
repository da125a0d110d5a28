package org.symbolon.kmip.server;

import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.UniqueIdentifierReference;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.operation.Register;

/** Register (KMIP 2.1 section 6.1.41). */
final class RegisterOperations {
    private final Creation creation;
    private final NewObjects objects;
    private final Pkcs12Exchange files;

    RegisterOperations(Creation creation, NewObjects objects, Pkcs12Exchange files) {
        this.files = files;
        this.creation = creation;
        this.objects = objects;
    }

    void addTo(Handlers handlers) {
        handlers.add(Register.Request.class, this::register);
    }

    private Register.Response register(Register.Request request, Batch batch) throws KmipFailure, TokenException {
        ManagedObject object = request.object();
        if (object == null) {
            throw new KmipFailure(ResultReason.INVALID_FIELD, "the object to register is missing");
        }
        if (!object.objectType().equals(request.objectType())) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "the Object Type is " + request.objectType().xmlName() + ", and the object is a "
                            + object.objectType().xmlName());
        }
        Attributes asked = creation.asked(request.attributes(), batch.version());
        Managed made = Pkcs12Exchange.isFile(object) ? files.register(object, asked) : objects.make(object, asked);
        return new Register.Response(batch.hold(made.id(), UniqueIdentifierReference.REGISTER), Attributes.NONE);
    }
}
