package org.symbolon.kmip.conformance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** Compares what a server answered with what a case expects, and binds the variables that are met first. */
final class ResponseComparison {
    private static final long TOLERANCE_SECONDS = 300;

    /** May be there or not, with any text. */
    private static final Set<String> PASSED_OVER = Set.of(
            "ResultMessage",
            "ServerCorrelationValue",
            "ClientCorrelationValue",
            "MessageExtension",
            "TemplateAttribute",
            "PrivateKeyTemplateAttribute",
            "PublicKeyTemplateAttribute",
            "AttributeIndex",
            "ServerHashedPassword");

    /** Their order says nothing. */
    private static final Set<String> SETS = Set.of("Attribute", "AttributeName", "AttributeReference");

    /** What Query answers beyond what a case is about. */
    private static final Set<String> QUERY = Set.of(
            "Operation",
            "ObjectType",
            "VendorIdentification",
            "ServerInformation",
            "ApplicationNamespace",
            "ExtensionInformation",
            "AttestationType",
            "RNGParameters",
            "ProfileInformation",
            "ValidationInformation",
            "CapabilityInformation",
            "ClientRegistrationMethod",
            "DefaultsInformation",
            "ProtectionStorageMasks");

    /** What the baseline server profile asks for (KMIP Profiles 2.1 section 5.1). */
    private static final Set<Integer> REQUIRED_OPERATIONS = Set.of(8, 9, 10, 11, 12, 13, 14, 15, 18, 19, 20, 24, 30);

    private final Bindings bindings;
    private final List<String> differences = new ArrayList<>();
    private Variation.Item item = Variation.Item.NONE;

    ResponseComparison(Bindings bindings) {
        this.bindings = bindings;
    }

    List<String> differences() {
        return differences;
    }

    /** Compares a header, or an item of a batch. */
    void compare(Expected expected, Ttlv actual, Variation.Item of) {
        item = of;
        Optional<Ttlv> wanted = status(expected.item());
        Optional<Ttlv> status = status(actual);
        if (!wanted.equals(status)) {
            differences.add(status.map(ResponseComparison::shown).orElse("nothing") + " instead of "
                    + wanted.map(ResponseComparison::shown).orElse("nothing") + reason(actual));
            return;
        }
        compare(expected, actual, "", expected.tag());
    }

    private static Optional<Ttlv> status(Ttlv item) {
        return item instanceof Ttlv.Structure structure ? structure.field(Tag.named("ResultStatus")) : Optional.empty();
    }

    private static String reason(Ttlv item) {
        StringBuilder said = new StringBuilder();
        for (String tag : List.of("ResultReason", "ResultMessage")) {
            ((Ttlv.Structure) item)
                    .field(Tag.named(tag))
                    .ifPresent(field -> said.append(' ').append(shown(field)));
        }
        return said.toString();
    }

    private void compare(Expected expected, Ttlv actual, String within, String path) {
        if (expected.item() instanceof Ttlv.Structure && actual instanceof Ttlv.Structure structure) {
            if (!isFree(expected, within)) {
                fields(expected, structure, path);
            }
        } else if (expected.item().type() != actual.type()) {
            differ(path, expected, actual);
        } else {
            value(expected, actual, within, path);
        }
    }

    private boolean isFree(Expected expected, String within) {
        return Variation.isFree(expected.tag(), within, bindings.wasSent(expected.written()), item);
    }

    private void value(Expected expected, Ttlv actual, String within, String path) {
        if (expected.isVariable() && !bindings.isBound(expected.written())) {
            bindings.bind(expected.written(), actual);
            return;
        } else if (expected.isVariable() && bindings.isSame(expected.written(), actual)) {
            return;
        }
        if (expected.item().equals(actual) || isNear(expected, actual)) {
            return;
        }
        if (isFree(expected, within)) {
            if (expected.isVariable()) {
                bindings.bind(expected.written(), actual); // cases use one variable for one stream after the other
            } else if (!expected.written().startsWith("$")) {
                bindings.replace(expected.type(), expected.written(), actual);
            }
            return;
        }
        differ(path, expected, actual);
    }

    /** Dates that are told from now are as exact as the run is quick. */
    private static boolean isNear(Expected expected, Ttlv actual) {
        return expected.written().startsWith("$NOW")
                && expected.item() instanceof Ttlv.DateTime wanted
                && actual instanceof Ttlv.DateTime date
                && Math.abs(wanted.seconds() - date.seconds()) <= TOLERANCE_SECONDS;
    }

    private void fields(Expected expected, Ttlv.Structure actual, String path) {
        Set<String> tags = new LinkedHashSet<>();
        expected.fields().forEach(field -> tags.add(field.tag()));
        actual.fields().forEach(field -> tags.add(field.tag().xmlName()));
        tags.removeAll(PASSED_OVER);
        for (String tag : tags) {
            List<Expected> wanted = expected.all(tag);
            List<Ttlv> present = actual.fields().stream()
                    .filter(field -> field.tag().xmlName().equals(tag))
                    .toList();
            String place = path + "/" + tag;
            if (isSet(tag, expected.tag())) {
                contained(wanted, present, expected.tag(), place);
            } else if (item.operation().equals("Query")
                    && QUERY.contains(tag)
                    && expected.tag().equals("ResponsePayload")) {
                queried(wanted, present, place);
            } else if (item.operation().equals("DiscoverVersions") && !item.versionsAsked()) {
                contained(wanted, present, expected.tag(), place);
            } else if (isUnordered(tag)) {
                contained(wanted, present, expected.tag(), place);
                size(wanted, present, place);
            } else if (!(isOptional(tag, expected.tag()) && (wanted.isEmpty() || present.isEmpty()))
                    && size(wanted, present, place)) {
                for (int i = 0; i < wanted.size(); i++) {
                    inOrder(wanted.get(i), present.get(i), expected, place + (i == 0 ? "" : "#" + i));
                }
            }
        }
    }

