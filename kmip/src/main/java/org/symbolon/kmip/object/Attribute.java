package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;

/**
 * Something said of an object. KMIP 1.x writes it as name, index and value, 2.x under a tag of its own: here they are one.
 *
 * @param type which attribute
 * @param index which of several values, from 0 on; null where nothing is said. KMIP 2.x has none
 * @param value its value
 * @param <T> the type of its values
 */
public record Attribute<T>(AttributeType<T> type, @Nullable Integer index, T value) {
    /**
     * Returns an attribute.
     *
     * @param type which attribute
     * @param value its value
     * @param <T> the type of its values
     * @return the attribute
     */
    public static <T> Attribute<T> of(AttributeType<T> type, T value) {
        return new Attribute<>(type, null, value);
    }
}
