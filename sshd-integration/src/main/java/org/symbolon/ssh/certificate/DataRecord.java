package org.symbolon.ssh.certificate;

import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Template;
import org.symbolon.TokenObject;

/** Data objects (CKO_DATA) that anyone may read and that are told apart by CKA_APPLICATION. */
final class DataRecord {
    /** What is read of them: without being asked for it, few tokens give the value. */
    static final Set<Attribute<?>> READ = Set.of(Attribute.LABEL, Attribute.VALUE);

    private DataRecord() {}

    static Template template(String application, String label, byte[] content) {
        return Template.of(Attributes.none()
                .with(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.APPLICATION, application)
                .with(Attribute.LABEL, label)
                .with(Attribute.TOKEN, true)
                .with(Attribute.PRIVATE, false)
                .with(Attribute.VALUE, Bytes.wrap(content)));
    }

    static ObjectQuery query(String application) {
        return ObjectQuery.of(ObjectClass.DATA).with(Attribute.APPLICATION, application);
    }

    static byte[] content(TokenObject object) {
        return object.attributes().find(Attribute.VALUE).orElse(Bytes.empty()).toByteArray();
    }
}
