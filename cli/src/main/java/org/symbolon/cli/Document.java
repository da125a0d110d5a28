package org.symbolon.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the objects of a JSON document, in the order in which their fields are put. */
final class Document {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private Document() {}

    static Document with(String name, @Nullable Object value) {
        return new Document().and(name, value);
    }

    Document and(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    /** Puts a field if there is a value for it. */
    Document maybe(String name, Optional<?> value) {
        value.ifPresent(present -> fields.put(name, present));
        return this;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }
}
