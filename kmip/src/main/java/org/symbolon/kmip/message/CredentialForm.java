package org.symbolon.kmip.message;

import java.util.Map;
import org.symbolon.kmip.enumeration.CredentialType;
import org.symbolon.kmip.object.Attestation;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Device;
import org.symbolon.kmip.object.HashedPassword;
import org.symbolon.kmip.object.OneTimePassword;
import org.symbolon.kmip.object.TicketCredential;
import org.symbolon.kmip.object.UsernameAndPassword;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** A credential: its type, and a value whose fields depend on it. */
final class CredentialForm implements ValueForm {
    private static final Tag TYPE = Tag.named("CredentialType");
    private static final Tag VALUE = Tag.named("CredentialValue");
    private static final Map<CredentialType, Class<? extends Credential>> CLASSES = Map.of(
            CredentialType.USERNAME_AND_PASSWORD, UsernameAndPassword.class,
            CredentialType.DEVICE, Device.class,
            CredentialType.ATTESTATION, Attestation.class,
            CredentialType.ONE_TIME_PASSWORD, OneTimePassword.class,
            CredentialType.HASHED_PASSWORD, HashedPassword.class,
            CredentialType.TICKET, TicketCredential.class);

    @Override
    public Ttlv write(Tag tag, Object value, KmipVersion version) {
        Credential credential = (Credential) value;
        return Ttlv.Structure.of(
                tag,
                new Ttlv.Enumerated(TYPE, credential.credentialType().value()),
                ValueForms.of(credential.getClass()).write(VALUE, credential, version));
    }

    @Override
    public Object read(Ttlv item, ReadContext context) throws MalformedTtlvException {
        Ttlv.Structure structure = ValueForms.as(Ttlv.Structure.class, item);
        Ttlv type = field(structure, TYPE);
        CredentialType number =
                new CredentialType(ValueForms.as(Ttlv.Enumerated.class, type).value());
        Class<? extends Credential> known = CLASSES.get(number);
        if (known == null) {
            throw new MalformedTtlvException("a credential of type " + number + " is not known");
        }
        return ValueForms.of(known).read(field(structure, VALUE), context);
    }

    private static Ttlv field(Ttlv.Structure structure, Tag tag) throws MalformedTtlvException {
        return structure.field(tag).orElseThrow(() -> new MalformedTtlvException(structure.tag() + " has no " + tag));
    }
}
