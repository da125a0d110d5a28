package org.symbolon.kmip.token;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.symbolon.Attribute;
import org.symbolon.Deadline;
import org.symbolon.ObjectClass;
import org.symbolon.TokenException;
import org.symbolon.kmip.object.ApplicationSpecificInformation;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.operation.Locate;

/**
 * CKA_LABEL on a server: Application Specific Information of the namespace {@code pkcs11}, else a Name. Names are unique on a server, so
 * that the second object of a label gets the suffix of its class, which is taken off again where it was put on.
 */
final class Labels {
    static final String NAMESPACE = "pkcs11";

    /** What HSMs behind servers take (KMIP says nothing). */
    private static final int MAX_NAME_BYTES = 32;

    private static final Map<ObjectClass, String> SUFFIXES = Map.of(
            ObjectClass.PRIVATE_KEY, ".key",
            ObjectClass.SECRET_KEY, ".key",
            ObjectClass.PUBLIC_KEY, ".pub",
            ObjectClass.CERTIFICATE, ".crt",
            ObjectClass.DATA, ".dat");

    private static final String UNIQUE = "symbolon-";
    private static final int UNIQUE_BYTES = 11;
    private static final Pattern UNIQUE_NAME = Pattern.compile(UNIQUE + "[0-9a-f]{" + 2 * UNIQUE_BYTES + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Server server;

    Labels(Server server) {
        this.server = server;
    }

    private static String suffix(ObjectClass objectClass) {
        return SUFFIXES.getOrDefault(objectClass, ".dat");
    }

    /** Returns the label of an object. */
    String of(Attributes said, ObjectClass objectClass, Deadline deadline) throws TokenException {
        for (ApplicationSpecificInformation each : said.all(AttributeType.APPLICATION_SPECIFIC_INFORMATION)) {
            if (each.applicationNamespace().equals(NAMESPACE) && each.applicationData() != null) {
                return each.applicationData();
            }
        }
        Optional<String> name = said.get(AttributeType.NAME)
                .map(Name::nameValue)
                .filter(text -> !UNIQUE_NAME.matcher(text).matches());
        Optional<org.symbolon.Attributes> own = VendorAttributes.rest(said);
        if (name.isEmpty()) {
            return own.flatMap(rest -> rest.find(Attribute.LABEL)).orElse("");
        }
        String named = name.get();
        if (own.isPresent()) {
            return own.get()
                    .find(Attribute.LABEL)
                    .filter(label -> named.equals(label + suffix(objectClass)))
                    .orElse(named);
        }
        return named.endsWith(suffix(objectClass)) && server.memory().namesCarrySuffixes()
                ? withoutSuffix(named, suffix(objectClass), deadline)
                : named;
    }

    /** Takes a suffix off where another object has the name without it: there it was put on. */
    private String withoutSuffix(String name, String suffix, Deadline deadline) throws TokenException {
        String label = name.substring(0, name.length() - suffix.length());
        return !label.isEmpty() && isTaken(label, deadline) ? label : name;
    }

    private boolean isTaken(String name, Deadline deadline) throws TokenException {
        Attributes filter = Attributes.of(named(name));
        return !server.call(new Locate.Request(1, null, null, null, filter), deadline)
                .uniqueIdentifiers()
                .isEmpty();
    }

    private static org.symbolon.kmip.object.Attribute<Name> named(String name) {
        return org.symbolon.kmip.object.Attribute.of(AttributeType.NAME, Name.of(name));
    }

    /** Returns a Name that says nothing, by which a new object is found if the answer to its creation is lost. */
    static Name unique() {
        byte[] random = new byte[UNIQUE_BYTES];
        RANDOM.nextBytes(random);
        return Name.of(UNIQUE + HexFormat.of().formatHex(random));
    }

    /** Returns what an object may carry that has a label, for finding it. */
    List<org.symbolon.kmip.object.Attribute<?>> carriers(String label, Optional<ObjectClass> objectClass) {
        List<org.symbolon.kmip.object.Attribute<?>> carriers = new ArrayList<>();
        if (server.memory().labelsAreApplicationData()) {
            carriers.add(application(label));
        }
        if (label.isEmpty()) {
            return carriers;
        }
        carriers.add(named(label));
        if (server.memory().labelsAreNames()) {
            Stream<String> suffixes = objectClass.isPresent()
                    ? Stream.of(suffix(objectClass.get()))
                    : SUFFIXES.values().stream().distinct().sorted();
            suffixes.forEach(suffix -> carriers.add(named(label + suffix)));
        }
        return carriers;
    }

    private static org.symbolon.kmip.object.Attribute<ApplicationSpecificInformation> application(String label) {
        return org.symbolon.kmip.object.Attribute.of(
                AttributeType.APPLICATION_SPECIFIC_INFORMATION, new ApplicationSpecificInformation(NAMESPACE, label));
    }

    /**
     * Returns the attribute that carries the label of a new object; empty for an empty label in a Name.
     *
     * @param label the label
     * @param objectClass the object's class
     * @param inApplicationData whether the server keeps Application Specific Information
     * @param taken a Name that another object gets in the same moment
     */
    Optional<org.symbolon.kmip.object.Attribute<?>> carrier(
            String label, ObjectClass objectClass, boolean inApplicationData, Optional<String> taken, Deadline deadline)
            throws TokenException {
        if (inApplicationData) {
            return Optional.of(application(label));
        }
        if (label.isEmpty()) {
            return Optional.empty();
        }
        if (label.indexOf('\0') >= 0 || ObjectView.utf8Bytes(label) > MAX_NAME_BYTES) {
            throw unfit(label);
        }
        if (taken.filter(label::equals).isEmpty() && !isTaken(label, deadline)) {
            return Optional.of(named(label));
        }
        String name = label + suffix(objectClass);
        if (ObjectView.utf8Bytes(name) > MAX_NAME_BYTES) {
            throw unfit(name);
        }
        if (isTaken(name, deadline)) {
            throw Refusals.attribute(
                    "CKR_ATTRIBUTE_VALUE_INVALID",
                    "labels are Names on this server, where one object each may be called " + label + " and " + name
                            + ", and both are there");
        }
        return Optional.of(named(name));
    }

    private static org.symbolon.InvalidAttributeException unfit(String name) {
        return Refusals.attribute(
                "CKR_ATTRIBUTE_VALUE_INVALID",
                "labels are Names on this server, which have at most " + MAX_NAME_BYTES
                        + " bytes and no NUL, suffix included," + " and " + name + " has "
                        + ObjectView.utf8Bytes(name));
    }
}
