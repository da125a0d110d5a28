package org.symbolon.soft;

import org.symbolon.Bytes;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.Pkcs11Uri;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.config.SecretReference;

/**
 * What opens a token together with a PIN and is not in its database: the second factor against a stolen one. With it, a
 * PIN cannot be tried on a copy of the database alone.
 *
 * <p>It answers challenges: the same challenge always gets the same answer, and no answer tells another. Thread-safe.
 */
@FunctionalInterface
public interface HostSecret {
    /** The fewest bytes that a secret in a file or a variable has: {@value}. */
    int MIN_BYTES = 16;

    /**
     * Answers a challenge.
     *
     * @param challenge 32 bytes
     * @return the answer, 32 bytes, to be closed by the caller
     * @throws TokenException if the secret cannot be reached now
     */
    SecretBytes answer(Bytes challenge) throws TokenException;

    /**
     * Returns a secret in a file or a variable, read anew each time: {@value #MIN_BYTES} to {@value Pin#MAX_BYTES}
     * bytes, random ones, such as {@code openssl rand -hex 32} writes.
     *
     * @param reference where it is
     * @return the secret
     */
    static HostSecret of(SecretReference reference) {
        return new ReferredHostSecret(reference);
    }

    /**
     * Returns a secret key in another token, which computes HMAC-SHA-256 (CKM_SHA256_HMAC) there and never leaves it.
     * The token is opened for each login and closed again.
     *
     * @param uri the URI of the other token's module
     * @param key the label of the key, or a {@code pkcs11:} URI that names its token too
     * @param pin where that token's PIN is
     * @return the secret
     * @throws IllegalArgumentException if a {@code pkcs11:} URI is malformed
     */
    static HostSecret ofKey(String uri, String key, SecretReference pin) {
        if (!Pkcs11Uri.isPkcs11Uri(key)) {
            ObjectQuery query = ObjectQuery.secretKeys().label(key);
            return new KeyHostSecret(new OtherToken(uri, Pkcs11Uri.any(), pin), query);
        }
        Pkcs11Uri named = Pkcs11Uri.parse(key);
        return new KeyHostSecret(new OtherToken(uri, named, pin), named.toQuery());
    }
}
