package org.symbolon.remote.server;

import java.util.OptionalInt;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.spi.Request;

/** Generates, wraps, unwraps and derives keys (PKCS #11 v3.2 section 5.18). */
final class KeyFunctions {
    private final SessionTable sessions;

    KeyFunctions(SessionTable sessions) {
        this.sessions = sessions;
    }

    /** The handles of a new key pair. */
    record KeyPairHandles(long publicKey, long privateKey) {}

    /** C_GenerateKey. */
    long generateKey(long session, Mechanism mechanism, Template template) throws TokenException {
        ClientSession in = sessions.require(session);
        in.requireMaking(template.attributes());
        return in.made(in.session().perform(new Request.GenerateKey(mechanism, template)));
    }

    /** C_GenerateKeyPair. */
    KeyPairHandles generateKeyPair(long session, Mechanism mechanism, Template publicKey, Template privateKey)
            throws TokenException {
        ClientSession in = sessions.require(session);
        in.requireMaking(publicKey.attributes());
        in.requireMaking(privateKey.attributes());
        KeyPairObject pair = in.session().perform(new Request.GenerateKeyPair(mechanism, publicKey, privateKey));
        return new KeyPairHandles(in.made(pair.publicKey()), in.made(pair.privateKey()));
    }

    /** C_WrapKey. */
    Output wrapKey(long session, Mechanism mechanism, long wrappingKey, long key, OptionalInt capacity)
            throws TokenException {
        ClientSession in = sessions.require(session);
        KeyObject wrapping = OperationFunctions.usable(
                in, wrappingKey, "CKR_WRAPPING_KEY_HANDLE_INVALID", mechanism, MechanismFunction.WRAP);
        KeyObject target = in.key(key, "CKR_KEY_HANDLE_INVALID");
        byte[] wrapped = in.session().wrapKey(wrapping, mechanism, target);
        return capacity.isPresent() && wrapped.length <= capacity.getAsInt()
                ? Output.of(wrapped)
                : Output.needed(wrapped.length);
    }

    /** C_UnwrapKey. */
    long unwrapKey(long session, Mechanism mechanism, long unwrappingKey, byte[] wrapped, Template template)
            throws TokenException {
        ClientSession in = sessions.require(session);
        in.requireMaking(template.attributes());
        KeyObject unwrapping = OperationFunctions.usable(
                in, unwrappingKey, "CKR_UNWRAPPING_KEY_HANDLE_INVALID", mechanism, MechanismFunction.UNWRAP);
        TokenObject key =
                in.session().perform(new Request.UnwrapKey(unwrapping, mechanism, Bytes.wrap(wrapped), template));
        return in.made(key);
    }

    /** C_DeriveKey. */
    long deriveKey(long session, Mechanism mechanism, long baseKey, Template template) throws TokenException {
        ClientSession in = sessions.require(session);
        in.requireMaking(template.attributes());
        KeyObject base =
                OperationFunctions.usable(in, baseKey, "CKR_KEY_HANDLE_INVALID", mechanism, MechanismFunction.DERIVE);
        return in.made(in.session().deriveKey(base, mechanism, template));
    }
}
