/**
 * Remote PKCS #11: the tokens of any PKCS #11 module, reached through p11-kit's RPC.
 *
 * <p>A module is opened by its URI, with {@link org.symbolon.TokenModule#open(String)}:
 *
 * <ul>
 *   <li>{@code p11:unix:path=/run/user/1000/p11-kit/pkcs11} - the socket of {@code p11-kit server};
 *   <li>{@code p11:exec:command=p11-kit remote /usr/lib/softhsm/libsofthsm2.so} - a program that is started for each
 *       connection, so that a native module runs in a process of its own and never in this JVM;
 *   <li>{@code p11:tls://host[,host2]:port} - the same protocol in TLS, the client with a certificate.
 * </ul>
 *
 * <p>All releases of p11-kit are understood, and more mechanisms are offered through them than their own client offers: each
 * whose parameter the protocol can carry.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package org.symbolon.remote;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
