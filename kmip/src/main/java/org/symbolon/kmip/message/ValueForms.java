package org.symbolon.kmip.message;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.kmip.enumeration.KmipEnumeration;
import org.symbolon.kmip.enumeration.KmipMask;
import org.symbolon.kmip.object.Attribute;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.KeyMaterial;
import org.symbolon.kmip.object.KeyValue;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvCursor;

/** The form of each class that fields may have. */
final class ValueForms {
    private static final Set<Integer> PAYLOADS = Set.of(
            Tag.named("RequestPayload").code(), Tag.named("ResponsePayload").code());

    private static final Map<Class<?>, ValueForm> NAMED = named();

    private static final ClassValue<ValueForm> FORMS = new ClassValue<>() {
        @Override
        protected ValueForm computeValue(Class<?> type) {
            return make(type);
        }
    };

    private ValueForms() {}

    /** {@return the form of a class} */
    static ValueForm of(Class<?> type) {
        return FORMS.get(type);
    }

    private static ValueForm make(Class<?> type) {
        ValueForm named = NAMED.get(type);
        if (named != null) {
            return named;
        }
        if (KmipEnumeration.class.isAssignableFrom(type) || KmipMask.class.isAssignableFrom(type)) {
            return new NumberForm(type);
        }
        if (type.isRecord()) {
            return new RecordForm(type);
        }
        throw new AssertionError("no field is a " + type);
    }

    private static Map<Class<?>, ValueForm> named() {
        Map<Class<?>, ValueForm> forms = new HashMap<>();
        add(forms, String.class, (tag, value, version, out) -> out.text(tag, value), TtlvCursor::text);
        add(forms, Bytes.class, (tag, value, version, out) -> out.octets(tag, value), TtlvCursor::octets);
        add(forms, SecretBytes.class, (tag, value, version, out) -> out.text(tag, value), TtlvCursor::secretText);
        add(forms, Long.class, (tag, value, version, out) -> out.longInteger(tag, value), TtlvCursor::longInteger);
        add(forms, Boolean.class, (tag, value, version, out) -> out.bool(tag, value), TtlvCursor::bool);
        add(forms, Ttlv.class, (tag, value, version, out) -> out.write(value), ValueForms::item);
        forms.put(Integer.class, PlainForm.integers());
        forms.put(BigInteger.class, PlainForm.bigIntegers());
        forms.put(Instant.class, PlainForm.instants());
        forms.put(Duration.class, PlainForm.durations());
        forms.put(KmipVersion.class, new VersionForm());
        forms.put(UniqueIdentifier.class, new UniqueIdentifierForm());
        forms.put(AttributeType.class, new AttributeTypeForm());
        forms.put(Attribute.class, new AttributeForm());
        forms.put(Attributes.class, new AttributesForm());
        forms.put(ManagedObject.class, new ManagedObjectForm());
        forms.put(Credential.class, new CredentialForm());
        forms.put(KeyBlock.class, new KeyBlockForm());
        forms.put(KeyValue.class, new KeyValueForm());
        forms.put(KeyMaterial.class, new KeyMaterialForm());
        return forms;
    }

    private static <T> void add(
            Map<Class<?>, ValueForm> forms, Class<T> type, PlainForm.Writer<T> writer, PlainForm.Reader<T> reader) {
        forms.put(type, new PlainForm<>(type, writer, reader));
    }

    /** {@return a payload as it lies in the message, to be read when its operation is known; a copy of anything else} */
    private static Ttlv item(TtlvCursor item) {
        return PAYLOADS.contains(item.tagCode()) ? item.item() : item.detached();
    }
}
