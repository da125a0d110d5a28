/** SSH with tokens: authorized keys looked up, host keys and user keys used, keys never leaving. */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
