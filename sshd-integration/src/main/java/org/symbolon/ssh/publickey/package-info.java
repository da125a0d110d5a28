/**
 * The public key subsystem: users list, add and remove the keys with which they log in (RFC 4819, version 2), and certificates
 * in namespaces (RFC 7076, version 3).
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh.publickey;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
