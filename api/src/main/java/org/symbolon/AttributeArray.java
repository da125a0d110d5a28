package org.symbolon;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attributes with their values in two arrays, by the attributes' numbers: an object has some twenty, which are read, copied
 * and merged each time that the object is found. Not thread-safe while it changes.
 */
final class AttributeArray {
    private static final int ROOM = 16;

    private Attribute<?>[] attributes;
    private Object[] values;
    private int size;

    /** Makes an empty one. */
    AttributeArray() {
        this(new Attribute<?>[ROOM], new Object[ROOM], 0);
    }

    private AttributeArray(Attribute<?>[] attributes, Object[] values, int size) {
        this.attributes = attributes;
        this.values = values;
        this.size = size;
    }

    /** Returns another one with the same content and no room for more. */
    AttributeArray copy() {
        return new AttributeArray(Arrays.copyOf(attributes, size), Arrays.copyOf(values, size), size);
    }

    @Nullable Object get(Attribute<?> attribute) {
        int at = indexOf(attribute);
        return at < 0 ? null : values[at];
    }

    void put(Attribute<?> attribute, Object value) {
        int at = indexOf(attribute);
        if (at >= 0) {
            values[at] = value;
            return;
        }
        grow(1);
        int place = -at - 1;
        System.arraycopy(attributes, place, attributes, place + 1, size - place);
        System.arraycopy(values, place, values, place + 1, size - place);
        attributes[place] = attribute;
        values[place] = value;
        size++;
    }

    void remove(Attribute<?> attribute) {
        int at = indexOf(attribute);
        if (at >= 0) {
            size--;
            System.arraycopy(attributes, at + 1, attributes, at, size - at);
            System.arraycopy(values, at + 1, values, at, size - at);
        }
    }

    /** Puts all of another one, from the last to the first, so that each is moved once. */
    void putAll(AttributeArray others) {
        int added = others.countMissingIn(this);
        grow(added);
        int mine = size - 1;
        int other = others.size - 1;
        size += added;
        for (int place = size - 1; other >= 0; place--) {
            int order = mine < 0 ? -1 : attributes[mine].compareTo(others.attributes[other]);
            boolean keeps = order > 0;
            attributes[place] = keeps ? attributes[mine] : others.attributes[other];
            values[place] = keeps ? values[mine] : others.values[other];
            mine -= order >= 0 ? 1 : 0;
            other -= keeps ? 0 : 1;
        }
    }

    private int countMissingIn(AttributeArray others) {
        int missing = 0;
        for (int i = 0; i < size; i++) {
            missing += others.indexOf(attributes[i]) < 0 ? 1 : 0;
        }
        return missing;
    }

    private void grow(int added) {
        if (size + added > attributes.length) {
            int room = Math.max(size + added, 2 * attributes.length);
            attributes = Arrays.copyOf(attributes, room);
            values = Arrays.copyOf(values, room);
        }
    }

    /** Returns where an attribute is, or, less than zero, -1 less the place that it would have. */
    private int indexOf(Attribute<?> attribute) {
        if (size > 0 && attributes[size - 1].compareTo(attribute) < 0) {
            return -size - 1; // what is read comes in this order
        }
        return Arrays.binarySearch(attributes, 0, size, attribute);
    }

    int size() {
        return size;
    }

    /** Returns the attributes by number, as a view that changes nothing. */
    Set<Attribute<?>> keys() {
        return new Keys();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttributeArray that
                && Arrays.equals(attributes, 0, size, that.attributes, 0, that.size)
                && Arrays.equals(values, 0, size, that.values, 0, that.size);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + (attributes[i].hashCode() ^ values[i].hashCode());
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(attributes[i]).append('=').append(values[i]);
        }
        return text.append('}').toString();
    }

    /** The attributes. */
    private final class Keys extends AbstractSet<Attribute<?>> {
        @Override
        public boolean contains(Object attribute) {
            return attribute instanceof Attribute<?> wanted && indexOf(wanted) >= 0;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Iterator<Attribute<?>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < size;
                }

                @Override
                public Attribute<?> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException("there are " + size + " attributes");
                    }
                    return attributes[next++];
                }
            };
        }
    }
}
