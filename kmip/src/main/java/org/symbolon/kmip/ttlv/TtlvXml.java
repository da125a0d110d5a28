package org.symbolon.kmip.ttlv;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The XML encoding (Additional Message Encodings 1.0 section 5). Reads no document type and nothing from elsewhere. Thread-safe. */
public final class TtlvXml {
    private static final TextReader READER = new TextReader(TextEncoding.XML);
    private static final TextWriter WRITER = new TextWriter(TextEncoding.XML);
    private static final String BY_NUMBER = "TTLV";

    private TtlvXml() {}

    /**
     * Reads one item.
     *
     * @param xml a document whose root is the item, in UTF-8
     * @param limits how much is taken, the bytes being those of the document
     * @return the item
     * @throws MalformedTtlvException if {@code xml} is something else
     */
    public static Ttlv decode(byte[] xml, TtlvLimits limits) throws MalformedTtlvException {
        if (xml.length > limits.maxBytes()) {
            throw new MalformedTtlvException(
                    "the document has " + xml.length + " bytes; at most " + limits.maxBytes() + " are taken");
        }
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text(xml)));
            try {
                reader.nextTag();
                Ttlv item = READER.read(new Elements(reader, limits).read(1));
                while (reader.next() != XMLStreamConstants.END_DOCUMENT) {
                    refuseDocumentType(reader);
                }
                return item;
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedTtlvException("the document is no XML that KMIP knows: line "
                    + (e.getLocation() == null ? 0 : e.getLocation().getLineNumber()));
        }
    }

    /**
     * Returns an item's encoding.
     *
     * @param item any item
     * @return a document in UTF-8
     * @throws IllegalArgumentException if a text holds a character that XML has no way to write
     */
    public static byte[] encode(Ttlv item) {
        StringBuilder text = new StringBuilder();
        write(WRITER.write(item), text, 0);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] xml) throws MalformedTtlvException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(xml))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedTtlvException("the document is not in UTF-8", e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        return factory;
    }

    private static void refuseDocumentType(XMLStreamReader reader) throws MalformedTtlvException {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
            throw new MalformedTtlvException("a KMIP document has no document type");
        }
    }

    /** Reads elements within limits. */
    private static final class Elements {
        private final XMLStreamReader reader;
        private final TtlvLimits limits;
        private int items;

        Elements(XMLStreamReader reader, TtlvLimits limits) {
            this.reader = reader;
            this.limits = limits;
        }

        /** Reads the element that the reader stands at, up to its end. */
        TextItem read(int depth) throws XMLStreamException, MalformedTtlvException {
            if (depth > limits.maxDepth() || ++items > limits.maxItems()) {
                throw new MalformedTtlvException("the document has more than " + limits.maxItems()
                        + " elements, or they lie deeper than " + limits.maxDepth());
            }
            String name = reader.getLocalName();
            String tag = name.equals(BY_NUMBER) ? reader.getAttributeValue(null, "tag") : name;
            @Nullable String type = reader.getAttributeValue(null, "type");
            @Nullable String value = reader.getAttributeValue(null, "value");
            if (tag == null) {
                throw new MalformedTtlvException("an element TTLV has the attribute tag");
            }
            List<TextItem> fields = new ArrayList<>();
            while (true) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> fields.add(read(depth + 1));
                    case XMLStreamConstants.END_ELEMENT -> {
                        return new TextItem(tag, type, value, fields);
                    }
                    case XMLStreamConstants.ENTITY_REFERENCE, XMLStreamConstants.DTD ->
                        throw new MalformedTtlvException("a KMIP document has no entities");
                    default -> {} // comments and text between elements mean nothing
                }
            }
        }
    }

    private static void write(TextItem item, StringBuilder text, int depth) {
        String tag = item.tag();
        boolean known = !tag.startsWith("0x");
        String element = known ? tag : BY_NUMBER;
        text.append("  ".repeat(depth)).append('<').append(element);
        if (!known) {
            text.append(" tag=\"").append(tag).append('"');
        }
        if (item.type() != null && item.value() != null) {
            text.append(" type=\"").append(item.type()).append("\" value=\"");
            escape(item.value(), text);
            text.append("\"/>\n");
        } else if (item.fields().isEmpty()) {
            text.append("/>\n");
        } else {
            text.append(">\n");
            item.fields().forEach(field -> write(field, text, depth + 1));
            text.append("  ".repeat(depth)).append("</").append(element).append(">\n");
        }
    }

    private static void escape(String value, StringBuilder text) {
        value.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> text.append("&lt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                case '\t', '\n', '\r' -> text.append("&#").append(c).append(';');
                default -> {
                    if (c < ' ' || c == 0xFFFE || c == 0xFFFF || (c >= 0xD800 && c <= 0xDFFF)) {
                        throw new IllegalArgumentException(
                                "XML has no way to write the character " + Integer.toHexString(c));
                    }
                    text.appendCodePoint(c);
                }
            }
        });
    }
}
