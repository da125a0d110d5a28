/**
 * sshj (0.40 or newer) with keys that stay in tokens.
 *
 * <pre>{@code
 * try (TokenSshKeys keys = TokenSshKeys.labelled(session, new TokenSigner(), List.of("laptop"));
 *         SSHClient ssh = new SSHClient()) {
 *     ssh.addHostKeyVerifier("SHA256:...");
 *     ssh.connect("host.example.org");
 *     ssh.auth("alice", TokenAuthPublickey.of(keys));
 * }
 * }</pre>
 *
 * <p>The seam is sshj's {@code AuthMethod}, not its {@code KeyProvider}: a private key that sshj gets into its hands it gives
 * to the one JCA provider that it has chosen for the whole JVM, Bouncy Castle wherever that is on the class path, which
 * cannot use a key that stays in a token. Here the token signs and sshj sends; no {@code Config} and no static setting of
 * sshj is touched, and other logins by the same client are as they were.
 *
 * <p>Needs {@code com.hierynomus:sshj}; Bouncy Castle may be there or not.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh.sshj;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
