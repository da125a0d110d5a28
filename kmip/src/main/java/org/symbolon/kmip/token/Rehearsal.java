package org.symbolon.kmip.token;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/**
 * What a template means by the rules of PKCS #11: the object is made in memory first, read and destroyed. It refuses what the rules
 * refuse, before the server is asked.
 */
final class Rehearsal {
    private static final MechanismType RSA = MechanismType.named("CKM_RSA_PKCS_KEY_PAIR_GEN");

    /** What the key itself says, which the rehearsed one says otherwise. */
    private static final Set<Attribute<?>> OF_THE_KEY = ofTheKey();

    private final Session session;

    Rehearsal(Session session) {
        this.session = session;
    }

    private static Set<Attribute<?>> ofTheKey() {
        Set<Attribute<?>> all = new HashSet<>(Set.of(
                Attribute.UNIQUE_ID,
                Attribute.MODULUS,
                Attribute.MODULUS_BITS,
                Attribute.PUBLIC_EXPONENT,
                Attribute.EC_PARAMS,
                Attribute.EC_POINT,
                Attribute.VALUE,
                Attribute.VALUE_LEN,
                Attribute.PUBLIC_KEY_INFO,
                Attribute.CHECK_VALUE));
        return Set.copyOf(all);
    }

    /** The attributes of both halves of a pair. */
    record Pair(Attributes publicKey, Attributes privateKey) {}

    /** Returns the attributes of an object to be created, secret ones left out. */
    Attributes create(Template template) throws TokenException {
        return read(session.create(template.inSession())).with(Attribute.TOKEN, true);
    }

    /** Returns what a key to be created is made of, completed; its secret parts belong to the caller. */
    Attributes material(Template template) throws TokenException {
        boolean secret = KeySecrets.isSecret(template.attributes().get(Attribute.CLASS));
        Template open = template.inSession();
        return read(session.create(
                secret ? open.with(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true) : open));
    }

    /** Returns the attributes of a secret key to be generated. */
    Attributes generateKey(Mechanism mechanism, Template template) throws TokenException {
        SecretKeyObject key = session.generateKey(mechanism, template.inSession());
        return withoutKey(read(key)).with(Attribute.TOKEN, true);
    }

    /** Returns the attributes of a pair to be generated. */
    Pair generateKeyPair(Mechanism mechanism, Template publicTemplate, Template privateTemplate) throws TokenException {
        if (mechanism.type().equals(RSA)) {
            return ofRsa(publicTemplate, privateTemplate);
        }
        KeyPairObject pair =
                session.generateKeyPair(mechanism, publicTemplate.inSession(), privateTemplate.inSession());
        Attributes privateRead = withoutKey(read(pair.privateKey()));
        Attributes publicRead = withoutKey(read(pair.publicKey()));
        return new Pair(publicRead.with(Attribute.TOKEN, true), privateRead.with(Attribute.TOKEN, true));
    }

    /** RSA keys take their time to be made: their attributes are rehearsed with a key on a curve, which has the same. */
    private Pair ofRsa(Template publicTemplate, Template privateTemplate) throws TokenException {
        Pair onCurve = generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve(NamedCurve.P256),
                Template.of(withoutRsa(publicTemplate.attributes())),
                Template.of(withoutRsa(privateTemplate.attributes())));
        return new Pair(asRsa(onCurve.publicKey()), asRsa(onCurve.privateKey()));
    }

    private static Attributes withoutRsa(Attributes template) throws TokenException {
        if (!template.find(Attribute.KEY_TYPE).orElse(KeyType.RSA).equals(KeyType.RSA)) {
            throw Refusals.attribute("CKR_TEMPLATE_INCONSISTENT", RSA + " makes keys of the type " + KeyType.RSA);
        }
        return template.without(Attribute.KEY_TYPE)
                .without(Attribute.MODULUS_BITS)
                .without(Attribute.PUBLIC_EXPONENT);
    }

    private static Attributes asRsa(Attributes key) {
        return key.with(Attribute.KEY_TYPE, KeyType.RSA).with(Attribute.KEY_GEN_MECHANISM, RSA);
    }

    private static Attributes withoutKey(Attributes attributes) {
        Attributes rest = attributes;
        for (Attribute<?> attribute : OF_THE_KEY) {
            rest = rest.without(attribute);
        }
        return rest;
    }

    private Attributes read(TokenObject made) throws TokenException {
        try {
            Optional<KeyType> type = made.objectClass().isKey()
                    ? Optional.of(session.getAttributes(made, Set.of(Attribute.KEY_TYPE))
                            .get(Attribute.KEY_TYPE))
                    : Optional.empty();
            return session.getAttributes(
                            made, AttributeTable.rules(made.objectClass(), type).keySet())
                    .without(Attribute.UNIQUE_ID);
        } finally {
            session.destroy(made);
        }
    }
}
