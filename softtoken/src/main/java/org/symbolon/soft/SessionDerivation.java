package org.symbolon.soft;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Encapsulation;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.soft.engine.Derivations;
import org.symbolon.soft.engine.KeyEncapsulation;
import org.symbolon.soft.engine.LoadedKey;
import org.symbolon.soft.object.KeyTemplates;
import org.symbolon.soft.object.ObjectRules;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/** Makes secret keys of other keys: derives, encapsulates, decapsulates. */
final class SessionDerivation {
    private final SessionAccess access;
    private final SessionKeys keys;
    private final SessionObjects objects;

    SessionDerivation(SessionAccess access, SessionKeys keys, SessionObjects objects) {
        this.access = access;
        this.keys = keys;
        this.objects = objects;
    }

    KeyObject derive(Request.DeriveKey request, CallOptions options) throws TokenException {
        List<LoadedKey> entered = new ArrayList<>();
        try {
            LoadedKey base = keys.permitted(request, options);
            entered.add(base);
            for (KeyObject other : request.algorithm().parameters().otherKeys()) {
                entered.add(access.enter(other, "CKR_KEY_HANDLE_INVALID", options.deadline()));
            }
            List<LoadedKey> others = entered.subList(1, entered.size());
            for (LoadedKey other : others) {
                requireDeriving(other.attributes());
            }
            return derive(base, others, request.algorithm(), request.template().attributes(), options);
        } finally {
            entered.forEach(LoadedKey::leave);
        }
    }

    private static void requireDeriving(Attributes other) throws TokenException {
        boolean secret = other.get(Attribute.CLASS).equals(ObjectClass.SECRET_KEY) && other.has(Attribute.VALUE);
        if (!secret || !other.isTrue(Attribute.DERIVE)) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_KEY_FUNCTION_NOT_PERMITTED"), "the other key is no secret key that may derive");
        }
    }

    private KeyObject derive(
            LoadedKey base, List<LoadedKey> others, Mechanism mechanism, Attributes wanted, CallOptions options)
            throws TokenException {
        Attributes merged = KeyTemplates.merge(wanted, base.attributes(), Attribute.DERIVE_TEMPLATE);
        Attributes template = KeyTemplates.inherit(
                merged,
                mechanism.type(),
                base.attributes(),
                others.stream().map(LoadedKey::attributes).toList());
        Attributes attributes = prepared(template);
        SecretBytes value = Derivations.derive(
                base,
                mechanism,
                others,
                attributes.get(Attribute.KEY_TYPE),
                attributes.find(Attribute.VALUE_LEN).orElse(0L));
        List<Attributes> sources = new ArrayList<>(List.of(base.attributes()));
        others.forEach(other -> sources.add(other.attributes()));
        return make(KeyTemplates.withHistory(attributes, sources), value, options);
    }

    /** Returns the attributes of a new secret key, before it has its value. */
    private Attributes prepared(Attributes template) throws TokenException {
        Attributes secretKey = Attributes.builder()
                .set(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .set(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                .setAll(template)
                .build();
        if (!secretKey.get(Attribute.CLASS).equals(ObjectClass.SECRET_KEY)) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_TEMPLATE_INCONSISTENT"), "the mechanism makes a secret key");
        }
        access.requireWritable(SessionObjects.explicit(secretKey));
        Attributes attributes = ObjectRules.derive(secretKey, access.isOfficer());
        access.requireWritable(attributes);
        return attributes;
    }

    private SecretKeyObject make(Attributes attributes, SecretBytes value, CallOptions options) throws TokenException {
        try (value) {
            Attributes complete = SessionObjects.complete(attributes.with(Attribute.VALUE, (Bytes) value));
            return (SecretKeyObject)
                    objects.make(List.of(complete), options.deadline()).get(0);
        }
    }

    Encapsulation encapsulate(Request.Encapsulate request, CallOptions options) throws TokenException {
        LoadedKey key = keys.permitted(request, options);
        try {
            Attributes attributes = shared(request.template().attributes());
            KeyTemplates.requireMatch(attributes, key.attributes(), Attribute.ENCAPSULATE_TEMPLATE);
            KeyEncapsulation.Encapsulated made = KeyEncapsulation.encapsulate(key, request.algorithm());
            return new Encapsulation(made.ciphertext(), make(attributes, made.secret(), options));
        } finally {
            key.leave();
        }
    }

    SecretKeyObject decapsulate(Request.Decapsulate request, CallOptions options) throws TokenException {
        LoadedKey key = keys.permitted(request, options);
        try {
            Attributes attributes = shared(KeyTemplates.merge(
                    request.template().attributes(), key.attributes(), Attribute.DECAPSULATE_TEMPLATE));
            return make(
                    attributes, KeyEncapsulation.decapsulate(key, request.algorithm(), request.ciphertext()), options);
        } finally {
            key.leave();
        }
    }

    /** Returns the attributes of a shared secret, which PKCS #11 makes as if it were unwrapped. */
    private Attributes shared(Attributes template) throws TokenException {
        boolean otherLength = template.find(Attribute.VALUE_LEN)
                .filter(length -> length != KeyEncapsulation.SECRET_BYTES)
                .isPresent();
        if (otherLength) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_WRAPPED_KEY_LEN_RANGE"),
                    "the shared secret has " + KeyEncapsulation.SECRET_BYTES + " bytes");
        }
        Attributes attributes = prepared(KeyTemplates.extractableByDefault(template));
        return attributes.with(Attribute.ALWAYS_SENSITIVE, false).with(Attribute.NEVER_EXTRACTABLE, false);
    }
}
