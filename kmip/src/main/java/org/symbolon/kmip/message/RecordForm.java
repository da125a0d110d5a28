package org.symbolon.kmip.message;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
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
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/**
 * A structure as a record: the table tells which fields it has in which version and in what order, the record what they are in
 * Java. A field's component has its name; what the two major versions call differently has one ({@link FieldNames}).
 *
 * <p>Written strictly in the table's order; read in any order, and what is not known is passed over.
 */
final class RecordForm implements ValueForm {
    private static final int FIRST_TAG = 0x420000;
    private static final int LAST_TAG =
            Tag.all().stream().mapToInt(Tag::code).max().orElseThrow();

    private final Class<?> type;
    private final String structure;
    private final Component[] components;
    private final Constructor<?> constructor;
    private final @Nullable Component[] byTag = new @Nullable Component[LAST_TAG - FIRST_TAG + 1];
    private final Map<KmipVersion, Plan> plans = new ConcurrentHashMap<>();

    /** A component of the record. */
    private static final class Component {
        private final int index;
        private final String name;
        private final Class<?> valueClass;
        private final boolean isList;
        private final boolean nullable;
        private final Method accessor;
        private @Nullable ValueForm form;

        Component(int index, RecordComponent declared) {
            Type generic = declared.getGenericType();
            this.index = index;
            this.name = StructureTable.folded(declared.getName());
            this.isList = declared.getType() == List.class;
            this.valueClass = isList ? raw(((ParameterizedType) generic).getActualTypeArguments()[0]) : raw(generic);
            this.nullable = declared.getAnnotatedType().isAnnotationPresent(Nullable.class);
            this.accessor = declared.getAccessor();
        }

        /** {@return the form of its values, or of the elements of its list; looked up late, since records hold each other} */
        ValueForm form() {
            ValueForm known = form;
            if (known == null) {
                known = ValueForms.of(valueClass);
                form = known;
            }
            return known;
        }

        @Nullable Object get(Object value) {
            try {
                return accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("accessors of records are public and throw nothing", e);
            }
        }
    }

    /** A field to be written: from which component, under which tag. */
    private record Step(Component component, Tag tag, boolean required) {}

    /** What a version has: fields in their order, and the components that it lacks. */
    private record Plan(List<Step> steps, List<Component> lacking) {}

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
                components[i] = new Component(i, declared[i]);
            }
            this.constructor = type.getDeclaredConstructor(parameters);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " is no public record", e);
        }
        indexTags();
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
                    ManagedObjectForm.CLASSES.keySet().forEach(tag -> byTag[tag.code() - FIRST_TAG] = component);
                } else if (!field.name().equals(StructureTable.OBJECT)) {
                    int low = Tag.named(field.name()).code() - FIRST_TAG;
                    byTag[low] = byTag[low] == null ? component : byTag[low];
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

    private Plan plan(KmipVersion version) {
        Plan known = plans.get(version);
        return known != null ? known : plans.computeIfAbsent(version, this::makePlan);
    }

    private Plan makePlan(KmipVersion version) {
        List<Step> steps = new ArrayList<>();
        List<Component> lacking = new ArrayList<>(List.of(components));
        for (StructureTable.Field field : StructureTable.fields(structure, version)) {
            Component component = componentOf(field);
            Tag tag = field.name().equals(StructureTable.OBJECT) ? Tag.of(0) : Tag.named(field.name());
            steps.add(new Step(component, tag, field.required()));
            lacking.remove(component);
        }
        return new Plan(List.copyOf(steps), List.copyOf(lacking));
    }

    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        Plan plan = plan(version);
        for (Component component : plan.lacking) {
            if (!isAbsent(component.get(value))) {
                throw new NotInVersionException(
                        structure + " has no " + component.name + " in KMIP " + version + ": leave it out");
            }
        }
        int begun = out.begin(tag);
        for (Step step : plan.steps) {
            write(step, step.component.get(value), version, out);
        }
        out.end(begun);
    }

    private static void write(Step step, @Nullable Object value, KmipVersion version, TtlvEncoder out) {
        if (value == null || (value instanceof Attributes attributes && attributes.isEmpty() && !step.required)) {
            return;
        }
        if (value instanceof List<?> list) {
            for (Object each : list) {
                step.component.form().write(step.tag, each, version, out);
            }
        } else if (value instanceof Attributes attributes && step.tag.equals(AttributeForm.ATTRIBUTE)) {
            AttributesForm.writeEach(attributes, version, out);
        } else {
            step.component.form().write(step.tag, value, version, out);
        }
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Attributes attributes && attributes.isEmpty());
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        int start = item.offset();
        @Nullable Object[] values = new @Nullable Object[components.length];
        int outer = item.enter();
        while (item.next()) {
            Component component = componentOf(item.tagCode());
            if (component != null) {
                int field = item.offset();
                Object value = component.form().read(item, context);
                Object before = values[component.index];
                if (before != null && !component.isList && !(before instanceof Attributes)) {
                    throw item.malformed(field, "it is there twice");
                }
                values[component.index] = joined(component, before, value);
            }
        }
        item.leave(outer);
        for (Component component : components) {
            if (values[component.index] == null && !component.nullable) {
                values[component.index] = missing(component, item, start);
            }
        }
        return make(values, item, start);
    }

    private @Nullable Component componentOf(int tagCode) {
        int low = tagCode - FIRST_TAG;
        return low >= 0 && low < byTag.length ? byTag[low] : null;
    }

    @SuppressWarnings("unchecked") // a list here is one that this method made
    private static Object joined(Component component, @Nullable Object before, Object value) {
        if (component.isList) {
            List<Object> list = before == null ? new ArrayList<>() : (List<Object>) before;
            list.add(value);
            return list;
        }
        if (before instanceof Attributes first) {
            List<Attribute<?>> both = new ArrayList<>(first.list());
            both.addAll(((Attributes) value).list());
            return new Attributes(both, first.templates());
        }
        return value;
    }

    private Object missing(Component component, TtlvCursor item, int start) throws MalformedTtlvException {
        if (component.isList) {
            return List.of();
        }
        if (component.valueClass == Attributes.class) {
            return Attributes.NONE;
        }
        throw item.malformed(start, structure + " has no " + component.name);
    }

    private Object make(@Nullable Object[] values, TtlvCursor item, int start) throws MalformedTtlvException {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                throw item.malformed(start, "it has a value that " + structure + " cannot have");
            }
            throw new LinkageError(structure + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(structure + " cannot be made", e);
        }
    }

    @Override
    public String toString() {
        return structure;
    }
}
