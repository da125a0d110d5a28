package org.symbolon.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.NamedCurve;
import org.symbolon.Pkcs11Uri;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.TokenObject;

/** Tokens and objects as the command line shows them. */
final class TokenTexts {
    private static final int CLASS_WIDTH = 12;
    private static final int TYPE_WIDTH = 10;
    private static final int LABEL_WIDTH = 24;

    private TokenTexts() {}

    static List<String> flags(TokenInfo token) {
        return token.flags().stream()
                .sorted()
                .map(flag -> flag.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    static String state(TokenInfo token) {
        if (token.has(TokenFlag.PROTECTED_AUTHENTICATION_PATH)) {
            return "no PIN is typed here";
        }
        if (token.has(TokenFlag.USER_PIN_LOCKED)) {
            return "user PIN locked";
        }
        String left = token.userTriesLeft().isPresent() && token.has(TokenFlag.USER_PIN_COUNT_LOW)
                ? ", " + token.userTriesLeft().getAsInt() + " tries left"
                : "";
        return (token.has(TokenFlag.USER_PIN_INITIALIZED) ? "user PIN set" : "no user PIN yet") + left;
    }

    static Document document(TokenInfo token) {
        Document document = Document.with("label", token.label())
                .and("manufacturer", token.manufacturer())
                .and("model", token.model())
                .and("serialNumber", token.serialNumber())
                .and("flags", flags(token))
                .and("minPinBytes", token.minPinBytes())
                .and("maxPinBytes", token.maxPinBytes());
        token.userTriesLeft().ifPresent(tries -> document.and("userTriesLeft", tries));
        return document;
    }

    /** Returns an object's class in one word or two, such as {@code private key}. */
    static String objectClass(TokenObject object) {
        return object.objectClass().name().replace("CKO_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** Returns a key's type and size, such as {@code RSA 3072} or {@code P-256}; nothing for other objects. */
    static String keyType(TokenObject object) {
        if (!(object instanceof KeyObject key)) {
            return "";
        }
        Optional<NamedCurve> curve =
                object.attributes().find(Attribute.EC_PARAMS).flatMap(NamedCurve::ofEcParams);
        if (curve.isPresent()) {
            return curve.get().displayName();
        }
        String name = key.keyType().name().replace("CKK_", "");
        Optional<Integer> bits = object.attributes()
                .find(Attribute.MODULUS)
                .map(TokenTexts::bits)
                .or(() -> object.attributes().find(Attribute.VALUE_LEN).map(bytes -> Math.toIntExact(bytes * 8)));
        return bits.map(size -> name + " " + size).orElse(name);
    }

    private static int bits(Bytes unsigned) {
        return new java.math.BigInteger(1, unsigned.toByteArray()).bitLength();
    }

    static String line(TokenInfo token, TokenObject object) {
        return (pad(objectClass(object), CLASS_WIDTH)
                        + pad(keyType(object), TYPE_WIDTH)
                        + pad(printable(object.label()), LABEL_WIDTH)
                        + Pkcs11Uri.of(token, object)
                        + (object.verified() ? "" : "  (not verified: log in)"))
                .stripTrailing();
    }

    static Document document(TokenInfo token, TokenObject object) {
        Document document = Document.with("class", objectClass(object))
                .and("label", object.label())
                .and("uri", Pkcs11Uri.of(token, object))
                .and("verified", object.verified());
        if (object instanceof KeyObject key) {
            document.and("keyType", keyType(object)).and("id", key.keyId().toHex());
        }
        return document.maybe("uniqueId", object.attributes().find(Attribute.UNIQUE_ID));
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text + "  " : text + " ".repeat(width - text.length());
    }

    /** Returns a text from a token such that it can do nothing to a terminal. */
    static String printable(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? String.format("\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }
}
