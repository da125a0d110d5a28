package org.symbolon.soft;

import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;

/**
 * A host secret that is a key in another token.
 *
 * @param other the other token
 * @param key what finds the key there
 */
record KeyHostSecret(OtherToken other, ObjectQuery key) implements HostSecret {

    @Override
    public SecretBytes answer(Bytes challenge) throws TokenException {
        return other.call(session -> {
            if (session.require(key) instanceof SecretKeyObject secretKey) {
                return SecretBytes.takeOver(session.sign(secretKey, Mechanism.SHA256_HMAC, challenge.toByteArray()));
            }
            throw new TokenOperationException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the host secret in " + other.uri() + " is no secret key");
        });
    }
}
