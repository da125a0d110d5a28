package org.symbolon.soft;

import java.util.List;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyObject;
import org.symbolon.TokenException;
import org.symbolon.soft.engine.KeyWrapping;
import org.symbolon.soft.engine.LoadedKey;
import org.symbolon.soft.object.KeyTemplates;
import org.symbolon.soft.object.ObjectRules;
import org.symbolon.soft.object.WrapRules;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/** Wraps and unwraps keys. */
final class SessionWrapping {
    private final SessionAccess access;
    private final SessionKeys keys;
    private final SessionObjects objects;

    SessionWrapping(SessionAccess access, SessionKeys keys, SessionObjects objects) {
        this.access = access;
        this.keys = keys;
        this.objects = objects;
    }

    byte[] wrap(Request.WrapKey request, CallOptions options) throws TokenException {
        LoadedKey wrapping = keys.permitted(request, options);
        try {
            LoadedKey target = access.enter(request.target(), "CKR_KEY_HANDLE_INVALID", options.deadline());
            try {
                WrapRules.requireWrappable(wrapping.attributes(), target.attributes());
                return KeyWrapping.wrap(wrapping, request.algorithm(), target);
            } finally {
                target.leave();
            }
        } finally {
            wrapping.leave();
        }
    }

    KeyObject unwrap(Request.UnwrapKey request, CallOptions options) throws TokenException {
        LoadedKey key = keys.permitted(request, options);
        try {
            WrapRules.requireUnwrapping(key.attributes());
            Attributes template =
                    KeyTemplates.merge(request.template().attributes(), key.attributes(), Attribute.UNWRAP_TEMPLATE);
            access.requireWritable(SessionObjects.explicit(template));
            Attributes attributes = ObjectRules.unwrap(template, access.isOfficer());
            access.requireWritable(attributes);
            Attributes value = KeyWrapping.unwrap(
                    key,
                    request.algorithm(),
                    request.wrapped(),
                    attributes.get(Attribute.CLASS),
                    attributes.get(Attribute.KEY_TYPE));
            Attributes complete = complete(attributes, value);
            access.requireNoTwin(complete, options.deadline());
            return (KeyObject)
                    objects.make(List.of(complete), options.deadline()).get(0);
        } finally {
            key.leave();
        }
    }

    /** Completes the key; a value that makes none has the same answer as a ciphertext that does not open. */
    private static Attributes complete(Attributes attributes, Attributes value) throws TokenException {
        try {
            Attributes complete = SessionObjects.complete(attributes.withAll(value));
            boolean otherLength = attributes.has(Attribute.VALUE_LEN)
                    && !attributes.get(Attribute.VALUE_LEN).equals((long)
                            value.get(Attribute.VALUE).length());
            if (otherLength) {
                throw KeyWrapping.invalid();
            }
            return complete;
        } catch (InvalidAttributeException e) {
            throw KeyWrapping.invalid();
        }
    }
}
