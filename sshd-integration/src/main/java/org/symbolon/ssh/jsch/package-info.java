/**
 * JSch (com.github.mwiede, 2.28 or newer) with keys that stay in tokens.
 *
 * <pre>{@code
 * try (TokenSshKeys keys = TokenSshKeys.labelled(session, new TokenSigner(), List.of("laptop"))) {
 *     JSch jsch = new JSch();
 *     jsch.setIdentityRepository(new TokenIdentityRepository(keys));
 *     com.jcraft.jsch.Session ssh = jsch.getSession("alice", "host.example.org");
 *     ...
 * }
 * }</pre>
 *
 * <p>Needs {@code com.github.mwiede:jsch}; Bouncy Castle may be there or not. The older {@code com.jcraft:jsch} knows SHA-1
 * only and does not work.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh.jsch;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
