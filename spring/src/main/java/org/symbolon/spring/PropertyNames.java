package org.symbolon.spring;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The names under {@code symbolon}, read from the records that they are bound to. */
final class PropertyNames {
    private PropertyNames() {}

    /** Names that there are below a name. */
    record Known(String parent, List<String> children) {}

    /** Returns what there is at the place where a name leaves the known ones; empty if anything may stand there. */
    static Optional<Known> nearest(ConfigurationPropertyName name) {
        Class<?> type = SymbolonProperties.class;
        int length = 1;
        while (type.isRecord() && length < name.getNumberOfElements()) {
            Optional<RecordComponent> next = component(type, name.getElement(length, Form.UNIFORM));
            if (next.isEmpty()) {
                return Optional.of(new Known(name.chop(length).toString(), children(type)));
            }
            length++;
            type = next.get().getType();
            if (next.get().getGenericType() instanceof ParameterizedType map && type == java.util.Map.class) {
                Type value = map.getActualTypeArguments()[1];
                type = value instanceof Class<?> known ? known : Object.class;
                length++;
            }
        }
        return Optional.empty();
    }

    private static Optional<RecordComponent> component(Class<?> type, String uniform) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equalsIgnoreCase(uniform))
                .findFirst();
    }

    private static List<String> children(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> DataObjectPropertyName.toDashedForm(component.getName()))
                .toList();
    }
}
