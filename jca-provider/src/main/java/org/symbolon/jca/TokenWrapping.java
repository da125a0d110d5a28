package org.symbolon.jca;

import java.security.InvalidKeyException;
import java.security.PublicKey;
import javax.crypto.SecretKey;
import org.symbolon.Attribute;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenSecretKey;

/** Wraps keys on the token, bringing in for a moment what is not there yet. */
final class TokenWrapping {
    private TokenWrapping() {}

    /** Wraps a key of a token under a public key, which its token learns for as long as that takes. */
    static byte[] underPublicKey(PublicKey wrapping, RsaPadding padding, TokenKey target) throws InvalidKeyException {
        Session session = target.session();
        Mechanism mechanism = padding.mechanism(target);
        try {
            KeyObject lent = (KeyObject) session.create(
                    PublicKeys.template(wrapping).with(Attribute.TOKEN, false).with(Attribute.WRAP, true));
            try {
                return session.wrapKey(lent, mechanism, target.object());
            } finally {
                session.destroy(lent);
            }
        } catch (TokenException | IllegalArgumentException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    /** Wraps a secret key of the JVM, which the token learns for as long as that takes. */
    static byte[] secretKey(TokenSecretKey wrapping, Mechanism mechanism, SecretKey target)
            throws TokenException, InvalidKeyException {
        Session session = wrapping.session();
        SecretKeyObject lent = SecretKeys.create(session, target, target.getAlgorithm(), SecretKeys.READABLE);
        try {
            return session.wrapKey(wrapping.object(), mechanism, lent);
        } finally {
            session.destroy(lent);
        }
    }
}
