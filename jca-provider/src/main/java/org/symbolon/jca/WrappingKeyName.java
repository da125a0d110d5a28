package org.symbolon.jca;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbolon.Attribute;
import org.symbolon.Template;

/**
 * The object identifier of an AES algorithm (NIST's arc 2.16.840.1.101.3.4.1) as the name of a key, as CMS asks a key agreement
 * for it (RFC 5753 section 3).
 *
 * @param bits the length of the key
 * @param wraps whether it is for wrapping keys
 */
record WrappingKeyName(int bits, boolean wraps) {
    private static final Pattern AES = Pattern.compile("2\\.16\\.840\\.1\\.101\\.3\\.4\\.1\\.(\\d{1,2})");
    private static final int PER_LENGTH = 20;
    private static final Set<Integer> WRAPPING = Set.of(5, 8);

    static Optional<WrappingKeyName> of(String name) {
        Matcher matcher = AES.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(1));
        int length = (number - 1) / PER_LENGTH;
        return number < 1 || length > 2
                ? Optional.empty()
                : Optional.of(new WrappingKeyName(128 + 64 * length, WRAPPING.contains(number - PER_LENGTH * length)));
    }

    Template uses() {
        return wraps
                ? Template.of(Attribute.WRAP, true).with(Attribute.UNWRAP, true)
                : Template.of(Attribute.ENCRYPT, true).with(Attribute.DECRYPT, true);
    }
}
