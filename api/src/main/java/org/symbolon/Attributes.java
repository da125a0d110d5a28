package org.symbolon;

import java.util.Collections;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An immutable set of attributes with their values, as read from an object or given in a template.
 *
 * <p>An attribute that was asked for is present, or absent because the object has none, or {@linkplain #isSensitive
 * sensitive}: the object has it and the token does not show it. Compares by content. Thread-safe.
 */
public final class Attributes {
    private static final Attributes EMPTY = builder().build();

    private final AttributeArray values;
    private final Set<Attribute<?>> sensitive;

    private Attributes(AttributeArray values, Set<Attribute<?>> sensitive) {
        this.values = values;
        this.sensitive = sensitive;
    }

    /** {@return no attributes} */
    public static Attributes none() {
        return EMPTY;
    }

    /** {@return a builder, which is not thread-safe} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the attributes of a canonical encoding, as {@link #toBytes} makes it.
     *
     * @param encoding the encoding
     * @return the attributes
     * @throws IllegalArgumentException if the encoding is malformed; the message says where
     */
    public static Attributes ofBytes(Bytes encoding) {
        return AttributeCodec.decode(encoding);
    }

    /**
     * Returns the canonical encoding: per attribute, in order of its number, 8 bytes number, 4 bytes length and the value
     * as {@link AttributeType} encodes it. Sensitive attributes are left out.
     */
    public Bytes toBytes() {
        return Bytes.wrap(AttributeCodec.encode(this));
    }

    /**
     * Returns an attribute's value.
     *
     * @param attribute the attribute
     * @param <T> the class of its values
     * @return the value, or empty if it is absent or sensitive
     */
    public <T> Optional<T> find(Attribute<T> attribute) {
        Object value = values.get(attribute);
        return value == null
                ? Optional.empty()
                : Optional.of(attribute.type().valueClass().cast(value));
    }

    /**
     * Returns the value of an attribute that is known to be present.
     *
     * @param attribute the attribute
     * @param <T> the class of its values
     * @return the value
     * @throws NoSuchElementException if it is absent or sensitive
     */
    public <T> T get(Attribute<T> attribute) {
        return find(attribute)
                .orElseThrow(() -> new NoSuchElementException(
                        attribute + (isSensitive(attribute) ? " is sensitive" : " is not among " + present())));
    }

    /**
     * Returns whether a boolean attribute is present and true.
     *
     * @param attribute the attribute
     * @return true if so; false if it is false, absent or sensitive
     */
    public boolean isTrue(Attribute<Boolean> attribute) {
        return Boolean.TRUE.equals(values.get(attribute));
    }

    /**
     * Returns whether an attribute is present.
     *
     * @param attribute the attribute
     * @return true if it has a value here
     */
    public boolean has(Attribute<?> attribute) {
        return values.get(attribute) != null;
    }

    /**
     * Returns whether the object has this attribute and the token does not show it.
     *
     * @param attribute the attribute
     * @return true if so
     */
    public boolean isSensitive(Attribute<?> attribute) {
        return sensitive.contains(attribute);
    }

    /** {@return the attributes that have a value here, by number} */
    public Set<Attribute<?>> present() {
        return values.keys();
    }

    /**
     * Returns the canonical encoding of a value that is present.
     *
     * @param attribute the attribute
     * @return a new array, which belongs to the caller
     * @throws NoSuchElementException if it is absent or sensitive
     */
    public byte[] encoded(Attribute<?> attribute) {
        return encodedAs(attribute);
    }

    private <T> byte[] encodedAs(Attribute<T> attribute) {
        return attribute.type().encode(get(attribute));
    }

    /**
     * Returns these attributes with one more or another value.
     *
     * @param attribute the attribute
     * @param value its value
     * @param <T> the class of its values
     * @return new attributes
     */
    public <T> Attributes with(Attribute<T> attribute, T value) {
        return builder().setAll(this).set(attribute, value).build();
    }

    /**
     * Returns these attributes without one.
     *
     * @param attribute the attribute
     * @return new attributes
     */
    public Attributes without(Attribute<?> attribute) {
        return builder().setAll(this).remove(attribute).build();
    }

    /**
     * Returns these attributes and others, whose values win.
     *
     * @param others the others
     * @return new attributes
     */
    public Attributes withAll(Attributes others) {
        return builder().setAll(this).setAll(others).build();
    }

    /** {@return whether there is no value here} */
    public boolean isEmpty() {
        return values.size() == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that && values.equals(that.values) && sensitive.equals(that.sensitive);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** {@return the attributes with their values; secret bytes show only their length} */
    @Override
    public String toString() {
        return values.toString();
    }

    /** Collects attributes. Not thread-safe. */
    public static final class Builder {
        private final AttributeArray values = new AttributeArray();
        private final Set<Attribute<?>> sensitive = new TreeSet<>();

        private Builder() {}

        /**
         * Sets a value, replacing an earlier one.
         *
         * @param attribute the attribute
         * @param value its value
         * @param <T> the class of its values
         * @return this builder
         */
        public <T> Builder set(Attribute<T> attribute, T value) {
            values.put(attribute, attribute.type().valueClass().cast(value));
            sensitive.remove(attribute);
            return this;
        }

        /**
         * Sets a value from its canonical encoding; an empty date or number leaves the attribute out.
         *
         * @param attribute the attribute
         * @param encoding the encoding
         * @return this builder
         * @throws IllegalArgumentException if the encoding is not of the attribute's type
         */
        public Builder setEncoded(Attribute<?> attribute, Bytes encoding) {
            if (encoding.isEmpty() && attribute.type().equals(AttributeType.DATE)) {
                return remove(attribute);
            }
            try {
                values.put(attribute, attribute.type().decode(encoding));
                sensitive.remove(attribute);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(attribute + ": " + e.getMessage(), e);
            }
            return this;
        }

        /**
         * Notes that the object has an attribute which the token does not show.
         *
         * @param attribute the attribute
         * @return this builder
         */
        public Builder setSensitive(Attribute<?> attribute) {
            values.remove(attribute);
            sensitive.add(attribute);
            return this;
        }

        /**
         * Sets all of others.
         *
         * @param others the others, whose values win
         * @return this builder
         */
        public Builder setAll(Attributes others) {
            values.putAll(others.values);
            sensitive.addAll(others.sensitive);
            sensitive.removeIf(others::has);
            return this;
        }

        /**
         * Leaves an attribute out.
         *
         * @param attribute the attribute
         * @return this builder
         */
        public Builder remove(Attribute<?> attribute) {
            values.remove(attribute);
            sensitive.remove(attribute);
            return this;
        }

        /** {@return the attributes collected so far} */
        public Attributes build() {
            return new Attributes(
                    values.copy(),
                    sensitive.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(sensitive)));
        }
    }
}
