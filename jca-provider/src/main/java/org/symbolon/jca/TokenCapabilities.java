package org.symbolon.jca;

import java.security.InvalidKeyException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.symbolon.Attribute;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismSet;
import org.symbolon.MechanismType;
import org.symbolon.Session;
import org.symbolon.Status;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenPrivateKey;

/** What tokens can do, asked once of each and remembered as long as the token is in use. Thread-safe. */
final class TokenCapabilities {
    private final Map<Token, Map<MechanismType, MechanismInfo>> known =
            Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Returns what a token can do; blocks at the first question only.
     *
     * @throws TokenException if it does not answer
     */
    Map<MechanismType, MechanismInfo> of(Session session) throws TokenException {
        Token token = session.token();
        Map<MechanismType, MechanismInfo> mechanisms = known.get(token);
        if (mechanisms == null) {
            mechanisms = token.mechanisms();
            known.put(token, mechanisms);
        }
        return mechanisms;
    }

    /**
     * Returns whether a key can sign by a mechanism: its token offers it, and CKA_ALLOWED_MECHANISMS does not exclude it.
     *
     * @throws TokenException if the token does not answer
     */
    boolean signs(TokenPrivateKey key, MechanismType mechanism) throws TokenException {
        return can(key, MechanismFunction.SIGN, mechanism);
    }

    /**
     * Returns whether a key can be used by a mechanism: its token offers it for that, and CKA_ALLOWED_MECHANISMS does not
     * exclude it.
     *
     * @throws TokenException if the token does not answer
     */
    boolean can(TokenKey key, MechanismFunction function, MechanismType mechanism) throws TokenException {
        Optional<MechanismSet> allowed = key.object().attributes().find(Attribute.ALLOWED_MECHANISMS);
        MechanismInfo info = of(key.session()).get(mechanism);
        return info != null
                && info.supports(function)
                && allowed.map(set -> set.types().isEmpty() || set.contains(mechanism))
                        .orElse(true);
    }

    /**
     * Refuses a mechanism that a key's token does not offer for a use.
     *
     * @throws InvalidKeyException if so
     */
    void require(TokenKey key, MechanismFunction function, MechanismType mechanism) throws InvalidKeyException {
        try {
            if (!can(key, function, mechanism)) {
                throw new InvalidKeyException(key + " cannot be used so: its token does not offer to "
                        + function.lowerName() + " with " + mechanism);
            }
        } catch (TokenException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    /**
     * Refuses a mechanism that a session's token does not offer for a use.
     *
     * @throws MechanismNotSupportedException if so
     */
    void requireOffered(Session session, MechanismFunction function, MechanismType mechanism) throws TokenException {
        MechanismInfo info = of(session).get(mechanism);
        if (info == null || !info.supports(function)) {
            throw new MechanismNotSupportedException(
                    Status.ckr("CKR_MECHANISM_INVALID"),
                    "token \"" + session.info().token().label() + "\" does not offer " + mechanism,
                    null);
        }
    }

    /** Returns whether it is known already, without asking, that a key's token has none of these mechanisms for these uses. */
    boolean isKnownUnfit(TokenKey key, Set<MechanismFunction> functions, Iterable<MechanismType> mechanisms) {
        Map<MechanismType, MechanismInfo> offered =
                key.isDestroyed() ? null : known.get(key.session().token());
        if (offered == null) {
            return false;
        }
        for (MechanismType mechanism : mechanisms) {
            MechanismInfo info = offered.get(mechanism);
            if (info != null && functions.stream().anyMatch(info::supports)) {
                return false;
            }
        }
        return true;
    }
}
