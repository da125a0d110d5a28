package org.symbolon.tests.contract;

import java.nio.charset.StandardCharsets;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.Template;

/** Data objects: what every token keeps, whatever it computes. */
final class DataObjects {
    static final Bytes CONTENT = Bytes.wrap("content".getBytes(StandardCharsets.UTF_8));

    private DataObjects() {}

    static Template data(String label) {
        return Template.label(label)
                .with(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.VALUE, CONTENT)
                .with(Attribute.PRIVATE, false)
                .onToken();
    }
}
