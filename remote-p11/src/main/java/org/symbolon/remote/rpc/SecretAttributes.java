package org.symbolon.remote.rpc;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;

/** The attributes that a token keeps to itself where a key is sensitive or not extractable. */
public final class SecretAttributes {
    private static final Set<Attribute<?>> ALL = Stream.of(ObjectClass.PRIVATE_KEY, ObjectClass.SECRET_KEY)
            .flatMap(objectClass -> Stream.of(
                            KeyType.RSA,
                            KeyType.DH,
                            KeyType.EC,
                            KeyType.EC_EDWARDS,
                            KeyType.EC_MONTGOMERY,
                            KeyType.ML_DSA,
                            KeyType.ML_KEM,
                            KeyType.SLH_DSA,
                            KeyType.GENERIC_SECRET,
                            KeyType.AES,
                            KeyType.DES3)
                    .flatMap(type -> AttributeTable.rules(objectClass, java.util.Optional.of(type)).values().stream()))
            .filter(AttributeTable.Rule::secret)
            .map(AttributeTable.Rule::attribute)
            .collect(Collectors.toUnmodifiableSet());

    private SecretAttributes() {}

    /**
     * Returns whether an attribute is one of them.
     *
     * @param attribute any attribute
     * @return true if so
     */
    public static boolean contains(Attribute<?> attribute) {
        return ALL.contains(attribute);
    }
}
