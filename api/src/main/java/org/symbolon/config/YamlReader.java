package org.symbolon.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one YAML document, keeping the place of everything in it. Anchors, aliases, custom tags and deep nesting are
 * refused: nothing in a configuration needs them, and they make small files mean large things.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 16;

    private final YAMLParser parser;
    private final Mistakes mistakes;

    private YamlReader(YAMLParser parser, Mistakes mistakes) {
        this.parser = parser;
        this.mistakes = mistakes;
    }

    /** Returns the document, {@link YamlNode.Nothing} if there is none. What cannot be read at all is a mistake. */
    static YamlNode read(String text, Mistakes mistakes) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new YamlReader(parser, mistakes).document();
        } catch (JsonProcessingException e) {
            mistakes.add(location(e.getLocation()), "this is not YAML: " + problem(e));
        } catch (IOException e) {
            throw new AssertionError("a text in memory was not read", e);
        }
        return new YamlNode.Nothing(Location.START);
    }

    private YamlNode document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new YamlNode.Nothing(Location.START);
        }
        YamlNode root = node(first, 0);
        if (parser.nextToken() != null) {
            mistakes.add(here(), "a second YAML document begins here; one is allowed");
        }
        return root;
    }

    private YamlNode node(JsonToken token, int depth) throws IOException {
        Location at = here();
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            mistakes.add(at, "anchors and aliases (&, *) are not allowed; write the value again");
        } else if (parser.getTypeId() != null) {
            mistakes.add(at, "tags (!) are not allowed");
        }
        if (depth > MAX_DEPTH) {
            mistakes.add(at, "nested more than " + MAX_DEPTH + " deep");
            parser.skipChildren();
            return new YamlNode.Nothing(at);
        }
        return switch (token) {
            case START_OBJECT -> mapping(at, depth);
            case START_ARRAY -> sequence(at, depth);
            case VALUE_NULL -> new YamlNode.Nothing(at);
            default -> new YamlNode.Scalar(at, parser.getText());
        };
    }

    private YamlNode mapping(Location at, int depth) throws IOException {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Location keyAt = here();
            YamlNode value = node(parser.nextToken(), depth + 1);
            YamlNode.@Nullable Entry before = entries.putIfAbsent(key, new YamlNode.Entry(keyAt, value));
            if (before != null) {
                mistakes.add(
                        keyAt,
                        "key '" + key + "' is here a second time; the first is in line "
                                + before.keyAt().line());
            }
        }
        return new YamlNode.Mapping(at, entries);
    }

    private YamlNode sequence(Location at, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, depth + 1));
        }
        return new YamlNode.Sequence(at, items);
    }

    private Location here() {
        return location(parser.currentTokenLocation());
    }

    private static Location location(@Nullable JsonLocation location) {
        return location == null ? Location.START : new Location(location.getLineNr(), location.getColumnNr());
    }

    /** The parser's own words without its excerpts of the file, which may show what should have been a reference. */
    private static String problem(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
    }
}
