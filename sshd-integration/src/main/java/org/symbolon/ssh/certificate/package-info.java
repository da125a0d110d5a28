/**
 * OpenSSH's certificates and key revocation lists (PROTOCOL.certkeys and PROTOCOL.krl of OpenSSH): read, checked, and issued
 * by a key in a token.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@NullMarked
package org.symbolon.ssh.certificate;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
