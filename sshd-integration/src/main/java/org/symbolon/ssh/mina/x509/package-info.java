/**
 * Apache MINA SSHD with X.509 certificates (RFC 6187), both sides: a server takes users' certificates and shows one of its own
 * out of a token, a client checks hosts by their authority and name and logs in with a token's certificate.
 *
 * <pre>{@code
 * SshServer server = TokenSsh.configure(SshServer.setUpDefaultServer());
 * X509Ssh.presentHosts(server, TokenX509Keys.of(TokenSshKeys.labelled(session, signer, List.of("host")), session));
 * X509Ssh.acceptUsers(server, validator);
 * server.setPublickeyAuthenticator(TokenPublickeyAuthenticator.builder(keys)
 *         .check(new X509UserKeys(validator, rules))
 *         .build());
 *
 * SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient());
 * X509Ssh.presentUsers(client, TokenX509Keys.of(TokenSshKeys.labelled(session, signer, List.of("alice")), session));
 * X509Ssh.verifyHosts(client, validator, RejectAllServerKeyVerifier.INSTANCE);
 * }</pre>
 *
 * <p>MINA reads no {@code x509v3-} key itself: the bytes of a key are kept as they came, and its own signatures and key exchanges
 * work with the plain key in the certificate.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh.mina.x509;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
