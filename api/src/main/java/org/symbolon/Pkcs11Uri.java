package org.symbolon;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A PKCS #11 URI (RFC 7512): names tokens and objects, wherever a user names a key.
 *
 * <p>Immutable and thread-safe. Two are equal if they have the same attributes in any order and encoding. A PIN in one is
 * never shown: {@link #toString} redacts {@code pin-value}.
 *
 * <pre>{@code
 * Pkcs11Uri.parse("pkcs11:token=Team;object=deploy;type=private")
 * }</pre>
 */
public final class Pkcs11Uri {
    private static final String SCHEME = "pkcs11:";

    private final Map<String, Bytes> path;
    private final Map<String, List<Bytes>> query;

    Pkcs11Uri(Map<String, Bytes> path, Map<String, List<Bytes>> query) {
        this.path = Collections.unmodifiableMap(path);
        this.query = Collections.unmodifiableMap(query);
    }

    /**
     * Parses a URI.
     *
     * @param uri at most 8,192 characters; the scheme in any case
     * @return the URI
     * @throws IllegalArgumentException if it is malformed; the message says what and where, without any PIN
     */
    public static Pkcs11Uri parse(String uri) {
        return Pkcs11UriParser.parse(uri);
    }

    /**
     * Returns whether a text is meant as a PKCS #11 URI: begins with its scheme.
     *
     * @param text any text
     * @return true if so
     */
    public static boolean isPkcs11Uri(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** {@return the URI that matches everything} */
    public static Pkcs11Uri any() {
        return new Pkcs11Uri(new TreeMap<>(), new TreeMap<>());
    }

    /**
     * Returns the URI of the tokens with a label.
     *
     * @param label the label
     * @return the URI
     */
    public static Pkcs11Uri ofToken(String label) {
        return any().with(Pkcs11UriAttribute.TOKEN, label);
    }

    /**
     * Returns the URI of one object in its token: token label and serial number, class, label and id.
     *
     * @param token the token
     * @param object the object
     * @return the URI
     */
    public static Pkcs11Uri of(TokenInfo token, TokenObject object) {
        Pkcs11Uri uri = ofToken(token.label());
        if (!token.serialNumber().isEmpty()) {
            uri = uri.with(Pkcs11UriAttribute.SERIAL, token.serialNumber());
        }
        Optional<String> type = Pkcs11UriAttribute.typeName(object.objectClass());
        if (type.isPresent()) {
            uri = uri.with(Pkcs11UriAttribute.TYPE, type.get());
        }
        if (object.attributes().has(Attribute.LABEL)) {
            uri = uri.with(Pkcs11UriAttribute.OBJECT, object.label());
        }
        Bytes id = object.attributes().find(Attribute.ID).orElse(Bytes.empty());
        return id.isEmpty() ? uri : uri.withId(id);
    }

    /**
     * Returns this URI with one path attribute more or another value.
     *
     * @param attribute the attribute
     * @param value its value, not encoded
     * @return a new URI
     * @throws IllegalArgumentException if the value is one that PKCS #11 could not hold
     */
    public Pkcs11Uri with(Pkcs11UriAttribute attribute, String value) {
        return with(attribute, Bytes.wrap(LosslessUtf8.encode(value)));
    }

    /**
     * Returns this URI with an object id.
     *
     * @param id CKA_ID
     * @return a new URI
     */
    public Pkcs11Uri withId(Bytes id) {
        return with(Pkcs11UriAttribute.ID, id);
    }

    private Pkcs11Uri with(Pkcs11UriAttribute attribute, Bytes value) {
        attribute.check(value);
        Map<String, Bytes> more = new TreeMap<>(path);
        more.put(attribute.uriName(), value);
        return new Pkcs11Uri(more, query);
    }

    /**
     * Returns a path attribute's value.
     *
     * @param attribute the attribute
     * @return its value, decoded, or empty if it is absent
     */
    public Optional<String> get(Pkcs11UriAttribute attribute) {
        return Optional.ofNullable(path.get(attribute.uriName())).map(Pkcs11Uri::text);
    }

    /** {@return the object id ({@code id}), or empty if it is absent} */
    public Optional<Bytes> objectId() {
        return Optional.ofNullable(path.get(Pkcs11UriAttribute.ID.uriName()));
    }

    /** {@return the object class that {@code type} names, or empty if it is absent} */
    public Optional<ObjectClass> objectClass() {
        return get(Pkcs11UriAttribute.TYPE).map(Pkcs11UriAttribute::objectClass);
    }

    /** {@return where a PIN can be had ({@code pin-source}), or empty if the URI does not say} */
    public Optional<String> pinSource() {
        return first("pin-source").map(Pkcs11Uri::text);
    }

    /**
     * Returns the PIN in the URI ({@code pin-value}).
     *
     * @return a new holder, which the caller closes; empty if the URI has none
     */
    public Optional<Pin> pinValue() {
        return first("pin-value").map(value -> Pin.ofUtf8(value.sharedArray()));
    }

    private Optional<Bytes> first(String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
    }

    /** {@return the path attributes that RFC 7512 does not know, because of which the URI matches nothing} */
    public List<String> unknownAttributes() {
        return path.keySet().stream()
                .filter(name -> Pkcs11UriAttribute.named(name).isEmpty())
                .toList();
    }

    /**
     * Returns whether the URI's module attributes match.
     *
     * @param module what the module says of itself
     * @return true if each present one does; RFC 7512 section 2.5
     */
    public boolean matches(ModuleInfo module) {
        return unknownAttributes().isEmpty()
                && matches(Pkcs11UriAttribute.LIBRARY_DESCRIPTION, module.description())
                && matches(Pkcs11UriAttribute.LIBRARY_MANUFACTURER, module.manufacturer())
                && get(Pkcs11UriAttribute.LIBRARY_VERSION)
                        .map(version -> Pkcs11UriAttribute.isVersion(module.version())
                                && Pkcs11UriAttribute.canonicalVersion(version)
                                        .equals(Pkcs11UriAttribute.canonicalVersion(module.version())))
                        .orElse(true);
    }

    /**
     * Returns whether the URI's slot attributes match.
     *
     * @param slot what the slot says of itself
     * @return true if each present one does
     */
    public boolean matches(SlotInfo slot) {
        return unknownAttributes().isEmpty()
                && matches(Pkcs11UriAttribute.SLOT_DESCRIPTION, slot.description())
                && matches(Pkcs11UriAttribute.SLOT_MANUFACTURER, slot.manufacturer())
                && get(Pkcs11UriAttribute.SLOT_ID)
                        .map(id -> Long.parseUnsignedLong(id) == slot.slotId())
                        .orElse(true);
    }

    /**
     * Returns whether the URI's token attributes match.
     *
     * @param token what the token says of itself
     * @return true if each present one does
     */
    public boolean matches(TokenInfo token) {
        return unknownAttributes().isEmpty()
                && matches(Pkcs11UriAttribute.TOKEN, token.label())
                && matches(Pkcs11UriAttribute.MANUFACTURER, token.manufacturer())
                && matches(Pkcs11UriAttribute.MODEL, token.model())
                && matches(Pkcs11UriAttribute.SERIAL, token.serialNumber());
    }

    /**
     * Returns whether the URI's object attributes match.
     *
     * @param object the object
     * @return true if each present one does
     */
    public boolean matches(TokenObject object) {
        return unknownAttributes().isEmpty()
                && get(Pkcs11UriAttribute.OBJECT)
                        .map(label -> normal(label).equals(normal(object.label())))
                        .orElse(true)
                && objectId()
                        .map(id ->
                                id.equals(object.attributes().find(Attribute.ID).orElse(Bytes.empty())))
                        .orElse(true)
                && objectClass().map(object.objectClass()::equals).orElse(true);
    }

    /**
     * Returns the query for the objects that the URI matches, after one has checked its token attributes. Labels outside
     * US-ASCII are looked for in normalization form C.
     *
     * @throws IllegalArgumentException if the URI has an attribute that RFC 7512 does not know: it matches nothing
     */
    public ObjectQuery toQuery() {
        if (!unknownAttributes().isEmpty()) {
            throw new IllegalArgumentException(
                    this + " matches nothing: RFC 7512 does not know " + unknownAttributes());
        }
        Attributes.Builder attributes = Attributes.builder();
        objectClass().ifPresent(objectClass -> attributes.set(Attribute.CLASS, objectClass));
        get(Pkcs11UriAttribute.OBJECT).ifPresent(label -> attributes.set(Attribute.LABEL, normal(label)));
        objectId().ifPresent(id -> attributes.set(Attribute.ID, id));
        return new ObjectQuery(attributes.build(), Long.MAX_VALUE);
    }

    private boolean matches(Pkcs11UriAttribute attribute, String actual) {
        return get(attribute)
                .map(wanted -> normal(wanted.stripTrailing()).equals(normal(actual.stripTrailing())))
                .orElse(true);
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String text(Bytes value) {
        return LosslessUtf8.decode(value.sharedArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pkcs11Uri that
                && canonicalPath().equals(that.canonicalPath())
                && query.equals(that.query);
    }

    @Override
    public int hashCode() {
        return canonicalPath().hashCode();
    }

    private Map<String, Bytes> canonicalPath() {
        Map<String, Bytes> canonical = new TreeMap<>(path);
        canonical.computeIfPresent(
                Pkcs11UriAttribute.LIBRARY_VERSION.uriName(),
                (name, value) -> Bytes.wrap(LosslessUtf8.encode(Pkcs11UriAttribute.canonicalVersion(text(value)))));
        return canonical;
    }

    /** {@return the URI in canonical form, with a {@code pin-value} redacted} */
    @Override
    public String toString() {
        List<String> pathParts = new ArrayList<>();
        for (Pkcs11UriAttribute attribute : Pkcs11UriAttribute.values()) {
            Bytes value = path.get(attribute.uriName());
            if (value != null) {
                pathParts.add(attribute.uriName() + "=" + Pkcs11UriParser.encodePath(value, attribute));
            }
        }
        path.forEach((name, value) -> {
            if (Pkcs11UriAttribute.named(name).isEmpty()) {
                pathParts.add(name + "=" + Pkcs11UriParser.encodePath(value, Pkcs11UriAttribute.OBJECT));
            }
        });
        String queryPart = query.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .map(value -> entry.getKey() + "="
                                + (entry.getKey().equals("pin-value")
                                        ? "redacted"
                                        : Pkcs11UriParser.encodeQuery(value))))
                .collect(Collectors.joining("&"));
        return SCHEME + String.join(";", pathParts) + (queryPart.isEmpty() ? "" : "?" + queryPart);
    }
}
