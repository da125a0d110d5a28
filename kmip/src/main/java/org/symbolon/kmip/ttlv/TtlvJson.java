package org.symbolon.kmip.ttlv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON encoding (Additional Message Encodings 1.0 section 4). Thread-safe. */
public final class TtlvJson {
    private static final TextReader READER = new TextReader(TextEncoding.JSON);
    private static final TextWriter WRITER = new TextWriter(TextEncoding.JSON);
    private static final String TAG = "tag";
    private static final String TYPE = "type";
    private static final String VALUE = "value";

    private TtlvJson() {}

    /**
     * Reads one item.
     *
     * @param json a document that is the item, in UTF-8
     * @param limits how much is taken, the bytes being those of the document
     * @return the item
     * @throws MalformedTtlvException if {@code json} is something else
     */
    public static Ttlv decode(byte[] json, TtlvLimits limits) throws MalformedTtlvException {
        if (json.length > limits.maxBytes()) {
            throw new MalformedTtlvException(
                    "the document has " + json.length + " bytes; at most " + limits.maxBytes() + " are taken");
        }
        try (JsonParser parser = factory(limits).createParser(json)) {
            parser.nextToken();
            TextItem item = new Objects(parser, limits).read(1);
            if (parser.nextToken() != null) {
                throw new MalformedTtlvException("something follows the item");
            }
            return READER.read(item);
        } catch (JsonProcessingException e) {
            throw new MalformedTtlvException("the document is no JSON: line "
                    + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        } catch (MalformedTtlvException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns an item's encoding.
     *
     * @param item any item
     * @return a document in UTF-8
     */
    public static byte[] encode(Ttlv item) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = factory(TtlvLimits.DEFAULT).createGenerator(out)) {
            write(WRITER.write(item), generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static JsonFactory factory(TtlvLimits limits) {
        return new JsonFactoryBuilder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(2 * limits.maxDepth() + 2)
                        .maxStringLength(limits.maxBytes())
                        .maxNumberLength(Long.SIZE)
                        .build())
                .build();
    }

    /** Reads objects within limits. */
    private static final class Objects {
        private final JsonParser parser;
        private final TtlvLimits limits;
        private int items;

        Objects(JsonParser parser, TtlvLimits limits) {
            this.parser = parser;
            this.limits = limits;
        }

        /** Reads the object that the parser stands at, up to its end. */
        TextItem read(int depth) throws IOException {
            if (depth > limits.maxDepth() || ++items > limits.maxItems()) {
                throw new MalformedTtlvException("the document has more than " + limits.maxItems()
                        + " items, or they lie deeper than " + limits.maxDepth());
            }
            expect(JsonToken.START_OBJECT);
            @Nullable String tag = null;
            @Nullable String type = null;
            @Nullable String value = null;
            List<TextItem> fields = List.of();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (name.equals(VALUE) && token == JsonToken.START_ARRAY) {
                    fields = array(depth);
                } else if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                    throw new MalformedTtlvException("an item has tag, name, type and value, each no object");
                } else if (token != JsonToken.VALUE_NULL) {
                    switch (name) {
                        case TAG -> tag = parser.getText();
                        case TYPE -> type = parser.getText();
                        case VALUE -> value = parser.getText();
                        default -> {} // "name" is for people; what else there is means nothing
                    }
                }
            }
            if (tag == null) {
                throw new MalformedTtlvException("an item has a tag");
            }
            return new TextItem(tag, type, value, fields);
        }

        private List<TextItem> array(int depth) throws IOException {
            List<TextItem> fields = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                fields.add(read(depth + 1));
            }
            return fields;
        }

        private void expect(JsonToken token) throws MalformedTtlvException {
            if (parser.currentToken() != token) {
                throw new MalformedTtlvException("an item is a JSON object");
            }
        }
    }

    private static void write(TextItem item, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        generator.writeStringField(TAG, item.tag());
        if (item.type() == null || item.value() == null) {
            generator.writeArrayFieldStart(VALUE);
            for (TextItem field : item.fields()) {
                write(field, generator);
            }
            generator.writeEndArray();
        } else {
            generator.writeStringField(TYPE, item.type());
            generator.writeFieldName(VALUE);
            if (isBare(item.type(), item.value())) {
                generator.writeRawValue(item.value());
            } else {
                generator.writeString(item.value());
            }
        }
        generator.writeEndObject();
    }

    /** {@return whether a value is a JSON number or boolean instead of a text} */
    private static boolean isBare(String type, String value) {
        ItemType itemType = ItemType.ofXmlName(type);
        if (itemType == null) {
            return false;
        }
        return switch (itemType) {
            case BOOLEAN -> true;
            case INTEGER, LONG_INTEGER, BIG_INTEGER, INTERVAL ->
                value.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
            default -> false;
        };
    }
}
