package org.symbolon.kmip.key;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.StandardAttributes;
import org.symbolon.Template;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;

/** What a key may be used for: KMIP's mask and PKCS #11's flags. */
public final class UsageFlags {
    /** A bit and its flag. */
    private record Use(CryptographicUsageMask bit, Attribute<Boolean> flag) {}

    private static final List<Use> USES = List.of(
            new Use(CryptographicUsageMask.SIGN, Attribute.SIGN),
            new Use(CryptographicUsageMask.VERIFY, Attribute.VERIFY),
            new Use(CryptographicUsageMask.ENCRYPT, Attribute.ENCRYPT),
            new Use(CryptographicUsageMask.DECRYPT, Attribute.DECRYPT),
            new Use(CryptographicUsageMask.WRAP_KEY, Attribute.WRAP),
            new Use(CryptographicUsageMask.UNWRAP_KEY, Attribute.UNWRAP),
            new Use(CryptographicUsageMask.MAC_GENERATE, Attribute.SIGN),
            new Use(CryptographicUsageMask.MAC_VERIFY, Attribute.VERIFY),
            new Use(CryptographicUsageMask.DERIVE_KEY, Attribute.DERIVE),
            new Use(CryptographicUsageMask.KEY_AGREEMENT, Attribute.DERIVE),
            new Use(CryptographicUsageMask.CERTIFICATE_SIGN, Attribute.SIGN),
            new Use(CryptographicUsageMask.CRL_SIGN, Attribute.SIGN));

    private UsageFlags() {}

    /** Returns the flags of a mask: each that the key can have, true or false. */
    public static Template of(CryptographicUsageMask mask, ObjectClass objectClass, KeyType keyType) {
        Set<Attribute<?>> possible =
                AttributeTable.rules(objectClass, Optional.of(keyType)).keySet();
        Template flags = Template.empty();
        for (Attribute<Boolean> flag : StandardAttributes.USES) {
            boolean asked = USES.stream().anyMatch(use -> use.flag.equals(flag) && mask.has(use.bit.value()));
            if (possible.contains(flag)) {
                flags = flags.with(flag, asked);
            }
        }
        return flags;
    }

    /** Returns the mask of flags. */
    public static CryptographicUsageMask mask(Attributes key) {
        int mask = 0;
        for (Use use : USES.subList(0, USES.size() - 2)) {
            boolean mac = use.bit.equals(CryptographicUsageMask.MAC_GENERATE)
                    || use.bit.equals(CryptographicUsageMask.MAC_VERIFY);
            boolean secret = key.get(Attribute.CLASS).equals(ObjectClass.SECRET_KEY);
            if (key.isTrue(use.flag) && (!mac || secret)) {
                mask |= use.bit.value();
            }
        }
        return new CryptographicUsageMask(mask);
    }
}
