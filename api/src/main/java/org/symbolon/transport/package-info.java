/**
 * What backends and faces that speak over connections share: waits that end in time, TLS set up from files that may be replaced,
 * and connections with it. For modules of this house and for backends of others; nothing here knows what the bytes mean.
 *
 * <p>Nulls: no parameter and no result is null.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package org.symbolon.transport;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
