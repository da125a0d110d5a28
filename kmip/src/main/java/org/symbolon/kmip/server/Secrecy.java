package org.symbolon.kmip.server;

import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;

/** Whether an object has ever been shown: Always Sensitive and Never Extractable (KMIP 2.1 sections 4.1 and 4.36). */
final class Secrecy {
    private Secrecy() {}

    /** What was secret from the first moment can stay it for ever. */
    static Attributes begun(Attributes attributes) {
        boolean sensitive = attributes.get(AttributeType.SENSITIVE).orElse(false);
        boolean extractable = attributes.get(AttributeType.EXTRACTABLE).orElse(true);
        Attributes all = sensitive ? attributes.with(AttributeType.ALWAYS_SENSITIVE, true) : attributes;
        return extractable ? all : all.with(AttributeType.NEVER_EXTRACTABLE, true);
    }

    /** What is shown once was not always secret. */
    static Attributes watched(Attributes attributes, Attribute<?> changed) {
        if (changed.type().equals(AttributeType.SENSITIVE) && changed.value().equals(false)) {
            return Managed.without(attributes, AttributeType.ALWAYS_SENSITIVE);
        }
        return changed.type().equals(AttributeType.EXTRACTABLE)
                        && changed.value().equals(true)
                ? Managed.without(attributes, AttributeType.NEVER_EXTRACTABLE)
                : attributes;
    }
}
