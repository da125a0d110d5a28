package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** The parts of a certificate's names that have attributes of their own (KMIP 2.1 section 4.8). */
final class DistinguishedName {
    private static final Map<String, String> OTHER_NAMES = Map.of("1.2.840.113549.1.9.1", "EMAILADDRESS");
    private static final Map<String, String> SUFFIXES = Map.ofEntries(
            Map.entry("CN", "CN"),
            Map.entry("O", "O"),
            Map.entry("OU", "OU"),
            Map.entry("C", "C"),
            Map.entry("ST", "ST"),
            Map.entry("L", "L"),
            Map.entry("UID", "UID"),
            Map.entry("DC", "DC"),
            Map.entry("T", "Title"),
            Map.entry("EMAILADDRESS", "Email"),
            Map.entry("SERIALNUMBER", "SerialNumber"),
            Map.entry("DNQUALIFIER", "DNQualifier"));

    private DistinguishedName() {}

    /**
     * Returns attributes with those of the parts of a name.
     *
     * @param prefix CertificateSubject or CertificateIssuer
     */
    static Attributes parts(String prefix, X500Principal name, Attributes attributes) {
        Attributes all = attributes;
        for (String part : split(name.getName(X500Principal.RFC1779, OTHER_NAMES))) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).strip().toUpperCase(Locale.ROOT);
            Optional<String> suffix = Optional.ofNullable(SUFFIXES.get(key));
            if (suffix.isPresent()) {
                Tag tag = Tag.named(prefix + suffix.get());
                all = all.with(
                        attribute(tag, unquoted(part.substring(equals + 1).strip())));
            }
        }
        return all;
    }

    @SuppressWarnings("unchecked") // attributes that have no class of their own hold items
    private static Attribute<Ttlv> attribute(Tag tag, String value) {
        return Attribute.of((AttributeType<Ttlv>) AttributeType.ofTag(tag), Ttlv.Text.of(tag, value));
    }

    private static String unquoted(String value) {
        String inner = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
        return inner.replaceAll("\\\\(.)", "$1");
    }

    /** Splits at the commas and plus signs that are neither quoted nor escaped. */
    private static List<String> split(String name) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < name.length(); i++) {
            char each = name.charAt(i);
            if (each == '\\' && i + 1 < name.length()) {
                part.append(each).append(name.charAt(++i));
            } else if (!quoted && (each == ',' || each == '+')) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                quoted ^= each == '"';
                part.append(each);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
