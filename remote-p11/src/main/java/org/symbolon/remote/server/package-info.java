/**
 * Serves tokens to PKCS #11 programs, by p11-kit's protocol: {@link org.symbolon.remote.server.RemoteTokenServer}.
 *
 * <p>{@code Cryptoki} holds PKCS #11's session machine once, over the plain API and independent of any encoding: sessions, login
 * state, handles, searches and operations of one client application.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package org.symbolon.remote.server;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
