package org.symbolon.kmip.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said of an object. Immutable; in the order in which it was said.
 *
 * @param list the attributes
 * @param templates the templates of KMIP 1.x that give more of them; deprecated since 1.3
 */
public record Attributes(List<Attribute<?>> list, List<Name> templates) {
    /** Nothing. */
    public static final Attributes NONE = new Attributes(List.of(), List.of());

    public Attributes {
        list = List.copyOf(list);
        templates = List.copyOf(templates);
    }

    /**
     * Returns attributes.
     *
     * @param list the attributes
     * @return them together
     */
    public static Attributes of(Attribute<?>... list) {
        return new Attributes(List.of(list), List.of());
    }

    /**
     * Returns these attributes and one more.
     *
     * @param type which attribute
     * @param value its value
     * @param <T> the type of its values
     * @return the attributes
     */
    public <T> Attributes with(AttributeType<T> type, T value) {
        return with(Attribute.of(type, value));
    }

    /**
     * Returns these attributes and one more.
     *
     * @param attribute any attribute
     * @return the attributes
     */
    public Attributes with(Attribute<?> attribute) {
        List<Attribute<?>> more = new ArrayList<>(list);
        more.add(attribute);
        return new Attributes(more, templates);
    }

    /** {@return whether nothing is said} */
    public boolean isEmpty() {
        return list.isEmpty() && templates.isEmpty();
    }

    /**
     * Returns the first value of an attribute.
     *
     * @param type which attribute
     * @param <T> the type of its values
     * @return the value, or empty
     */
    public <T> Optional<T> get(AttributeType<T> type) {
        return all(type).stream().findFirst();
    }

    /**
     * Returns every value of an attribute.
     *
     * @param type which attribute
     * @param <T> the type of its values
     * @return the values, in order
     */
    public <T> List<T> all(AttributeType<T> type) {
        List<T> values = new ArrayList<>();
        for (Attribute<?> attribute : list) {
            if (attribute.type().equals(type)) {
                values.add(type.cast(attribute.value()));
            }
        }
        return values;
    }
}
