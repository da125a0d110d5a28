package org.symbolon.kmip.message;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/**
 * A structure as a record: the table tells which fields it has in which version and in what order, the record what they are in
 * Java. A field's component has its name; what the two major versions call differently has one ({@link FieldNames}).
 *
 * <p>Written strictly in the table's order; read in any order, and what is not known is passed over.
 */
final class RecordForm implements ValueForm {
    private final Class<?> type;
    private final String structure;
    private final Component[] components;
    private final Constructor<?> constructor;
    private final Map<Tag, Component> byTag = new HashMap<>();
    private final Map<KmipVersion, List<Step>> steps = new ConcurrentHashMap<>();

    /**
     * A component of the record.
     *
     * @param index its place
     * @param name its name
     * @param valueClass the class of its values, or of the elements of its list
     * @param isList whether it is a list
     * @param nullable whether it may be null
     * @param accessor reads it
     */
    private record Component(
            int index, String name, Class<?> valueClass, boolean isList, boolean nullable, Method accessor) {}

    /** A field to be written: from which component, under which tag. */
    private record Step(Component component, Tag tag, boolean required, boolean repeated) {}

    RecordForm(Class<?> type) {
        this.type = type;
        Class<?> outer = type.getDeclaringClass();
        this.structure = outer == null ? type.getSimpleName() : outer.getSimpleName() + "." + type.getSimpleName();
        RecordComponent[] declared = type.getRecordComponents();
        this.components = new Component[declared.length];
        Class<?>[] parameters = new Class<?>[declared.length];
        try {
            for (int i = 0; i < declared.length; i++) {
                parameters[i] = declared[i].getType();
                components[i] = component(i, declared[i]);
            }
            this.constructor = type.getDeclaredConstructor(parameters);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " is no public record", e);
        }
        indexTags();
    }

    private static Component component(int index, RecordComponent declared) {
        Type generic = declared.getGenericType();
        boolean isList = declared.getType() == List.class;
        Class<?> valueClass = isList ? raw(((ParameterizedType) generic).getActualTypeArguments()[0]) : raw(generic);
        return new Component(
                index,
                StructureTable.folded(declared.getName()),
                valueClass,
                isList,
                declared.getAnnotatedType().isAnnotationPresent(Nullable.class),
                declared.getAccessor());
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    private void indexTags() {
        for (StructureTable.Row row : StructureTable.rows(structure)) {
            for (StructureTable.Field field : row.fields()) {
                Component component = componentOf(field);
                if (component.valueClass == ManagedObject.class) {
                    ManagedObjectForm.CLASSES.keySet().forEach(tag -> byTag.put(tag, component));
                } else if (!field.name().equals(StructureTable.OBJECT)) {
                    byTag.putIfAbsent(Tag.named(field.name()), component);
                }
            }
        }
    }

    /** {@return the component of a field} */
    private Component componentOf(StructureTable.Field field) {
        for (String name : FieldNames.of(field.name())) {
            for (Component component : components) {
                if (component.name.equals(name) || component.name.equals(name + "s")) {
                    return component;
                }
            }
        }
        throw new AssertionError(type + " has no component for the field " + field.name());
    }

    private List<Step> steps(KmipVersion version) {
        List<Step> known = steps.get(version);
        return known != null ? known : steps.computeIfAbsent(version, this::makeSteps);
    }

    private List<Step> makeSteps(KmipVersion version) {
        List<Step> made = new ArrayList<>();
        for (StructureTable.Field field : StructureTable.fields(structure, version)) {
            Component component = componentOf(field);
            Tag tag = field.name().equals(StructureTable.OBJECT) ? Tag.of(0) : Tag.named(field.name());
            made.add(new Step(component, tag, field.required(), field.repeated()));
        }
        return List.copyOf(made);
    }

    @Override
    public Ttlv write(Tag tag, Object value, KmipVersion version) {
        List<Ttlv> fields = new ArrayList<>();
        boolean[] written = new boolean[components.length];
        for (Step step : steps(version)) {
            written[step.component.index] = true;
            write(step, get(step.component, value), version, fields);
        }
        for (Component component : components) {
            if (!written[component.index] && !isAbsent(get(component, value))) {
                throw new NotInVersionException(
                        structure + " has no " + component.name + " in KMIP " + version + ": leave it out");
            }
        }
        return new Ttlv.Structure(tag, fields);
    }

    private static void write(Step step, @Nullable Object value, KmipVersion version, List<Ttlv> fields) {
        if (value == null || (value instanceof Attributes attributes && attributes.isEmpty() && !step.required)) {
            return;
        }
        ValueForm form = ValueForms.of(step.component.valueClass);
        if (value instanceof List<?> list) {
            list.forEach(each -> fields.add(form.write(step.tag, each, version)));
        } else if (value instanceof Attributes attributes && step.tag.equals(AttributeForm.ATTRIBUTE)) {
            attributes.list().forEach(each -> fields.add(AttributeForm.versionOne(each, version)));
        } else {
            fields.add(form.write(step.tag, value, version));
        }
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Attributes attributes && attributes.isEmpty());
    }

    @Override
    public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
        List<Ttlv> fields = ValueForms.as(Ttlv.Structure.class, item).fields();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < fields.size(); i++) {
            Ttlv field = fields.get(i);
            Component component = byTag.get(field.tag());
            if (component != null) {
                Object value = ValueForms.of(component.valueClass).read(field, context);
                values[component.index] = joined(component, values[component.index], value, field);
            }
        }
        for (Component component : components) {
            if (values[component.index] == null && !component.nullable) {
                values[component.index] = missing(component, item);
            }
        }
        return make(values, item);
    }

    @SuppressWarnings("unchecked") // a list here is one that this method made
    private static Object joined(Component component, @Nullable Object before, Object value, Ttlv field)
            throws MalformedTtlvException {
        if (component.isList) {
            List<Object> list = before == null ? new ArrayList<>() : (List<Object>) before;
            list.add(value);
            return list;
        }
        if (before == null) {
            return value;
        }
        if (before instanceof Attributes first && value instanceof Attributes second) {
            List<Attribute<?>> both = new ArrayList<>(first.list());
            both.addAll(second.list());
            return new Attributes(both, first.templates());
        }
        throw new MalformedTtlvException(field.tag() + " is there twice", field);
    }

    private Object missing(Component component, Ttlv item) throws MalformedTtlvException {
        if (component.isList) {
            return List.of();
        }
        if (component.valueClass == Attributes.class) {
            return Attributes.NONE;
        }
        throw new MalformedTtlvException(item.tag() + " (" + structure + ") has no " + component.name, item);
    }

    private static @Nullable Object get(Component component, Object value) {
        try {
            return component.accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("accessors of records are public and throw nothing", e);
        }
    }

    private Object make(@Nullable Object[] values, Ttlv item) throws MalformedTtlvException {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                MalformedTtlvException malformed = new MalformedTtlvException(
                        item.tag() + " has a value that " + structure + " cannot have", item);
                malformed.initCause(e);
                throw malformed;
            }
            throw new LinkageError(structure + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(structure + " cannot be made", e);
        }
    }

    @Override
    public String toString() {
        return structure + Arrays.toString(components);
    }
}
