/**
 * The JCA provider {@code Symbolon}: token keys as ordinary {@code KeyStore}, {@code Signature}, {@code Cipher}...
 * objects.
 *
 * <p>{@link org.symbolon.jca.SymbolonProvider} is the whole of it; {@link org.symbolon.jca.TokenKeyGenParameterSpec}
 * gives generated keys their names. What else there is, the JCA makes:
 *
 * <ul>
 *   <li>KeyStore {@code Symbolon}: private keys, with or without certificates, and certificates. An alias is a label,
 *       {@code label#id} where several objects share one, or for looking up any PKCS #11 URI that matches one entry.
 *   <li>Signature: RSA (PKCS #1 v1.5 and PSS), ECDSA (DER and P1363), EdDSA, ML-DSA and SLH-DSA, with every hash of the
 *       table of mechanisms. Messages are hashed here wherever the token takes a digest. Public keys are verified in software by
 *       another provider.
 *   <li>Cipher: RSA, AES in its modes, ChaCha20-Poly1305, key wrap; {@link org.symbolon.jca.TokenUnwrapParameterSpec}
 *       leaves unwrapped keys in the token. Mac: HMAC, CMAC, GMAC. KeyAgreement: ECDH, XDH, DH. KEM: ML-KEM.
 *   <li>KeyPairGenerator and KeyGenerator. Keys die with the session until a {@code KeyStore} or a
 *       {@code TokenKeyGenParameterSpec} gives them a name.
 *   <li>SecretKeyFactory, which imports and shows secret keys; MessageDigest and SecureRandom {@code Symbolon}, for whoever names it.
 * </ul>
 *
 * <p>Every failure says in its outermost message what the token said, and has the
 * {@link org.symbolon.TokenException} among its causes.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.jca;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
