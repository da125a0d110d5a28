/**
 * What OpenSSH's server asks for at each login, {@code AuthorizedKeysCommand} and {@code AuthorizedPrincipalsCommand}, answered
 * from a token by a process that stays.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh.lookup;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
