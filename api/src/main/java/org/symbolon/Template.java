package org.symbolon;

/**
 * The attributes wanted of an object to be created, generated, copied or changed. Immutable and thread-safe.
 *
 * <pre>{@code
 * Template.label("deploy").id(Bytes.ofHex("01")).with(Attribute.EXTRACTABLE, true)
 * }</pre>
 *
 * @param attributes the attributes
 */
public record Template(Attributes attributes) {
    private static final Template EMPTY = new Template(Attributes.none());

    /** {@return the template that wants nothing: every attribute takes its default} */
    public static Template empty() {
        return EMPTY;
    }

    /**
     * Returns a template of attributes.
     *
     * @param attributes the attributes
     * @return the template
     */
    public static Template of(Attributes attributes) {
        return new Template(attributes);
    }

    /**
     * Returns a template with one attribute.
     *
     * @param attribute the attribute
     * @param value its value
     * @param <T> the class of its values
     * @return the template
     */
    public static <T> Template of(Attribute<T> attribute, T value) {
        return EMPTY.with(attribute, value);
    }

    /**
     * Returns a template with a label.
     *
     * @param label CKA_LABEL
     * @return the template
     */
    public static Template label(String label) {
        return of(Attribute.LABEL, label);
    }

    /**
     * Returns this template with CKA_ID.
     *
     * @param id the id
     * @return a new template
     */
    public Template id(Bytes id) {
        return with(Attribute.ID, id);
    }

    /**
     * Returns this template with CKA_TOKEN: an object that outlives its session.
     *
     * @return a new template
     */
    public Template onToken() {
        return with(Attribute.TOKEN, true);
    }

    /**
     * Returns this template with CKA_TOKEN false: an object that dies with its session.
     *
     * @return a new template
     */
    public Template inSession() {
        return with(Attribute.TOKEN, false);
    }

    /**
     * Returns this template with one attribute more or another value.
     *
     * @param attribute the attribute
     * @param value its value
     * @param <T> the class of its values
     * @return a new template
     */
    public <T> Template with(Attribute<T> attribute, T value) {
        return new Template(attributes.with(attribute, value));
    }

    /**
     * Returns this template and another, whose values win.
     *
     * @param other the other
     * @return a new template
     */
    public Template and(Template other) {
        return new Template(attributes.withAll(other.attributes));
    }

    /**
     * Returns this template with a value where it has none.
     *
     * @param attribute the attribute
     * @param value its default
     * @param <T> the class of its values
     * @return this or a new template
     */
    public <T> Template orElse(Attribute<T> attribute, T value) {
        return attributes.has(attribute) ? this : with(attribute, value);
    }
}
