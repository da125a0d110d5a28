package org.symbolon.jca;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.symbolon.Attribute;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismSet;
import org.symbolon.MechanismType;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
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
        Optional<MechanismSet> allowed = key.object().attributes().find(Attribute.ALLOWED_MECHANISMS);
        MechanismInfo info = of(key.session()).get(mechanism);
        return info != null
                && info.supports(MechanismFunction.SIGN)
                && allowed.map(set -> set.types().isEmpty() || set.contains(mechanism))
                        .orElse(true);
    }

    /** Returns whether it is known already, without asking, that a key cannot sign by any of these mechanisms. */
    boolean isKnownNotToSign(TokenPrivateKey key, Iterable<MechanismType> mechanisms) {
        Map<MechanismType, MechanismInfo> offered =
                key.isDestroyed() ? null : known.get(key.session().token());
        if (offered == null) {
            return false;
        }
        for (MechanismType mechanism : mechanisms) {
            MechanismInfo info = offered.get(mechanism);
            if (info != null && info.supports(MechanismFunction.SIGN)) {
                return false;
            }
        }
        return true;
    }
}
