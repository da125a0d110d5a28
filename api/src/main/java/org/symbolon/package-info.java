/**
 * Keys that live in tokens: the model.
 *
 * <p>The words are PKCS #11's. A {@link org.symbolon.TokenModule} is one reachable backend, opened from a URI; it has
 * {@link org.symbolon.Slot slots}, a slot holds a {@link org.symbolon.Token}, and {@code token.open(login)} returns a
 * {@link org.symbolon.Session}: what an authenticated party may do. A {@link org.symbolon.TokenObject} is an immutable
 * value that names an object and holds the attributes that were asked for; it grants nothing by itself.
 *
 * <pre>{@code
 * try (TokenModule module = TokenModule.open("soft:sqlite:team.db");
 *         Session session = module.token("Team").open(Login.user(pin))) {
 *     KeyPairObject deploy =
 *             session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("deploy"));
 *     byte[] signature = session.sign(deploy.privateKey(), Mechanism.ECDSA_SHA256, message);
 * }
 * }</pre>
 *
 * <p>Every failure of a token is a {@link org.symbolon.TokenException} of one of nine kinds; a caller's mistake is an
 * unchecked exception. Modules, tokens and sessions are thread-safe; every blocking call has a deadline and answers
 * interruption.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
