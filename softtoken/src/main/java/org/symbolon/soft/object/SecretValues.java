package org.symbolon.soft.object;

import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;

/** The secret values among the attributes of an object. */
public final class SecretValues {
    private SecretValues() {}

    /**
     * Returns the attributes with the secret ones as {@link SecretBytes}, which take the values over.
     *
     * @param whole the attributes, CKA_CLASS among them
     * @return the attributes
     */
    public static Attributes protect(Attributes whole) {
        Set<Attribute<?>> secrets = ObjectKind.of(whole).secrets();
        Attributes.Builder builder = Attributes.builder().setAll(whole);
        for (Attribute<?> secret : secrets) {
            Attribute<Bytes> attribute = secret.as(AttributeType.BYTES);
            whole.find(attribute).ifPresent(value -> builder.set(attribute, SecretBytes.takeOver(value.sharedArray())));
        }
        return builder.build();
    }

    /**
     * Zeroes the secret values.
     *
     * @param attributes the attributes
     */
    public static void wipe(Attributes attributes) {
        for (Attribute<?> attribute : attributes.present()) {
            if (attributes.find(attribute).orElse(null) instanceof SecretBytes secret) {
                secret.close();
            }
        }
    }
}
