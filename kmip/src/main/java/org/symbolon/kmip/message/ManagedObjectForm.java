package org.symbolon.kmip.message;

import java.util.HashMap;
import java.util.Map;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.CertificateRequest;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.OpaqueObject;
import org.symbolon.kmip.object.PgpKey;
import org.symbolon.kmip.object.PrivateKey;
import org.symbolon.kmip.object.PublicKey;
import org.symbolon.kmip.object.SecretData;
import org.symbolon.kmip.object.SplitKey;
import org.symbolon.kmip.object.SymmetricKey;
import org.symbolon.kmip.object.Template;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** A managed object, each kind under a tag of its own. */
final class ManagedObjectForm implements ValueForm {
    static final Map<Tag, Class<? extends ManagedObject>> CLASSES = Map.ofEntries(
            Map.entry(Tag.named("Certificate"), Certificate.class),
            Map.entry(Tag.named("CertificateRequest"), CertificateRequest.class),
            Map.entry(Tag.named("OpaqueObject"), OpaqueObject.class),
            Map.entry(Tag.named("PGPKey"), PgpKey.class),
            Map.entry(Tag.named("PrivateKey"), PrivateKey.class),
            Map.entry(Tag.named("PublicKey"), PublicKey.class),
            Map.entry(Tag.named("SecretData"), SecretData.class),
            Map.entry(Tag.named("SplitKey"), SplitKey.class),
            Map.entry(Tag.named("SymmetricKey"), SymmetricKey.class),
            Map.entry(Tag.named("Template"), Template.class));

    private static final Map<Class<?>, Tag> TAGS = tags();

    private static Map<Class<?>, Tag> tags() {
        Map<Class<?>, Tag> tags = new HashMap<>();
        CLASSES.forEach((tag, type) -> tags.put(type, tag));
        return tags;
    }

    /** Writes it under the tag of its kind, whatever tag is given. */
    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        Tag own = TAGS.get(value.getClass());
        if (own == null) {
            throw new AssertionError(value.getClass() + " has no tag");
        }
        if (!own.isIn(version)) {
            throw new NotInVersionException("KMIP " + version + " has no " + own + "; " + own.versions() + " has it");
        }
        ValueForms.of(value.getClass()).write(own, value, version, out);
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        Class<? extends ManagedObject> type = CLASSES.get(item.tag());
        if (type == null) {
            throw item.unexpected("a managed object");
        }
        return ValueForms.of(type).read(item, context);
    }
}
