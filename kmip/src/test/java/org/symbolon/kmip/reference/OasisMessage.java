package org.symbolon.kmip.reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.kmip.ttlv.TtlvXml;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A request or a response of a test case, as it is written in its file: with variables.
 *
 * @param element where it is
 * @param notes what the file says before it, outside its markup, such as {@code # TIME 2}
 */
public record OasisMessage(Element element, String notes) {
    /** Gives the values of variables, and of literals that stand for others. */
    public interface Values {
        /**
         * Returns what is to be written for a value.
         *
         * @param tag the element
         * @param type its type
         * @param written the value in the file, such as {@code $NOW}
         */
        String value(String tag, String type, String written);
    }

    /** Whether it is a request. */
    public boolean isRequest() {
        return element.getTagName().equals("RequestMessage");
    }

    /** Writes another value wherever an element has one. */
    void replace(String tag, String value, String other) {
        NodeList found = element.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
            if (found.item(i) instanceof Element each
                    && each.getAttribute("value").equals(value)) {
                each.setAttribute("value", other);
            }
        }
    }

    /** The message with values, decoded. */
    public Ttlv.Structure decoded(Values values) {
        StringBuilder text = new StringBuilder();
        write(element, values, text);
        try {
            return (Ttlv.Structure)
                    TtlvXml.decode(text.toString().getBytes(StandardCharsets.UTF_8), TtlvLimits.DEFAULT);
        } catch (MalformedTtlvException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + text, e);
        }
    }

    /** The elements in an element. */
    public static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static void write(Element element, Values values, StringBuilder text) {
        text.append('<').append(element.getTagName());
        for (String name : List.of("tag", "type", "value")) {
            if (element.hasAttribute(name)) {
                String written = repaired(element.getTagName(), element.getAttribute(name));
                String value = name.equals("value")
                        ? values.value(element.getTagName(), element.getAttribute("type"), written)
                        : written;
                text.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(escape(value))
                        .append('"');
            }
        }
        text.append('>');
        children(element).forEach(child -> write(child, values, text));
        text.append("</").append(element.getTagName()).append('>');
    }

    /** Some files have runs of blanks in the names of attributes. */
    private static String repaired(String tag, String value) {
        return tag.equals("AttributeName") ? value.replaceAll(" +", " ") : value;
    }

    private static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;");
    }
}
