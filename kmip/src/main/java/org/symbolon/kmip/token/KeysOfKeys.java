package org.symbolon.kmip.token;

import org.symbolon.Attribute;
import org.symbolon.Deadline;
import org.symbolon.Encapsulation;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.ObjectClass;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Status;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.spi.Request;

/** Keys that come of keys: derived, wrapped and unwrapped by the server where it can, else here. Thread-safe. */
final class KeysOfKeys {
    private final SessionAccess access;
    private final SessionObjects memory;
    private final ServerKeys keys;
    private final LocalKeys local;

    KeysOfKeys(SessionAccess access, ServerKeys keys, LocalKeys local) {
        this.access = access;
        this.memory = access.memory();
        this.keys = keys;
        this.local = local;
    }

    /** A key in memory for as long as something is done with it. */
    private interface Keys<R> {
        R with(KeyObject key) throws TokenException;
    }

    /** Does with a key here what KMIP does not: with a session object, a public key, or a key that may leave. */
    private <R> R here(Request.WithKey<?> request, KeyObject key, Deadline deadline, Keys<R> use)
            throws TokenException {
        if (SessionObjects.isOne(key)) {
            return use.with(memory.innerKey(key));
        }
        ServedObject served = keys.key(key, request, deadline);
        keys.requireHere(served, request);
        KeyObject brought = local.bring(served, memory.session(deadline), deadline);
        try {
            return use.with(brought);
        } finally {
            memory.wipe(brought);
        }
    }

    KeyObject derive(Request.DeriveKey request, Deadline deadline) throws TokenException {
        requireInSession(request, request.template());
        Keys<KeyObject> here = key -> (KeyObject) memory.outer(memory.perform(request.withKey(key), deadline));
        if (SessionObjects.isOne(request.key())) {
            return here(request, request.key(), deadline, here);
        }
        return keys.use(
                request,
                deadline,
                orHere((base, parameters) -> inSession(
                        request.template(),
                        new ServerDerivation(access.server(), access.maker()).derive(base, request, deadline),
                        deadline)),
                base -> here(request, request.key(), deadline, here));
    }

    /** Lets what a server does not understand be done here, with a key that may leave it. */
    private static <R> ServerKeys.OnServer<R> orHere(ServerKeys.OnServer<R> onServer) {
        return (key, parameters) -> {
            try {
                return onServer.with(key, parameters);
            } catch (InvalidAttributeException | TokenOperationException | TokenProtocolException e) {
                boolean ours = e.status().name().startsWith("CKR_");
                boolean mayLeave = key.shown().isTrue(Attribute.EXTRACTABLE);
                if (ours || !mayLeave || !Refusals.mayBeForAnAttribute(e)) {
                    throw e;
                }
                throw new MechanismNotSupportedException(
                        Status.ckr("CKR_MECHANISM_INVALID"), String.valueOf(e.getMessage()), e);
            }
        };
    }

    /** Makes a session object of a key that the server gave out for it. */
    private KeyObject inSession(Template template, byte[] value, Deadline deadline) throws TokenException {
        try (SecretBytes secret = SecretBytes.takeOver(value)) {
            Template whole = Template.of(template.attributes().without(Attribute.VALUE_LEN))
                    .orElse(Attribute.CLASS, ObjectClass.SECRET_KEY)
                    .orElse(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                    .with(Attribute.VALUE, secret);
            return (KeyObject) memory.outer(memory.session(deadline).create(whole));
        }
    }

    byte[] wrap(Request.WrapKey request, Deadline deadline) throws TokenException {
        boolean isPublic = request.key() instanceof PublicKeyObject;
        if (SessionObjects.isOne(request.key())
                || SessionObjects.isOne(request.target())
                || (isPublic && isShown(request, deadline))) {
            return wrapHere(request, deadline);
        }
        return keys.use(
                request,
                deadline,
                orHere((by, parameters) -> {
                    CryptographicParameters how =
                            parameters.wrapping(by.shown().get(Attribute.KEY_TYPE), request.algorithm());
                    ServedObject target = access.require(request.target(), deadline);
                    requireExtractable(target);
                    return new ServerWrapping(access.server(), access.maker()).wrap(by, how, target, deadline);
                }),
                by -> wrapHere(request, deadline));
    }

    /** Returns whether a public key, which is used here, gets at what it is to wrap. */
    private boolean isShown(Request.WrapKey request, Deadline deadline) throws TokenException {
        return access.require(request.target(), deadline).showsSecrets();
    }

    private static void requireExtractable(ServedObject target) throws TokenException {
        if (!target.shown().isTrue(Attribute.EXTRACTABLE)) {
            throw Refusals.permission("CKR_KEY_UNEXTRACTABLE", "CKA_EXTRACTABLE of the key to be wrapped is false");
        }
    }

    private byte[] wrapHere(Request.WrapKey request, Deadline deadline) throws TokenException {
        return here(request, request.key(), deadline, key -> {
            if (SessionObjects.isOne(request.target())) {
                return memory.perform(
                        new Request.WrapKey(key, request.algorithm(), memory.innerKey(request.target())), deadline);
            }
            ServedObject target = access.require(request.target(), deadline);
            requireExtractable(target);
            KeyObject brought = local.bring(target, memory.session(deadline), deadline);
            try {
                return memory.perform(new Request.WrapKey(key, request.algorithm(), brought), deadline);
            } finally {
                memory.wipe(brought);
            }
        });
    }

    KeyObject unwrap(Request.UnwrapKey request, Deadline deadline) throws TokenException {
        requireInSession(request, request.template());
        Keys<KeyObject> here = key -> (KeyObject) memory.outer(memory.perform(request.withKey(key), deadline));
        if (SessionObjects.isOne(request.key())) {
            return here(request, request.key(), deadline, here);
        }
        return keys.use(
                request,
                deadline,
                orHere((by, parameters) -> {
                    CryptographicParameters how =
                            parameters.wrapping(by.shown().get(Attribute.KEY_TYPE), request.algorithm());
                    byte[] value =
                            new ServerWrapping(access.server(), access.maker()).unwrap(by, how, request, deadline);
                    return inSession(request.template(), value, deadline);
                }),
                by -> here(request, request.key(), deadline, here));
    }

    Encapsulation encapsulate(Request.Encapsulate request, Deadline deadline) throws TokenException {
        requireInSession(request, request.template());
        return here(request, request.key(), deadline, key -> {
            Encapsulation made = memory.perform(request.withKey(key), deadline);
            return new Encapsulation(made.ciphertext(), (SecretKeyObject) memory.outer(made.key()));
        });
    }

    SecretKeyObject decapsulate(Request.Decapsulate request, Deadline deadline) throws TokenException {
        requireInSession(request, request.template());
        return here(request, request.key(), deadline, key ->
                (SecretKeyObject) memory.outer(memory.perform(request.withKey(key), deadline)));
    }

    private static void requireInSession(Request<?> request, Template template) throws TokenException {
        if (SessionAccess.isOnToken(template.attributes())) {
            throw Refusals.mechanism(request.verb()
                    + " makes session objects only on a KMIP token: leave CKA_TOKEN out, and register the key"
                    + " if it may leave");
        }
    }
}
