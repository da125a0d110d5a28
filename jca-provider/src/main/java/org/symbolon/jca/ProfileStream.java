package org.symbolon.jca;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidParameterException;
import java.util.List;

/** Reads the file that stands for a token where a framework insists on a key store file: the token's profile, one line. */
final class ProfileStream {
    private static final int MAX_BYTES = 8192;

    private ProfileStream() {}

    /**
     * Returns the provider of the token that the stream names; the given one if it names none.
     *
     * @throws IOException if it holds something else, or names another token than the given provider's
     */
    static SymbolonProvider read(InputStream stream, SymbolonProvider provider) throws IOException {
        List<String> lines = text(stream)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty()) {
            return provider;
        }
        if (lines.size() > 1) {
            throw new IOException(
                    "this key store file has " + lines.size() + " lines; a file that stands for a token has"
                            + " one: the token's name in the configuration, a PKCS #11 URI or a module's URI");
        }
        return named(lines.get(0), provider);
    }

    /**
     * Returns the provider of a token; the given one if it is that.
     *
     * @throws IOException if the profile is malformed, or names another token than the given provider's
     */
    static SymbolonProvider named(String profile, SymbolonProvider provider) throws IOException {
        try {
            SymbolonProvider named = provider.configure(profile);
            if (named.link() != provider.link() && provider.isConfigured()) {
                throw new IOException("the key store is to be loaded from the token " + profile + ", and "
                        + provider.getName() + " is the provider of another");
            }
            return named;
        } catch (InvalidParameterException e) {
            throw new IOException("the key store is to be loaded from no token: " + e.getMessage(), e);
        }
    }

    private static String text(InputStream stream) throws IOException {
        byte[] content = stream.readNBytes(MAX_BYTES + 1);
        if (content.length > MAX_BYTES) {
            throw wrongKind(null);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            if (text.chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c))) {
                throw wrongKind(null);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw wrongKind(e);
        }
    }

    private static IOException wrongKind(@org.jspecify.annotations.Nullable Exception cause) {
        return new IOException(
                "this key store file is no text of one line that names a token; is it of type PKCS12 or JKS?", cause);
    }
}
