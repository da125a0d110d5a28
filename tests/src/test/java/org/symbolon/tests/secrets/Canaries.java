package org.symbolon.tests.secrets;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Secrets that are looked for wherever they must not be, in every form that they might have there. */
final class Canaries {
    /** A part as short as this would be found by chance. */
    private static final int LEAST_CHARS = 8;

    private final Map<String, List<String>> forms = new LinkedHashMap<>();
    private final List<byte[]> raw = new ArrayList<>();

    Canaries text(String name, String secret) {
        bytes(name, secret.getBytes(StandardCharsets.UTF_8));
        forms.computeIfAbsent(name, absent -> new ArrayList<>()).add(secret);
        return this;
    }

    Canaries bytes(String name, byte[] secret) {
        String hex = HexFormat.of().formatHex(secret);
        String listed = Arrays.toString(secret);
        List<String> written = new ArrayList<>(List.of(
                hex,
                hex.toUpperCase(Locale.ROOT),
                HexFormat.ofDelimiter(":").formatHex(secret),
                HexFormat.ofDelimiter(" ").formatHex(secret),
                Base64.getEncoder().withoutPadding().encodeToString(secret),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                listed.substring(1, listed.length() - 1),
                new BigInteger(1, secret).toString()));
        // A message may show the beginning of a long value only.
        if (secret.length >= 16) {
            written.add(HexFormat.of().formatHex(secret, 0, 16));
        }
        written.removeIf(form -> form.length() < LEAST_CHARS);
        forms.put(name, written);
        raw.add(secret.clone());
        return this;
    }

    /** Those that a text contains, by name and form. */
    List<String> in(String text) {
        List<String> found = new ArrayList<>();
        forms.forEach((name, written) -> written.stream()
                .filter(text::contains)
                .forEach(form -> found.add(name + " as " + form + " in " + around(text, form))));
        return found;
    }

    /** Whether bytes contain a secret as it is. */
    boolean areIn(byte[] content) {
        String searched = new String(content, StandardCharsets.ISO_8859_1);
        return raw.stream().anyMatch(secret -> searched.contains(new String(secret, StandardCharsets.ISO_8859_1)));
    }

    private static String around(String text, String form) {
        int at = text.indexOf(form);
        return text.substring(Math.max(0, at - 100), Math.min(text.length(), at + form.length() + 20));
    }
}
