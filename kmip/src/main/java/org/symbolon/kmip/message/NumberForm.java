package org.symbolon.kmip.message;

import java.lang.reflect.Constructor;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.AsynchronousIndicator;
import org.symbolon.kmip.enumeration.KmipEnumeration;
import org.symbolon.kmip.enumeration.KmipMask;
import org.symbolon.kmip.ttlv.ItemType;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** A value of an enumeration, or a mask. Small numbers are made once. */
final class NumberForm implements ValueForm {
    private static final int KEPT = 256;

    private final Constructor<?> constructor;
    private final boolean mask;
    private final boolean wasBoolean;
    private final AtomicReferenceArray<@Nullable Object> kept = new AtomicReferenceArray<>(KEPT);

    NumberForm(Class<?> type) {
        try {
            this.constructor = type.getDeclaredConstructor(int.class);
        } catch (NoSuchMethodException e) {
            throw new LinkageError(type + " has no constructor of a number", e);
        }
        this.mask = KmipMask.class.isAssignableFrom(type);
        this.wasBoolean = type == AsynchronousIndicator.class;
    }

    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        if (mask) {
            out.integer(tag, ((KmipMask) value).value());
            return;
        }
        int number = ((KmipEnumeration) value).value();
        if (wasBoolean && tag.isOf(ItemType.BOOLEAN, version)) {
            out.bool(tag, number != AsynchronousIndicator.PROHIBITED.value());
        } else if (tag.isOf(ItemType.INTEGER, version)) {
            out.integer(tag, number);
        } else {
            out.enumeration(tag, number);
        }
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        ItemType type = item.type();
        if (wasBoolean && type == ItemType.BOOLEAN) {
            return item.bool() ? AsynchronousIndicator.OPTIONAL : AsynchronousIndicator.PROHIBITED;
        }
        return of(mask || type == ItemType.INTEGER ? item.integer() : item.enumeration());
    }

    private Object of(int number) {
        if (number < 0 || number >= KEPT) {
            return made(number);
        }
        Object known = kept.get(number);
        if (known == null) {
            known = made(number);
            kept.set(number, known);
        }
        return known;
    }

    private Object made(int number) {
        try {
            return constructor.newInstance(number);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("values of enumerations take any number", e);
        }
    }
}
