package org.symbolon;

import java.util.Locale;

/**
 * Where a module is: a scheme and whatever the backend of that scheme understands, such as {@code soft:sqlite:team.db}.
 *
 * @param scheme lower case
 * @param rest what follows the first colon
 */
public record ModuleUri(String scheme, String rest) {
    private static final int MAX_CHARS = 4096;

    /**
     * Parses a URI.
     *
     * @param uri at most 4,096 characters
     * @return the parts
     * @throws IllegalArgumentException if it has no scheme; the message says what is legal
     */
    public static ModuleUri parse(String uri) {
        int colon = uri.indexOf(':');
        if (uri.length() > MAX_CHARS || colon < 1 || !uri.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            throw new IllegalArgumentException(
                    "a module's URI is scheme:rest, such as soft:sqlite:team.db or kmip://host:5696, not "
                            + (uri.length() > 80 ? uri.substring(0, 80) + "…" : uri));
        }
        return new ModuleUri(uri.substring(0, colon).toLowerCase(Locale.ROOT), uri.substring(colon + 1));
    }

    @Override
    public String toString() {
        return scheme + ":" + rest;
    }
}
