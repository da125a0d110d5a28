/**
 * Keys of tokens as JDK keys, without any security provider.
 *
 * <p>{@link org.symbolon.key.TokenPrivateKey}, its subclasses and {@link org.symbolon.key.TokenSecretKey} are opaque: no
 * encoding, no secret, only the name of the object and the session to use it by. Symbolon's JCA provider adds engines for them; the SSH adapters sign with them
 * directly. {@link org.symbolon.key.PublicKeys} and {@link org.symbolon.key.KeyImport} translate between PKCS #11
 * attributes and the JDK's own keys.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.key;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
