/**
 * KMIP in front of any token: {@link org.symbolon.kmip.server.KmipServer}.
 *
 * <p>{@code RequestMachine} takes the bytes of a request and gives those of the response, over one {@link org.symbolon.Session};
 * it knows nothing of sockets. Below it, {@code ObjectStore} is the token seen as KMIP's managed objects. What KMIP says of an
 * object and PKCS #11 does not - names, dates, states, links, groups - is kept with the object in the attribute CKA_SYMBOLON_KMIP
 * by tokens that have it, as the soft token does.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package org.symbolon.kmip.server;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
