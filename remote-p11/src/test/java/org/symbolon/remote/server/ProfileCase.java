package org.symbolon.remote.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A test case of the PKCS #11 Profiles v3.2 (OASIS): calls, and what each has to return.
 *
 * @param name of the file
 * @param steps in their order
 */
record ProfileCase(String name, List<Step> steps) {
    /**
     * A call.
     *
     * @param function such as C_Login
     * @param input the leaves of the call, by their path, such as {@code Template/Attribute}
     * @param returnValue what it returns, such as CKR_OK
     * @param output the leaves of what it gives
     */
    record Step(
            String function, Map<String, List<String>> input, String returnValue, Map<String, List<String>> output) {
        /** Returns the only value of a leaf of the input. */
        String value(String path) {
            List<String> values = input.get(path);
            if (values == null || values.size() != 1) {
                throw new IllegalArgumentException(function + " has no single " + path + ": " + input);
            }
            return values.get(0);
        }
    }

    static ProfileCase read(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            List<Element> elements =
                    children(factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < elements.size(); i += 2) {
                steps.add(step(elements.get(i), elements.get(i + 1)));
            }
            return new ProfileCase(String.valueOf(file.getFileName()), steps);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is no test case", e);
        }
    }

    private static Step step(Element call, Element result) throws IOException {
        if (!call.getTagName().equals(result.getTagName()) || !result.hasAttribute("rv")) {
            throw new IOException(call.getTagName() + " is followed by no result of its own");
        }
        return new Step(call.getTagName(), leaves(call), "CKR_" + result.getAttribute("rv"), leaves(result));
    }

    private static Map<String, List<String>> leaves(Element element) {
        Map<String, List<String>> leaves = new LinkedHashMap<>();
        children(element).forEach(child -> collect("", child, leaves));
        return leaves;
    }

    private static void collect(String above, Element element, Map<String, List<String>> leaves) {
        String path = above + element.getTagName();
        List<Element> children = children(element);
        children.forEach(child -> collect(path + "/", child, leaves));
        if (children.isEmpty()) {
            leaves.computeIfAbsent(path, key -> new ArrayList<>()).add(text(element));
        }
    }

    /** An attribute is {@code type=value}, a version {@code major.minor}; what has neither value nor length is NULL. */
    private static String text(Element leaf) {
        if (leaf.hasAttribute("major")) {
            return leaf.getAttribute("major") + "." + leaf.getAttribute("minor");
        }
        if (leaf.hasAttribute("length")) {
            return "length " + leaf.getAttribute("length");
        }
        String type = leaf.hasAttribute("type") ? leaf.getAttribute("type") + "=" : "";
        return type + leaf.getAttribute("value");
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }
}
