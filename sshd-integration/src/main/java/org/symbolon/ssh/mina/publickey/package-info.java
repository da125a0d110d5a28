/**
 * The public key subsystem (RFC 4819, RFC 7076) on Apache MINA SSHD: users of a server manage their keys, and a client manages
 * those of its user.
 *
 * <pre>{@code
 * SelfServiceStore store = TokenSelfServiceStore.of(session, users);
 * PublicKeySubsystem selfService = new PublicKeySubsystem(store, SelfServicePolicy.ofDefaults());
 * server.setSubsystemFactories(PublicKeySubsystemFactory.of(selfService));
 * }</pre>
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh.mina.publickey;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
