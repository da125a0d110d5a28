package org.symbolon;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The grammar of PKCS #11 URIs (RFC 7512 section 2.3) in both directions. */
final class Pkcs11UriParser {
    private static final int MAX_CHARS = 8192;
    private static final String UNRESERVED = "-._~";
    private static final String PATH_CHARS = UNRESERVED + ":[]@!$'()*+,=&";
    private static final String QUERY_CHARS = UNRESERVED + ":[]@!$'()*+,=/?|";
    /** What need not be UTF-8: ids, and labels, which foreign programs write in other character sets. */
    private static final Set<String> BYTES =
            Set.of(Pkcs11UriAttribute.ID.uriName(), Pkcs11UriAttribute.OBJECT.uriName());

    private static final Set<String> SINGLE_QUERY_ATTRIBUTES =
            Set.of("pin-source", "pin-value", "module-name", "module-path");

    private Pkcs11UriParser() {}

    static Pkcs11Uri parse(String uri) {
        if (!Pkcs11Uri.isPkcs11Uri(uri) || uri.length() > MAX_CHARS) {
            throw new IllegalArgumentException(
                    "a PKCS #11 URI begins with pkcs11: and has at most " + MAX_CHARS + " characters");
        }
        String rest = uri.substring(uri.indexOf(':') + 1);
        int question = rest.indexOf('?');
        Map<String, Bytes> path = parsePath(question < 0 ? rest : rest.substring(0, question));
        Map<String, List<Bytes>> query = parseQuery(question < 0 ? "" : rest.substring(question + 1));
        if (query.containsKey("pin-source") && query.containsKey("pin-value")) {
            throw new IllegalArgumentException("a PKCS #11 URI has pin-source or pin-value, not both");
        }
        return new Pkcs11Uri(path, query);
    }

    private static Map<String, Bytes> parsePath(String text) {
        Map<String, Bytes> path = new TreeMap<>();
        for (String part : split(text, ";")) {
            int equals = nameEnd(part, "path");
            String name = part.substring(0, equals);
            Bytes value = decode(part.substring(equals + 1), PATH_CHARS, name);
            Pkcs11UriAttribute.named(name).ifPresent(attribute -> attribute.check(value));
            if (!BYTES.contains(name)) {
                requireUtf8(name, value);
            }
            if (path.put(name, value) != null) {
                throw new IllegalArgumentException("path attribute " + name + " appears twice");
            }
        }
        return path;
    }

    private static Map<String, List<Bytes>> parseQuery(String text) {
        Map<String, List<Bytes>> query = new TreeMap<>();
        for (String part : split(text, "&")) {
            int equals = nameEnd(part, "query");
            String name = part.substring(0, equals);
            Bytes value = decode(part.substring(equals + 1), QUERY_CHARS, name);
            List<Bytes> values = query.computeIfAbsent(name, key -> new ArrayList<>());
            values.add(value);
            if (values.size() > 1 && SINGLE_QUERY_ATTRIBUTES.contains(name)) {
                throw new IllegalArgumentException("query attribute " + name + " appears twice");
            }
            if (name.equals("module-path") && (value.isEmpty() || value.sharedArray()[0] != '/')) {
                throw new IllegalArgumentException("module-path is absolute");
            }
        }
        return query;
    }

    private static String[] split(String text, String separator) {
        return text.isEmpty() ? new String[0] : text.split(separator, -1);
    }

    private static int nameEnd(String part, String where) {
        int equals = part.indexOf('=');
        if (equals < 1 || !part.substring(0, equals).matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "a " + where + " attribute is name=value; the name has letters, digits, - and _ only");
        }
        return equals;
    }

    private static Bytes decode(String text, String allowed, String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = hexDigit(text, i + 1);
                int low = hexDigit(text, i + 2);
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException(
                            name + " has a % at character " + i + " of its value without two hexadecimal digits");
                }
                out.write(high << 4 | low);
                i += 2;
            } else if (isPlain(c, allowed)) {
                out.write(c);
            } else {
                throw new IllegalArgumentException(name + " has a character at " + i
                        + " of its value that must be percent-encoded: U+" + String.format("%04X", (int) c));
            }
        }
        return Bytes.wrap(out.toByteArray());
    }

    /** Returns the value of an ASCII hexadecimal digit, or -1 if there is none. */
    private static int hexDigit(String text, int index) {
        return index < text.length() && HexFormat.isHexDigit(text.charAt(index))
                ? HexFormat.fromHexDigit(text.charAt(index))
                : -1;
    }

    private static void requireUtf8(String name, Bytes value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.sharedArray()));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + " is not UTF-8", e);
        }
    }

    static String encodePath(Bytes value, Pkcs11UriAttribute attribute) {
        return encode(value, attribute == Pkcs11UriAttribute.ID ? "" : PATH_CHARS, attribute == Pkcs11UriAttribute.ID);
    }

    static String encodeQuery(Bytes value) {
        return encode(value, QUERY_CHARS, false);
    }

    private static String encode(Bytes value, String allowed, boolean everything) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.sharedArray()) {
            char c = (char) (b & 0xFF);
            if (!everything && isPlain(c, allowed)) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(char c, String allowed) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || allowed.indexOf(c) >= 0;
    }
}
