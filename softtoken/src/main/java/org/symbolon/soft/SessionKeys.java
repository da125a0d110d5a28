package org.symbolon.soft;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.Operation;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.soft.engine.LoadedKey;
import org.symbolon.soft.engine.Mechanisms;
import org.symbolon.soft.object.Hardening;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/** Uses keys: checks that the key may be used so, then lets the mechanism's engine work. */
final class SessionKeys {
    private static final Map<Attribute<Boolean>, MechanismFunction> FUNCTIONS = Map.of(
            Attribute.SIGN, MechanismFunction.SIGN,
            Attribute.VERIFY, MechanismFunction.VERIFY,
            Attribute.ENCRYPT, MechanismFunction.ENCRYPT,
            Attribute.DECRYPT, MechanismFunction.DECRYPT,
            Attribute.WRAP, MechanismFunction.WRAP,
            Attribute.UNWRAP, MechanismFunction.UNWRAP,
            Attribute.DERIVE, MechanismFunction.DERIVE,
            Attribute.ENCAPSULATE, MechanismFunction.ENCAPSULATE,
            Attribute.DECAPSULATE, MechanismFunction.DECAPSULATE);

    private final SessionAccess access;

    /** What a key is asked for: whether it permits that never changes while it is loaded, but for strict tokens' dates. */
    private record Use(MechanismType mechanism, MechanismFunction function) {}

    SessionKeys(SessionAccess access) {
        this.access = access;
    }

    Operation start(Request<?> request, CallOptions options) throws TokenException {
        LoadedKey key = permitted(request, options);
        return Mechanisms.start(function(request), key, mechanism(request));
    }

    byte[] run(Request<?> request, Bytes data, CallOptions options) throws TokenException {
        LoadedKey key = permitted(request, options);
        return Mechanisms.run(function(request), key, mechanism(request), data.sharedArray());
    }

    private static Mechanism mechanism(Request<?> request) {
        return request.mechanism().orElseThrow();
    }

    /** Returns the function that goes with the usage attribute of a request: CKA_SIGN and CKF_SIGN and so on. */
    private static MechanismFunction function(Request<?> request) {
        return Objects.requireNonNull(FUNCTIONS.get(request.usage().orElseThrow()));
    }

    /** Returns the key, entered, after the checks of PKCS #11 in their order: mechanism, key, type, permission. */
    LoadedKey permitted(Request<?> request, CallOptions options) throws TokenException {
        Mechanism mechanism = mechanism(request);
        Mechanisms.require(mechanism.type(), function(request));
        LoadedKey key = access.enter(
                request.object().orElseThrow(), "CKR_" + role(request) + "KEY_HANDLE_INVALID", options.deadline());
        boolean good = false;
        try {
            Use use = new Use(mechanism.type(), function(request));
            boolean known = access.hardening() == Hardening.COMPAT && key.isPermitted(use);
            if (!known) {
                check(key.attributes(), request, mechanism);
                key.permit(use);
            }
            if (key.alwaysAuthenticates()) {
                authenticate(options);
            }
            good = true;
            return key;
        } finally {
            if (!good) {
                key.leave();
            }
        }
    }

    private void check(Attributes key, Request<?> request, Mechanism mechanism) throws TokenException {
        List<KeyType> wanted = Mechanisms.keyTypes(mechanism.type());
        boolean fits = wanted.isEmpty()
                ? key.get(Attribute.CLASS).equals(ObjectClass.SECRET_KEY)
                : key.find(Attribute.KEY_TYPE).filter(wanted::contains).isPresent();
        if (!fits) {
            throw new MechanismNotSupportedException(
                    Status.ckr("CKR_" + role(request) + "KEY_TYPE_INCONSISTENT"),
                    mechanism + " wants " + (wanted.isEmpty() ? "a secret key" : "a key of type " + wanted));
        }
        Attribute<Boolean> usage = request.usage().orElseThrow();
        if (!key.isTrue(usage)) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_KEY_FUNCTION_NOT_PERMITTED"), "the key's " + usage + " is not true");
        }
        boolean allowed = key.find(Attribute.ALLOWED_MECHANISMS)
                .map(set -> set.contains(mechanism.type()))
                .orElse(true);
        if (!allowed) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_KEY_FUNCTION_NOT_PERMITTED"),
                    "the key's CKA_ALLOWED_MECHANISMS does not have " + mechanism);
        }
        access.hardening().requireUse(key, mechanism, usage, LocalDate.now(ZoneOffset.UTC));
        boolean secret = key.has(Attribute.SENSITIVE);
        if (secret && !key.has(Attribute.VALUE) && !key.has(Attribute.PRIVATE_EXPONENT)) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"), "the key's value is sealed until somebody logs in");
        }
    }

    /** Returns what PKCS #11 calls the key in its errors. */
    private static String role(Request<?> request) {
        if (request instanceof Request.WrapKey) {
            return "WRAPPING_";
        }
        return request instanceof Request.UnwrapKey ? "UNWRAPPING_" : "";
    }

    private void authenticate(CallOptions options) throws TokenException {
        if (options.contextPin().isEmpty()) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"), "the key wants the user's PIN for each use");
        }
        access.gate()
                .open(Role.USER, options.contextPin().get(), options.deadline())
                .leave();
    }
}
