package org.symbolon.kmip.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A test case of OASIS.
 *
 * @param file where it is
 * @param messages its requests and responses, in order
 */
public record OasisCase(Path file, List<OasisMessage> messages) {
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
            List<OasisMessage> messages = new ArrayList<>();
            StringBuilder notes = new StringBuilder();
            for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element message) {
                    messages.add(new OasisMessage(message, notes.toString()));
                    notes.setLength(0);
                } else if (node.getNodeType() == Node.TEXT_NODE) {
                    notes.append(node.getTextContent());
                }
            }
            return new OasisCase(
                    file,
                    repaired(
                            file.subpath(file.getNameCount() - 2, file.getNameCount())
                                    .toString(),
                            messages));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(file + " is no test case", e);
        }
    }

    /** The case with another value wherever an element has one. */
    public OasisCase putting(String tag, String value, String other) {
        OasisCase copy = read(file);
        copy.messages.forEach(message -> message.replace(tag, value, other));
        return copy;
    }

    /** Puts right what is wrong in three files; the files themselves stay as they were published. */
    private static List<OasisMessage> repaired(String file, List<OasisMessage> messages) {
        switch (file) {
            case "1.0/TC-DERIVEKEY-4-10.xml" -> // the last two requests stand in the contrary order of their responses
                Collections.swap(messages, messages.size() - 4, messages.size() - 3);
            case "1.2/TC_SJ_4_12_Register_and_Split_Join_with_XOR.xml",
                    "1.4/TC-SJ-4-14.xml" -> // Get of one key shows another
                messages.get(11).replace("UniqueIdentifier", "$UNIQUE_IDENTIFIER_1", "$UNIQUE_IDENTIFIER_4");
            default -> {
                return messages;
            }
        }
        return messages;
    }

    /** The messages, decoded, with values of our own for the variables. */
    public List<Ttlv.Structure> decoded() {
        List<Ttlv.Structure> decoded = new ArrayList<>();
        for (OasisMessage message : messages) {
            decoded.add(
                    message.decoded((tag, type, written) -> written.startsWith("$") ? bound(written, type) : written));
        }
        return decoded;
    }

    /** A value for a variable, of the type that it stands for. */
    private static String bound(String variable, String type) {
        OptionalLong now = sinceNow(variable);
        if (type.equals("DateTime") && now.isPresent()) {
            return Instant.ofEpochSecond(MOMENT + now.getAsLong()).toString();
        }
        return type.equals("ByteString") ? String.format("%08x", variable.hashCode()) : variable;
    }

    /** The seconds that a variable such as {@code $NOW+60} is after now; empty for other variables. */
    public static OptionalLong sinceNow(String variable) {
        Matcher now = NOW.matcher(variable);
        if (!now.matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(now.group(2) == null ? 0 : Long.parseLong(now.group(1) + now.group(2)));
    }

    /** The name of the file, without its folder. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public String toString() {
        return file.subpath(file.getNameCount() - 2, file.getNameCount()).toString();
    }
}
