/**
 * Apache MINA SSHD (2.20.0 or newer, below 3) with keys in tokens: users' keys looked up, host keys and client keys used.
 *
 * <pre>{@code
 * AuthorizedKeys users = TokenAuthorizedKeys.in(session);
 * SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
 * server.setPublickeyAuthenticator(new TokenPublickeyAuthenticator(users));
 * server.setKeyPairProvider(TokenHostKeyProvider.of(session, "ssh-host"));
 *
 * SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
 * client.setKeyIdentityProvider(TokenClientIdentities.of(session, "alice"));
 * }</pre>
 *
 * <p>{@link org.symbolon.ssh.mina.TokenSsh#configure} is what makes keys of tokens work, with or without Bouncy Castle on the
 * class path: MINA's own signatures give every private key to Bouncy Castle where it is there, which cannot use one that stays
 * in a token. RSA (SHA-2 only), ECDSA on P-256, P-384, P-521 and Ed25519 work without any further dependency; Ed25519 by the
 * JDK, where neither Bouncy Castle nor net.i2p's eddsa is there.
 *
 * <p>Needs {@code org.apache.sshd:sshd-core} on the class path, or {@code org.apache.sshd:sshd-osgi} on the module path. Older
 * releases than 2.20.0 let callers in without a key (CVE-2026-77185) as soon as an authenticator answers later; nothing here
 * does so.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh.mina;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
