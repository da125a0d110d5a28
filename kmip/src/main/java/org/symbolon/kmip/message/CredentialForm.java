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
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

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
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        Credential credential = (Credential) value;
        int begun = out.begin(tag);
        out.enumeration(TYPE, credential.credentialType().value());
        ValueForms.of(credential.getClass()).write(VALUE, credential, version, out);
        out.end(begun);
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        CredentialType type = new CredentialType(item.require(TYPE).enumeration());
        Class<? extends Credential> known = CLASSES.get(type);
        if (known == null) {
            throw item.malformed("a credential of type " + type + " is not known");
        }
        return ValueForms.of(known).read(item.require(VALUE), context);
    }
}
