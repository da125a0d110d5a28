package org.symbolon.jca;

import java.util.Locale;
import org.symbolon.Attribute;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.Template;

/** What the JCA's names of secret keys are as objects. */
final class SecretKeyTypes {
    private SecretKeyTypes() {}

    /** Returns the template of a key for an algorithm: class, type, and the uses that its name tells. */
    static Template template(String algorithm, Template given) {
        KeyType type = switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "AES" -> KeyType.AES;
            case "DESEDE" -> KeyType.DES3;
            case "CHACHA20" -> KeyType.CHACHA20;
            default -> KeyType.GENERIC_SECRET;
        };
        Template typed = Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, type)
                .and(given);
        return type.equals(KeyType.GENERIC_SECRET)
                ? typed.with(Attribute.SIGN, true).with(Attribute.VERIFY, true)
                : typed.with(Attribute.ENCRYPT, true).with(Attribute.DECRYPT, true);
    }
}