    private void inOrder(Expected wanted, Ttlv present, Expected parent, String place) {
        String attribute = parent.tag().equals("Attribute") && wanted.tag().equals("AttributeValue")
                ? attributeName(parent.item())
                : "";
        if (attribute.isEmpty()) {
            compare(wanted, present, parent.tag(), place);
        } else {
            attributeValue(wanted, present, attribute, place + "(" + attribute + ")");
        }
    }

    private void attributeValue(Expected wanted, Ttlv present, String attribute, String place) {
        if (wanted.item() instanceof Ttlv.Structure && present instanceof Ttlv.Structure structure) {
            if (attribute.equals("Digest") || Variation.isFree(attribute, "", false, item)) {
                return;
            }
            fields(wanted, structure, place);
        } else if (wanted.item().type() == present.type()
                && !wanted.isVariable()
                && Variation.isFree(attribute, "", bindings.wasSent(wanted.written()), item)) {
            return;
        } else {
            compare(wanted, present, "", place);
        }
    }

    /** Attributes, and the names of attributes: more than what is expected may be there. */
    private static boolean isSet(String tag, String within) {
        return SETS.contains(tag) || within.equals("Attributes");
    }

    /** Before 2.0, nothing is said of the order in which objects are located. */
    private boolean isUnordered(String tag) {
        return item.operation().equals("Locate") && tag.equals("UniqueIdentifier");
    }

    private boolean isOptional(String tag, String within) {
        return tag.equals("LocatedItems")
                || (within.equals("ResponsePayload") && tag.equals("ProtocolVersion"))
                || (tag.equals("ValidityIndicator") && item.operation().equals("SignatureVerify"));
    }

    private boolean size(List<Expected> wanted, List<Ttlv> present, String place) {
        if (wanted.size() == present.size()) {
            return true;
        }
        differences.add(
                present.isEmpty()
                        ? place + " is missing"
                        : wanted.isEmpty()
                                ? place + " is not expected: " + shown(present.get(0))
                                : place + " is there " + present.size() + " times instead of " + wanted.size());
        return false;
    }

    /** Each item that is expected is one of those that are there; those whose value is fixed are looked for first. */
    private void contained(List<Expected> wanted, List<Ttlv> present, String within, String place) {
        List<Ttlv> left = new ArrayList<>(present);
        List<Expected> order = new ArrayList<>(wanted);
        order.sort(java.util.Comparator.comparing(this::isOpen));
        for (Expected each : order) {
            List<String> best = null;
            boolean found = false;
            for (Ttlv candidate : left) {
                Bindings before = bindings.copy();
                ResponseComparison attempt = new ResponseComparison(before);
                attempt.item = item;
                attempt.compare(each, candidate, within, place);
                if (attempt.differences.isEmpty()) {
                    bindings.take(before);
                    left.remove(candidate);
                    found = true;
                    break;
                } else if (each.item() instanceof Ttlv.Structure
                        && name(candidate).equals(name(each.item()))) {
                    best = attempt.differences;
                }
            }
            if (!found) {
                differences.addAll(best == null ? List.of(place + " lacks " + shown(each.item())) : best);
            }
        }
    }

    private boolean isOpen(Expected expected) {
        return (expected.isVariable() && !bindings.isBound(expected.written()))
                || expected.fields().stream().anyMatch(this::isOpen);
    }

    /** What Query must name is what every server has; the rest of an answer differs from server to server. */
    private void queried(List<Expected> wanted, List<Ttlv> present, String place) {
        for (Expected each : wanted) {
            boolean required = each.item() instanceof Ttlv.Enumerated operation
                    && each.tag().equals("Operation")
                    && REQUIRED_OPERATIONS.contains(operation.value());
            if (required && !present.contains(each.item())) {
                differences.add(place + " lacks " + shown(each.item()));
            }
        }
        boolean list = place.endsWith("ExtensionInformation") || place.endsWith("ApplicationNamespace");
        if (!wanted.isEmpty() && present.isEmpty() && !list) {
            differences.add(place + " is missing");
        }
    }

    private static String name(Ttlv item) {
        return item.tag().xmlName().equals("Attribute")
                ? attributeName(item)
                : item.tag().xmlName();
    }

    /** Returns the name of an attribute in the form in which 2.x writes it; empty for those of vendors. */
    private static String attributeName(Ttlv attribute) {
        return attribute instanceof Ttlv.Structure structure
                ? structure
                        .field(Tag.named("AttributeName"))
                        .flatMap(Bindings::text)
                        .map(name -> org.symbolon.kmip.object.AttributeType.ofName(name)
                                .name())
                        .orElse("")
                : "";
    }

    private void differ(String path, Expected expected, Ttlv actual) {
        differences.add(path + " is " + shown(actual) + " instead of " + shown(expected.item()));
    }

    private static String shown(Ttlv item) {
        String xml = new String(org.symbolon.kmip.ttlv.TtlvXml.encode(item), java.nio.charset.StandardCharsets.UTF_8)
                .replaceAll("\\s*\\n\\s*", "")
                .replaceAll(" (type=\"[A-Za-z]+\" )?value=", " ");
        return xml.length() > 400 ? xml.substring(0, 400) + "..." : xml;
    }
}
