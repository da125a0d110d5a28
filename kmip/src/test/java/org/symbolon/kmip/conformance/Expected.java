package org.symbolon.kmip.conformance;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.kmip.reference.OasisMessage;
import org.symbolon.kmip.ttlv.Ttlv;
import org.w3c.dom.Element;

/**
 * An item of a response that a case expects.
 *
 * @param item the item, with the values that its variables have by now
 * @param written its value in the file, such as {@code $DATA_0}; empty for structures
 * @param type its type in the file
 * @param fields the items in it
 */
record Expected(Ttlv item, String written, String type, List<Expected> fields) {
    private static final String LATER = "00";

    static Expected of(OasisMessage message, Bindings bindings) {
        Ttlv decoded = message.decoded((tag, type, written) -> {
            String value = bindings.expected(tag, type, written);
            return value.startsWith("$") && type.equals("ByteString") ? LATER : value;
        });
        return of(message.element(), decoded);
    }

    private static Expected of(Element element, Ttlv item) {
        List<Expected> fields = new ArrayList<>();
        if (item instanceof Ttlv.Structure structure) {
            List<Element> children = OasisMessage.children(element);
            for (int i = 0; i < children.size(); i++) {
                fields.add(of(children.get(i), structure.fields().get(i)));
            }
        }
        return new Expected(item, element.getAttribute("value"), element.getAttribute("type"), fields);
    }

    String tag() {
        return item.tag().xmlName();
    }

    /** Whether the case lets the server choose the value. */
    boolean isVariable() {
        return written.startsWith("$") && !written.startsWith("$NOW");
    }

    List<Expected> all(String tag) {
        return fields.stream().filter(field -> field.tag().equals(tag)).toList();
    }
}
