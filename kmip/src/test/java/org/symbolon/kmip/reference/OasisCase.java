package org.symbolon.kmip.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.kmip.ttlv.TtlvXml;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A test case of OASIS, with values of our own for its variables.
 *
 * @param file where it is
 * @param messages its requests and responses, in order, each an XML document of its own
 */
public record OasisCase(Path file, List<String> messages) {
    /** The versions whose cases are read. */
    public static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2", "1.3", "1.4", "2.0", "2.1");

    private static final Pattern NOW = Pattern.compile("\\$NOW(?:([+-])(\\d+))?");
    private static final long MOMENT = 1_700_000_000L;

    /** All cases of all versions. */
    public static Stream<OasisCase> all() {
        return VERSIONS.stream().flatMap(OasisCase::ofVersion);
    }

    /** The cases of one version. */
    public static Stream<OasisCase> ofVersion(String version) {
        return KmipReference.cases(version).stream().map(OasisCase::read);
    }

    private static OasisCase read(Path file) {
        try {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            List<String> messages = new ArrayList<>();
            for (Element message : children(root)) {
                StringBuilder text = new StringBuilder();
                write(message, text);
                messages.add(text.toString());
            }
            return new OasisCase(file, messages);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(file + " is no test case", e);
        }
    }

    /** The messages, decoded. */
    public List<Ttlv.Structure> decoded() {
        List<Ttlv.Structure> decoded = new ArrayList<>();
        for (String message : messages) {
            try {
                decoded.add(
                        (Ttlv.Structure) TtlvXml.decode(message.getBytes(StandardCharsets.UTF_8), TtlvLimits.DEFAULT));
            } catch (MalformedTtlvException e) {
                throw new IllegalStateException(this + ": " + e.getMessage() + "\n" + message, e);
            }
        }
        return decoded;
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static void write(Element element, StringBuilder text) {
        text.append('<').append(element.getTagName());
        for (String name : List.of("tag", "type", "value")) {
            if (element.hasAttribute(name)) {
                String value = repaired(element.getTagName(), element.getAttribute(name));
                text.append(' ').append(name).append("=\"");
                text.append(escape(
                        name.equals("value") && value.startsWith("$")
                                ? bound(value, element.getAttribute("type"))
                                : value));
                text.append('"');
            }
        }
        text.append('>');
        children(element).forEach(child -> write(child, text));
        text.append("</").append(element.getTagName()).append('>');
    }

    /** Some files have runs of blanks in the names of attributes. */
    private static String repaired(String tag, String value) {
        return tag.equals("AttributeName") ? value.replaceAll(" +", " ") : value;
    }

    /** A value for a variable, of the type that it stands for. */
    private static String bound(String variable, String type) {
        Matcher now = NOW.matcher(variable);
        if (type.equals("DateTime") && now.matches()) {
            long offset = now.group(2) == null ? 0 : Long.parseLong(now.group(1) + now.group(2));
            return java.time.Instant.ofEpochSecond(MOMENT + offset).toString();
        }
        return type.equals("ByteString") ? String.format("%08x", variable.hashCode()) : variable;
    }

    private static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;");
    }

    @Override
    public String toString() {
        return file.subpath(file.getNameCount() - 2, file.getNameCount()).toString();
    }
}
